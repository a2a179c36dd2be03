using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>The libtorch that is loaded, which need not be the one that TorchSharp was made for (-p:Torch=none), and what TorchSharp
/// does not offer of it.</summary>
public static unsafe class LibTorch
{
    private const string Library = "/libtorch_cpu.so";

    /// <summary>Its version, such as `2.10.0`; where it does not tell (an older one, or on another system than Linux), the one that
    /// TorchSharp was made for.</summary>
    public static string Version => Loaded() ?? System.Version.Parse(__version__).ToString(3);

    /// <summary>The address of one of its functions by the linker's name; 0 where there is none, as on another system than Linux.</summary>
    internal static nint Find(string name)
    {
        zeros(1).Dispose();

        // The path that is mapped, since the same name could be found elsewhere and loaded a second time.
        string? mapped = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.EndsWith(Library, StringComparison.Ordinal))
            : null;
        return mapped is not null
            && NativeLibrary.TryLoad(mapped[mapped.IndexOf('/')..], out nint library)
            && NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : 0;
    }

    /// <summary>libtorch's own word, by its C interface (aoti_torch_abi_version: a byte each for major, minor and
    /// patch, from the top).</summary>
    private static string? Loaded()
    {
        nint address = Find("aoti_torch_abi_version");
        if (address == 0)
        {
            return null;
        }

        ulong version = ((delegate* unmanaged<ulong>)address)();
        return $"{version >> 56}.{(version >> 48) & 0xff}.{(version >> 40) & 0xff}";
    }
}
