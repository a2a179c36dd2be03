using System.Diagnostics;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Load;

/// <summary>`ser serve` in a process of its own, so that its memory is its own; it ends with this object.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;

    private Server(Process process, string greeting) => (_process, Greeting) = (process, greeting);

    /// <summary>The line that it starts with.</summary>
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
        // Its own output folder holds the native libraries as the build has mended them.
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
