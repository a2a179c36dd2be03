using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="RbfNetwork"/>.</summary>
public sealed record RbfNetworkOptions
{
    /// <summary>Number of training clips that become centres; all of them if there are fewer.</summary>
    [Range(1, 20000)]
    public int Centres { get; init; } = 2000;

    /// <summary>`gaussian`: exp(−γ |x − c|²); `laplace`: exp(−γ Σ |x − c|).</summary>
    [AllowedValues("gaussian", "laplace")]
    public string Kernel { get; init; } = "gaussian";

    /// <summary>γ of the kernel, which compares normalised values.</summary>
    [Range(1e-6, 100)]
    public double Gamma { get; init; } = 0.01;

    /// <summary>Ridge penalty: weight of the fitted function's squared norm.</summary>
    [Range(1e-9, 1e6)]
    public double Ridge { get; init; } = 0.1;

    /// <summary>Values are clipped to at most this distance from 0, so that one outlier does not put a clip
    /// far from everything.</summary>
    [Range(0.5, 100)]
    public double Clip { get; init; } = 5;

    /// <summary>Factor that turns the answers, about −1/C to 1 − 1/C for C classes, into logits.</summary>
    [Range(0.01, 1000)]
    public double Scale { get; init; } = 6;

    /// <summary>Compares clips by mean, deviation, these percentiles and mean absolute step of each value over the clip's frames, each
    /// standardised over the training clips, instead of by the mean frame. Empty, and without <see cref="Moments"/>: by the mean frame,
    /// not standardised.</summary>
    [EachRange(0, 100, MayBeEmpty = true)]
    public IReadOnlyList<int> Percentiles { get; init; } = [];

    /// <summary>Compares clips by only the mean and deviation of each value, each standardised over the training clips, instead of by the
    /// mean frame.</summary>
    public bool Moments { get; init; }

    /// <summary>Sizes of consecutive groups that together hold all values that clips are compared by; empty: equal weights.</summary>
    [EachRange(1, 100_000, MayBeEmpty = true)]
    public IReadOnlyList<int> Groups { get; init; } = [];

    /// <summary>Weight of each group in the distance between two clips, in percent.</summary>
    [EachRange(0, 100_000, MayBeEmpty = true)]
    public IReadOnlyList<int> Weights { get; init; } = [];

    /// <summary>Weighs clips by the inverse frequency of their class.</summary>
    public bool Balanced { get; init; }
}

/// <summary>A network of radial basis functions (Broomhead and Lowe, 1988) on one vector per clip (its mean frame, or statistics of its
/// frames). Its hidden units are training clips drawn at random; its output weights solve the regularised least squares of each class
/// against the rest (a kernel machine by Nyström's method: Williams and Seeger, 2001).</summary>
public sealed class RbfNetwork : EmotionModel, IClosedForm
{
    private readonly RbfNetworkOptions options;
    private readonly Parameter weight;
    private readonly Tensor centres;
    private readonly Tensor? middle;
    private readonly Tensor? spread;
    private readonly float[]? scale;

    /// <summary>A model whose centres and weights <see cref="Fit"/> has yet to set.</summary>
    /// <param name="options">Sizes and kernel.</param>
    /// <param name="shape">Input width and classes.</param>
    /// <exception cref="ArgumentException">The groups do not add up to the values that clips are compared by, there are not as many weights
    /// as groups, or moments and percentiles are both requested.</exception>
    public RbfNetwork(RbfNetworkOptions options, ModelShape shape) : base("rbf_network")
    {
        this.options = options;
        long width = Width(options, shape);
        scale = Scales(options, shape);
        centres = randn(options.Centres, width);
        if (Summary(options).Standardised)
        {
            (middle, spread) = (zeros(width), ones(width));
        }

        weight = nn.Parameter(zeros(options.Centres, shape.Classes));
        RegisterComponents();
    }

    /// <summary>Number of training clips that are centres of the fitted model, and of values that it holds of each.</summary>
    public (long Clips, long Values) Held
    {
        get
        {
            using var scope = NewDisposeScope();
            return (weight.ne(0).any(1).sum().item<long>(), centres.shape[1]);
        }
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(RbfNetworkOptions options, ModelShape shape)
    {
        _ = Scales(options, shape); // Checks the groups.
        return options.Centres * (Width(options, shape) + shape.Classes) + (Summary(options).Standardised ? 2 * Width(options, shape) : 0);
    }

    /// <summary>The factor of each value that clips are compared by, so that its share of the distance gets its group's weight; null
    /// if all weigh the same.</summary>
    /// <exception cref="ArgumentException">As in the constructor.</exception>
    internal static float[]? Scales(RbfNetworkOptions options, ModelShape shape)
    {
        long width = Width(options, shape);
        if (options.Moments && options.Percentiles.Count > 0)
        {
            throw new ArgumentException("model.moments: mean and deviation are among what model.percentiles takes; give one of the two");
        }

        long grouped = options.Groups.Sum(size => (long)size);
        if (options.Groups.Count != options.Weights.Count || (options.Groups.Count > 0 && grouped != width))
        {
            throw new ArgumentException(
                $"model.groups: {options.Groups.Count} groups of {grouped} values with {options.Weights.Count} weights, "
                + $"where clips are compared by {width} values; "
                + "give as many of model.weights as of model.groups, and groups that add up, or neither");
        }

        return options.Groups.Count == 0
            ? null
            : [.. options.Groups.Zip(options.Weights).SelectMany(group => Enumerable.Repeat(Scale(group.Second / 100.0), group.First))];

        float Scale(double weight) => (float)(options.Kernel == "laplace" ? weight : Math.Sqrt(weight));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        return (Kernel(Vectors(Summaries(features, lengths)), centres).matmul(weight) * options.Scale).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Fit(Tensor features, Tensor lengths, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Tensor raw = Summaries(features, lengths);
        if (middle is not null && spread is not null)
        {
            middle.copy_(raw.mean([0L]));
            spread.copy_(raw.std(0).clamp_min(1e-5));
        }

        Tensor x = Vectors(raw).to(float64);
        long units = Math.Min(x.shape[0], options.Centres), classes = weight.shape[1];
        Tensor drawn = randperm(x.shape[0])[..(int)units].to(x.device);
        Tensor chosen = x[drawn], k = Kernel(x, chosen);
        Tensor target = nn.functional.one_hot(labels, classes).to(float64) - (1.0 / classes);
        Tensor importance = options.Balanced
            ? (labels.shape[0] / (double)classes / bincount(labels, minlength: (int)classes).to(float64).clamp_min(1))[labels]
            : ones(x.shape[0], float64, x.device);
        weight.zero_(); // unused centres contribute nothing
        weight.narrow(0, 0, units).copy_(units == x.shape[0]
            ? KernelRidge.Exact(k[drawn], importance[drawn], target[drawn], options.Ridge)
            : KernelRidge.LeastSquares(k, k[drawn], importance, target, options.Ridge));
        centres.narrow(0, 0, units).copy_(chosen);
    }

    /// <summary>The vectors that clips are compared by: standardised (if the summary is), clipped and scaled by group.</summary>
    private Tensor Vectors(Tensor summaries)
    {
        Tensor x = (middle is null || spread is null ? summaries : (summaries - middle) / spread).clamp(-options.Clip, options.Clip);
        return scale is null ? x : x * tensor(scale, device: x.device);
    }

    /// <summary>One vector per clip, computed for some clips at a time, because percentiles need several times the memory of the frames
    /// that they sort.</summary>
    private Tensor Summaries(Tensor features, Tensor lengths)
    {
        const long Most = 256;
        Func<Tensor, Tensor, Tensor> summary = Summary(options).Of;
        List<Tensor> parts = [];
        for (long from = 0; from < features.shape[0]; from += Most)
        {
            using var scope = NewDisposeScope();
            long count = Math.Min(Most, features.shape[0] - from);
            parts.Add(summary(features.narrow(0, from, count), lengths.narrow(0, from, count)).MoveToOuterDisposeScope());
        }

        return cat(parts);
    }

    /// <summary>Number of summary values per value of a frame, the function that computes them, and whether they are standardised over the
    /// training clips.</summary>
    private static (long Values, Func<Tensor, Tensor, Tensor> Of, bool Standardised) Summary(RbfNetworkOptions options) =>
        options.Moments ? (2, ClipStatistics.Moments, true)
        : options.Percentiles.Count > 0
            ? (ClipStatistics.Count(options.Percentiles),
                (features, lengths) => ClipStatistics.Of(features, lengths, options.Percentiles),
                true)
        : (1, MeanFrame.Of, false);

    private static long Width(RbfNetworkOptions options, ModelShape shape) => shape.Features * Summary(options).Values;

    private Tensor Kernel(Tensor x, Tensor c)
    {
        if (options.Kernel == "laplace")
        {
            return (cdist(x, c, p: 1) * -options.Gamma).exp();
        }

        // In place: with thousands of clips, each further matrix takes a hundred megabytes.
        Tensor squares = x.matmul(c.t()).mul_(-2).add_(x.square().sum(1, keepdim: true)).add_(c.square().sum(1));
        return squares.clamp_min_(0).mul_(-options.Gamma).exp_();
    }
}
