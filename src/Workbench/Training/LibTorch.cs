using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>The libtorch that is loaded, which need not be the one that TorchSharp was made for (-p:Torch=none).</summary>
public static unsafe class LibTorch
{
    private const string Library = "/libtorch_cpu.so";

    /// <summary>Its version, such as `2.10.0`; where it does not tell (an older one, or on another system than Linux), the one that TorchSharp was made for.</summary>
    public static string Version => Loaded() ?? System.Version.Parse(__version__).ToString(3);

    /// <summary>libtorch's own word, by its C interface (aoti_torch_abi_version: a byte each for major, minor and patch, from the top).</summary>
    private static string? Loaded()
    {
        zeros(1).Dispose();

        // The path that is mapped, since the same name could be found elsewhere and loaded a second time.
        string? mapped = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.EndsWith(Library, StringComparison.Ordinal)) : null;
        if (mapped is null || !NativeLibrary.TryLoad(mapped[mapped.IndexOf('/')..], out nint library) || !NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out nint address))
        {
            return null;
        }

        ulong version = ((delegate* unmanaged<ulong>)address)();
        return $"{version >> 56}.{(version >> 48) & 0xff}.{(version >> 40) & 0xff}";
    }
}
