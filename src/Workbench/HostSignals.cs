using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion;

/// <summary>Controls on which threads the system may deliver a signal.</summary>
public static unsafe partial class HostSignals
{
    private const int Block = 0, Unblock = 1, Restore = 2; // SIG_BLOCK, SIG_UNBLOCK and SIG_SETMASK of signal.h
    private const int Words = 16; // sigset_t: 1024 bits

    /// <summary>Signals that .NET handles on whatever thread receives them: HUP, INT, QUIT, TERM, CHLD, CONT, TSTP, TTIN, TTOU, WINCH. The
    /// signal with which its garbage collector stops a thread is not among them.</summary>
    private static readonly int[] Handled = [1, 2, 3, 15, 17, 18, 20, 21, 22, 28];

    /// <summary>Runs <paramref name="work"/> on a new thread with the signals that .NET handles blocked, there and in every thread that it
    /// starts; the calling thread waits and receives them all. Call it from Main, before libtorch is loaded. oneDNN's single-precision
    /// matrix products, which libtorch's LSTM uses, point the stack pointer into a buffer on the heap, and a signal writes its frame below
    /// the stack pointer (uxlfoundation/oneDNN, issue 4845; fixed after 3.11, libtorch 2.10 has an older version): a Ctrl-C, a worker
    /// process that ends or a suspended job that resumes could corrupt the heap.</summary>
    /// <param name="work">Returns the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int KeepFrom(Func<int> work)
    {
        if (!OperatingSystem.IsLinux())
        {
            return work();
        }

        Mask(Unblock); // if such a thread started this program, it has inherited the mask
        int code = 0;
        Thread thread = new(() =>
        {
            Mask(Block);
            code = work();
        });
        thread.Start();
        thread.Join();
        return code;
    }

    /// <summary>Starts an external program from a thread of <see cref="KeepFrom"/> without the signal mask that it would inherit, with
    /// which nothing but SIGKILL could end it.</summary>
    /// <param name="start">The program.</param>
    /// <returns>The process.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Process.Start(start)!;
        }

        ulong* before = stackalloc ulong[Words];
        Mask(Unblock, before);
        try
        {
            return Process.Start(start)!;
        }
        finally
        {
            _ = SetMask(Restore, before, null);
        }
    }

    private static void Mask(int how, ulong* before = null)
    {
        ulong* set = stackalloc ulong[Words];
        new Span<ulong>(set, Words).Clear();
        foreach (int signal in Handled)
        {
            *set |= 1ul << (signal - 1);
        }

        _ = SetMask(how, set, before);
    }

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int SetMask(int how, ulong* set, ulong* old);
}
