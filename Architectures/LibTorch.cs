using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Version and functions of the loaded libtorch that TorchSharp does not offer. It need not be the libtorch that TorchSharp
/// was made for (-p:Torch=none).</summary>
public static unsafe class LibTorch
{
    private const string Library = "/libtorch_cpu.so";

    /// <summary>Version of the loaded libtorch, such as `2.10.0`. If that cannot be read (an older libtorch, or a system other than
    /// Linux), the version that TorchSharp was made for.</summary>
    public static string Version => Loaded() ?? System.Version.Parse(__version__).ToString(3);

    /// <summary>The address of a libtorch function by its linker symbol; 0 if there is none, as on every system other than Linux.</summary>
    internal static nint Find(string name)
    {
        zeros(1).Dispose();

        // By the path of the mapped file: by name alone, another copy could be found and loaded too.
        string? mapped = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.EndsWith(Library, StringComparison.Ordinal))
            : null;
        return mapped is not null
            && NativeLibrary.TryLoad(mapped[mapped.IndexOf('/')..], out nint library)
            && NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : 0;
    }

    /// <summary>The version that libtorch reports by its C interface (aoti_torch_abi_version: a byte each for major, minor and
    /// patch, from the most significant byte); null if it reports none.</summary>
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
