using BenchmarkDotNet.Attributes;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>Log-mel of 32 clips of 3 s at 16 kHz, and its lower bound: the Fourier transforms alone, by torch's FFT library
/// (MKL).</summary>
public class LogMelBenchmarks
{
    private const int Clips = 32, Samples = 48000;

    private FeatureExtractor extractor = null!;
    private LogMel byTorch = null!;
    private Waveform[] waves = null!;
    private Tensor frames = null!;

    [GlobalSetup]
    public void Setup()
    {
        Threads.Set();
        FeatureOptions options = new() { TrimDb = 0 };
        extractor = new FeatureExtractor(options, CPU);
        byTorch = new LogMel(options, CPU);
        waves = [.. Enumerable.Range(0, Clips).Select(_ => new Waveform(
            [.. Enumerable.Range(0, Samples).Select(_ => Random.Shared.NextSingle() - 0.5f)], 16000))];
        frames = randn(Clips * (1 + Samples / options.Hop), options.FftSize);
    }

    [Benchmark]
    public IReadOnlyList<Feature> LogMel() => extractor.Extract(waves);

    [Benchmark]
    public void ByTorch()
    {
        foreach (Waveform wave in waves)
        {
            byTorch.Of(wave.Samples).Dispose();
        }
    }

    [Benchmark(Baseline = true)]
    public void TransformsAlone() => fft.rfft(frames).Dispose();
}
