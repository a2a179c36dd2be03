using TorchSharp;

namespace SpeechEmotion.Benchmarks;

/// <summary>Threads of torch and of our own loops: SER_THREADS, or one a core.</summary>
internal static class Threads
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SER_THREADS"), out int count) ? count : Environment.ProcessorCount;

    /// <summary>Tells torch; our own loops follow the processors that the process may use (taskset).</summary>
    public static void Set() => torch.set_num_threads(Count);
}
