using BenchmarkDotNet.Attributes;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>A training step of each architecture, batch 32, 64 mel × 256 frames, and its lower bound (<see cref="Floor"/>).</summary>
public class StepBenchmarks
{
    private const int Batch = 32, Frames = 256;

    private TrainingStep step = null!;
    private ClipSet clips = null!;
    private Tensor sum = null!;
    private readonly int[] order = [.. Enumerable.Range(0, Batch)];
    private Action floor = null!;

    public static IEnumerable<string> Models => ["mlp", "cnn", "lstm", "cnn_lstm"];

    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    /// <summary>Device of the model and its clips.</summary>
    internal Device Device { get; init; } = CPU;

    [GlobalSetup]
    public void Setup()
    {
        EmotionModel model = Prepare();
        floor = Floor.Of(model, Batch, Frames, new RunConfig().Features.Width);
    }

    /// <summary>Makes the step and its clips.</summary>
    internal EmotionModel Prepare()
    {
        Threads.Set();
        manual_seed(1);
        RunConfig config = new();
        ModelShape shape = new(config.Features.Width, 4);
        EmotionModel model = ModelCatalog.Create(Model, null, shape);
        model.to(Device);
        model.train();
        AdamW optimiser = optim.AdamW(model.parameters(), lr: 1e-3);
        Normaliser normaliser = Normaliser.Fit("none", Clips());
        clips = new ClipSet(Clips(), [.. order.Select(i => i % 4)], normaliser, Device);
        sum = zeros(1, device: Device);
        Loss loss = new(config.Train, null);
        BatchAugment augment = new(config.Augment, config.Features, normaliser, Device);
        step = new TrainingStep(config, model, optimiser, loss, augment);
        return model;
    }

    [Benchmark]
    public void Step() => step.Take(clips, order, 1e-3, sum);

    /// <summary>Waits for the device by reading back the sum of losses.</summary>
    internal void Wait() => sum.item<float>();

    /// <summary>The step's matrix products, convolutions and recurrences alone, forward and backward, on tensors
    /// that are there already.</summary>
    [Benchmark(Baseline = true)]
    public void ProductsAlone() => floor();

    private Feature[] Clips() =>
        [.. order.Select(i => new Feature(
            [.. Enumerable.Range(0, Frames * 64).Select(_ => Random.Shared.NextSingle() - 0.5f)], Frames, 64))];
}
