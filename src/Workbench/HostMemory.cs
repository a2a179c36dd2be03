using System.Runtime.InteropServices;

namespace SpeechEmotion;

/// <summary>Settings of the C library's allocator that suit training.</summary>
public static partial class HostMemory
{
    /// <summary>Makes glibc keep freed blocks in the process. Call it first in Main; without glibc it does nothing. By default glibc
    /// returns large blocks to the system after every training step and gets them back page by page: keeping them makes training on the CPU
    /// 1.4 to 1.9 times faster, for about 1 GB of resident memory. There is only one arena, since torch allocates from several threads and
    /// each would keep freed blocks in its own.</summary>
    public static void Tune() => Ask(() =>
    {
        // Parameter numbers of malloc.h.
        _ = SetOption(-3, 1 << 30);      // M_MMAP_THRESHOLD
        _ = SetOption(-1, int.MaxValue); // M_TRIM_THRESHOLD
        _ = SetOption(-2, 64 << 20);     // M_TOP_PAD
        _ = SetOption(-8, 1);            // M_ARENA_MAX
    });

    /// <summary>Returns freed memory to the system: .NET's garbage, and the free blocks that <see cref="Tune"/> keeps. Call it after much
    /// was read and now and then between epochs, not between steps: it takes some 20 ms, and the next step has to get its pages from the
    /// system again, which took half a second on a virtual machine.</summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Ask(() => _ = Trim(0));
    }

    private static void Ask(Action glibc)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            glibc();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library (musl has no mallopt): its defaults stay.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
