using System.Runtime.InteropServices;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

internal static class Program
{
    private static int Main(string[] args)
    {
        HostMemory.Tune();
        return HostSignals.KeepFrom(() => Run(args));
    }

    private static int Run(string[] args)
    {
        using CancellationTokenSource stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (args is ["train" or "compare" or "evaluate", ..])
        {
            Devices.LoadAhead(); // while the command line, files and sound are read
        }

        return App.Run(args, Console.Out, Console.Error, stop.Token);

        // The first signal lets the current work end cleanly; a second one ends the process immediately.
        void Stop(PosixSignalContext signal)
        {
            bool first = signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
            if (first && !Console.IsErrorRedirected)
            {
                try
                {
                    Console.Error.WriteLine((Screen.Redraws ? "\r\u001b[K" : "") + "stopping; once more ends it at once");
                }
                catch (IOException)
                {
                    // The terminal is gone.
                }
            }
        }
    }
}
