using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion;

/// <summary>Where the system may interrupt a program to deliver a signal.</summary>
public static unsafe partial class HostSignals
{
    private const int Block = 0, Unblock = 1, Restore = 2; // SIG_BLOCK, SIG_UNBLOCK and SIG_SETMASK of signal.h
    private const int Words = 16; // sigset_t: 1024 bits

    /// <summary>Signals that .NET handles on whatever thread they meet: HUP, INT, QUIT, TERM, CHLD, CONT, TSTP, TTIN, TTOU, WINCH. Not the
    /// one by which its collector stops a thread.</summary>
    private static readonly int[] Handled = [1, 2, 3, 15, 17, 18, 20, 21, 22, 28];

    /// <summary>Does some work on a thread that no signal interrupts, nor any thread that it starts, while the calling thread waits and
    /// takes them all. oneDNN's products of matrices in single precision, which libtorch's LSTM uses, keep the processor's stack pointer in
    /// a buffer on the heap, and a signal writes its frame below the stack pointer (uxlfoundation/oneDNN, issue 4845; mended after its
    /// 3.11, libtorch 2.10 has an older one): a Ctrl-C, a worker that ends or a suspended job that goes on could destroy the heap. Call it
    /// from Main, before libtorch is loaded.</summary>
    /// <param name="work">Gives the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int KeepFrom(Func<int> work)
    {
        if (!OperatingSystem.IsLinux())
        {
            return work();
        }

        Mask(Unblock); // a program that such a thread started has inherited its mask
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

    /// <summary>Starts another's program from such a thread, without the mask that it would inherit: it could be ended by
    /// nothing but SIGKILL.</summary>
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
