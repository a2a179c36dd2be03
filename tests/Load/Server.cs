using System.Diagnostics;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Load;

/// <summary>Runs `ser serve` in a separate process, so that its memory can be measured alone. Disposing ends the process.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;

    private Server(Process process, string greeting) => (_process, Greeting) = (process, greeting);

    /// <summary>The first line that the server prints; it begins with the address.</summary>
    public string Greeting { get; }

    public Uri Address => new(Greeting.Split(' ')[0]);

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public static async Task<Server> Start(string[] options)
    {
        // The output folder of this program holds the native libraries as patched by the build (build/TorchNative.targets).
        ProcessStartInfo start = new("dotnet", [typeof(App).Assembly.Location, "serve", "--port", "0", .. options])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string? greeting = await process.StandardOutput.ReadLineAsync();
        return greeting is null
            ? throw new InvalidOperationException("the server did not start; its error stands above")
            : new Server(process, greeting);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
