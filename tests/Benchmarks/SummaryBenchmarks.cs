using BenchmarkDotNet.Attributes;
using SpeechEmotion.Audio;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Benchmarks;

/// <summary>The 193 summary features of 3 s of a voice-like sound, on one core. 3 s divided by the time is the speed relative to real
/// time.</summary>
public class SummaryBenchmarks
{
    private Waveform wave = null!;

    [Params(16000, 22050, 48000)]
    public int Rate { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // A gliding glottal buzz in noise: silence or single tones would not be representative work for tuning and median filters.
        double phase = 0;
        wave = new Waveform([.. Enumerable.Range(0, 3 * Rate).Select(i =>
        {
            phase += (120 + 60.0 * i / Rate) / Rate;
            return (float)(0.3 * (phase % 1 - 0.5) + 0.02 * (Random.Shared.NextDouble() - 0.5));
        })], Rate);
    }

    [Benchmark]
    public float[] ThreeSeconds() => SummaryFeatures.Of(wave);
}
