using SpeechEmotion.Architectures;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class LibTorchTests
{
    // Tests run on the package that TorchSharp is made for: what libtorch says of itself must be what TorchSharp says of it.
    [Fact]
    public void The_loaded_library_tells_its_version() => Assert.Equal(Version.Parse(__version__).ToString(3), LibTorch.Version);
}
