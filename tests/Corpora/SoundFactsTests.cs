using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class SoundFactsTests : IDisposable
{
    private readonly SoundFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_whose_target_has_changed_is_read_again()
    {
        _folder.Tone("store/a.wav", 1);
        string link = _folder.In("DC_a01.wav");
        File.CreateSymbolicLink(link, _folder.In("store/a.wav"));
        SoundFacts before = SoundFacts.Of(link, null);
        Assert.Same(before, SoundFacts.Of(link, before));
        _folder.Tone("store/a.wav", 2, seconds: 0.7);
        SoundFacts after = SoundFacts.Of(link, before);
        Assert.Equal((0.5, 0.7), (before.Seconds, after.Seconds));
        Assert.NotEqual(before.Sha256, after.Sha256);
    }

    [Fact]
    public void A_clip_that_was_cut_short_is_told()
    {
        _folder.Tone("DC_a01.wav", 1);
        _folder.Tone("DC_a02.wav", 2);
        using (FileStream file = File.OpenWrite(_folder.In("DC_a02.wav")))
        {
            file.SetLength(file.Length - 1000);
        }

        Finding finding = Assert.Single(_folder.Scan("savee").Findings, f => f.Message.Contains("headers", StringComparison.Ordinal));
        Assert.Equal(
            (Severity.Warning, "clips hold less sound than their headers tell of: 1, such as DC_a02.wav, which lacks "
                + "1,000 bytes; copy them again"),
            (finding.Severity, finding.Message));
    }
}
