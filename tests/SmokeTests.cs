using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class SmokeTests
{
    [Fact]
    public void Torch_loads_and_adds() => Assert.Equal(4f, ones(2, 2).sum().item<float>());
}
