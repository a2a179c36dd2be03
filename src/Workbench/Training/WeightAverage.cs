using SpeechEmotion.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Exponential moving average of a model's weights (Polyak and Juditsky, 1992, in the form of Tarvainen and Valpola, 2017):
/// steadier from epoch to epoch than the weights themselves, so that the choice of the epoch depends less on chance.</summary>
public sealed class WeightAverage : IDisposable
{
    private readonly EmotionModel _source;
    private readonly double _decay;
    private readonly (Tensor Average, Tensor Weight)[] _weights;
    private readonly (Tensor Average, Tensor Value)[] _buffers;

    /// <summary>Starts at the model's weights.</summary>
    /// <param name="card">Builds the model that holds the average.</param>
    /// <param name="source">The model that is trained.</param>
    /// <param name="decay">Share of the average that a step keeps, below 1.</param>
    /// <param name="device">The model's device.</param>
    public WeightAverage(ModelCard card, EmotionModel source, double decay, Device device)
    {
        (_source, _decay) = (source, decay);
        Model = card.Build();
        Model.to(device);
        _weights = [.. Model.parameters().Zip(source.parameters())];
        _buffers = [.. Model.buffers().Zip(source.buffers())];
        Copy([.. _weights, .. _buffers]);
    }

    /// <summary>The model with the averaged weights.</summary>
    public EmotionModel Model { get; }

    /// <summary>Adds the weights after a step to the average.</summary>
    /// <param name="step">Steps done before, over the whole run. Early steps keep a smaller share of the average, since the first weights
    /// soon become worthless.</param>
    public void Update(long step)
    {
        using IDisposable off = no_grad();
        double keep = Math.Min(_decay, (1.0 + step) / (10 + step));
        foreach ((Tensor average, Tensor weight) in _weights)
        {
            average.lerp_(weight, 1 - keep);
        }
    }

    /// <summary>Copies the model's running statistics, which are averages already.</summary>
    public void TakeStatistics() => Copy(_buffers);

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private static void Copy((Tensor Average, Tensor Value)[] pairs)
    {
        using IDisposable off = no_grad();
        foreach ((Tensor average, Tensor value) in pairs)
        {
            average.copy_(value);
        }
    }
}
