using System.Numerics.Tensors;

namespace SpeechEmotion.Architectures;

/// <summary>Scores clips, without libtorch, by a fitted <see cref="RbfNetwork"/> that compares clips by means and deviations. That takes
/// two small matrix products, while libtorch takes longer to load than a clip takes from its file to its answer.</summary>
public sealed class RbfAnswers
{
    private readonly RbfNetworkOptions _options;
    private readonly ModelShape _shape;
    private readonly float[] _centres;
    private readonly float[] _weight;
    private readonly float[] _middle;
    private readonly float[] _spread;
    private readonly float[] _scale;

    /// <summary>Takes a fitted model's state.</summary>
    /// <param name="options">Its options, for which <see cref="Takes"/> must be true.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <param name="state">Its values by name, in the shapes of <see cref="State"/>, last dimension fastest.</param>
    /// <exception cref="ArgumentException">As in the constructor of <see cref="RbfNetwork"/>.</exception>
    public RbfAnswers(RbfNetworkOptions options, ModelShape shape, IReadOnlyDictionary<string, float[]> state)
    {
        (_options, _shape) = (options, shape);
        (_centres, _weight, _middle, _spread) = (state["centres"], state["weight"], state["middle"], state["spread"]);
        _scale = RbfNetwork.Scales(options, shape) ?? [.. Enumerable.Repeat(1f, _middle.Length)];
    }

    /// <summary>Whether this class can score a model: an RBF network with moments and the Gaussian kernel.</summary>
    /// <param name="options">Any architecture's options.</param>
    public static bool Takes(object options) => options is RbfNetworkOptions { Moments: true, Kernel: "gaussian" };

    /// <summary>Names and shapes of the model's state.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="shape">Input width and classes.</param>
    public static IReadOnlyDictionary<string, long[]> State(RbfNetworkOptions options, ModelShape shape)
    {
        long width = 2 * shape.Features;
        return new Dictionary<string, long[]>
        {
            ["weight"] = [options.Centres, shape.Classes],
            ["centres"] = [options.Centres, width],
            ["middle"] = [width],
            ["spread"] = [width],
        };
    }

    /// <summary>Scores one clip.</summary>
    /// <param name="frames">Its normalised frames, at least one, concatenated, each of the input's width.</param>
    /// <returns>One logit per class, equal to those of <see cref="RbfNetwork.forward"/> up to rounding.</returns>
    public float[] Logits(ReadOnlySpan<float> frames)
    {
        float[] clip = Vector(frames), logits = new float[_shape.Classes];
        for (int k = 0; k < _options.Centres; k++)
        {
            float distance = TensorPrimitives.Distance<float>(clip, _centres.AsSpan(k * clip.Length, clip.Length));
            float kernel = MathF.Exp((float)-_options.Gamma * distance * distance);
            TensorPrimitives.MultiplyAdd(_weight.AsSpan(k * logits.Length, logits.Length), kernel, logits, logits);
        }

        TensorPrimitives.Multiply(logits, (float)_options.Scale, logits);
        return logits;
    }

    /// <summary>The vector that a clip is compared by: mean and deviation of each value, standardised, clipped, scaled by group.</summary>
    private float[] Vector(ReadOnlySpan<float> frames)
    {
        int width = _shape.Features, count = frames.Length / width;
        float[] vector = new float[2 * width], step = new float[width];
        Span<float> mean = vector.AsSpan(0, width), deviation = vector.AsSpan(width);
        for (int t = 0; t < count; t++)
        {
            TensorPrimitives.Add(mean, frames.Slice(t * width, width), mean);
        }

        TensorPrimitives.Divide(mean, count, mean);
        for (int t = 0; t < count; t++)
        {
            TensorPrimitives.Subtract<float>(frames.Slice(t * width, width), mean, step);
            TensorPrimitives.MultiplyAdd<float>(step, step, deviation, deviation);
        }

        TensorPrimitives.Divide(deviation, count, deviation);
        TensorPrimitives.Max(deviation, Blocks.ClipStatistics.LeastVariance, deviation);
        TensorPrimitives.Sqrt(deviation, deviation);

        TensorPrimitives.Subtract(vector, _middle, vector);
        TensorPrimitives.Divide(vector, _spread, vector);
        TensorPrimitives.Clamp(vector, (float)-_options.Clip, (float)_options.Clip, vector);
        TensorPrimitives.Multiply(vector, _scale, vector);
        return vector;
    }
}
