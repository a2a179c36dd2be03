using System.Runtime.InteropServices;

namespace SpeechEmotion.Training;

/// <summary>Errors that libtorch reports, such as that memory ran out.</summary>
public static class TorchError
{
    /// <summary>True for libtorch's own errors, which TorchSharp throws as this very type.</summary>
    /// <param name="e">Any exception.</param>
    public static bool Is(Exception e) => e.GetType() == typeof(ExternalException);

    /// <summary>What libtorch says, on one line: without its list of C++ frames, which can be thousands of characters long.</summary>
    /// <param name="e">The error.</param>
    public static string Line(Exception e)
    {
        string[] frames = ["Exception raised from", "frame #", "C++ CapturedTraceback"];
        int end = frames.Select(mark => e.Message.IndexOf(mark, StringComparison.Ordinal)).Where(at => at > 0)
            .Append(e.Message.Length).Min();
        return e.Message[..end].ReplaceLineEndings(" ").Trim();
    }

    /// <summary>Does work of a run. Such an error fails the run, with a remedy where memory ran out.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="RunFailedException">libtorch reported an error.</exception>
    public static void FailsRun(string folder, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (Is(e))
        {
            string line = Line(e);
            string remedy = line.Contains("memory", StringComparison.OrdinalIgnoreCase)
                ? "; a smaller train.batch_size needs less, and fewer --jobs leave more to each run" : "";
            throw new RunFailedException($"{folder}: libtorch: {line}{remedy}", e);
        }
    }
}
