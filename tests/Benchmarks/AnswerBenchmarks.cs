using BenchmarkDotNet.Attributes;
using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>What the app does for one clip of 3 s, from the bytes of a WAV file at 48 kHz to probabilities, against the
/// model's forward pass alone.</summary>
public class AnswerBenchmarks
{
    private EmotionClassifier classifier = null!;
    private EmotionModel model = null!;
    private Tensor features = null!, lengths = null!;
    private byte[] file = [];
    private FeatureExtractor extractor = null!;
    private Waveform wave = null!;

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1); // as the app does
        string checkpoint = ModelFiles.Released()[0].Path;
        classifier = new EmotionClassifier(checkpoint);
        (ModelCard card, model) = Checkpoint.ReadModel(checkpoint);
        const int Rate = 48000;
        string path = Path.GetTempFileName();
        float[] sound = [.. Enumerable.Range(0, 3 * Rate).Select(i => (float)(0.5 * Math.Sin(i * 0.02) * Math.Sin(i * 0.0001)))];
        WavWriter.Write(path, sound, Rate);
        file = File.ReadAllBytes(path);
        File.Delete(path);
        wave = Recording.Read(new MemoryStream(file), "clip.wav");
        extractor = new FeatureExtractor(card.Features, CPU);
        features = randn(1, card.Features.Frames(3), card.Features.Width);
        lengths = tensor(new long[] { features.shape[1] });
    }

    [Benchmark]
    public double[] Answer() => classifier.Classify([Recording.Read(new MemoryStream(file), "clip.wav")])[0];

    [Benchmark]
    public Waveform Read() => Recording.Read(new MemoryStream(file), "clip.wav");

    [Benchmark]
    public float[] Resample() => Resampler.Resample(wave.Samples, wave.SampleRate, 16000);

    /// <summary>Feature extraction, including resampling.</summary>
    [Benchmark]
    public Feature Features() => extractor.Extract([wave])[0];

    [Benchmark(Baseline = true)]
    public void ForwardAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        model.forward(features, lengths);
    }
}
