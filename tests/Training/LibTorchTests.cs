using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class LibTorchTests
{
    // Tests run on the libtorch package that TorchSharp is made for, so libtorch must report the version that TorchSharp reports.
    [Fact]
    public void The_loaded_library_tells_its_version()
    {
        Assert.NotEqual(0, LibTorch.Find("aoti_torch_abi_version")); // Otherwise TorchSharp's own version would be compared with itself.
        Assert.Equal(Version.Parse(__version__).ToString(3), LibTorch.Version);
    }
}
