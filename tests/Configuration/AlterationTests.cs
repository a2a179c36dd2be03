using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

public class AlterationTests
{
    [Fact]
    public void A_clip_is_altered_once_and_as_recorded() =>
        Assert.True(Alteration.Read(["noise_db=20"], "--alter").Options is { NoiseDb: 20, Copies: 1, BeforeCut: true });
}
