using TorchSharp;

namespace SpeechEmotion.Benchmarks;

/// <summary>Threads of torch and of the benchmarks' own loops: SER_THREADS, or one a processor. The program's own loops do not know it:
/// they take as many as DOTNET_PROCESSOR_COUNT says, which measure.py sets too.</summary>
internal static class Threads
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SER_THREADS"), out int count) ? count : Environment.ProcessorCount;

    /// <summary>Tells torch.</summary>
    public static void Set() => torch.set_num_threads(Count);
}
