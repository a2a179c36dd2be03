using TorchSharp;

namespace SpeechEmotion.Benchmarks;

/// <summary>Number of threads of torch and of the benchmarks' own loops: SER_THREADS, or one per processor. The program's own loops ignore
/// it and use DOTNET_PROCESSOR_COUNT threads, which measure.py sets too.</summary>
internal static class Threads
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SER_THREADS"), out int count) ? count : Environment.ProcessorCount;

    /// <summary>Sets torch's number of threads.</summary>
    public static void Set() => torch.set_num_threads(Count);
}
