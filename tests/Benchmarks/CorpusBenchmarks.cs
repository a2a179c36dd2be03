using BenchmarkDotNet.Attributes;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>Reads every WAV file below the folder that SER_CLIPS names, resamples it to 16 kHz and computes its log-mel.</summary>
public class CorpusBenchmarks
{
    private string[] files = [];
    private FeatureExtractor extractor = null!;

    [GlobalSetup]
    public void Setup()
    {
        Threads.Set();
        string folder = Environment.GetEnvironmentVariable("SER_CLIPS")
            ?? throw new InvalidOperationException("set SER_CLIPS to a folder of WAV files");
        files = Directory.GetFiles(folder, "*.wav", SearchOption.AllDirectories);
        extractor = new FeatureExtractor(new FeatureOptions { TrimDb = 0, MaxSeconds = 120 }, CPU);
    }

    [Benchmark]
    public long ReadResampleLogMel()
    {
        long values = 0;
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Threads.Count }, file =>
            Interlocked.Add(ref values, extractor.Extract([AudioFile.Read(file)])[0].Values.Length));
        return values;
    }
}
