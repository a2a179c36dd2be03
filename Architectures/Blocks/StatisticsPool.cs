using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Mean and standard deviation over time, each frame weighted by a learnt score (attentive statistics pooling; Okabe, Koshinaka
/// and Shinoda, Interspeech 2018, equations 4 to 7), or equally (statistics pooling).</summary>
internal sealed class StatisticsPool : nn.Module<Tensor, Tensor, Tensor>
{
    // Lower bound of the variance: the square root's slope at 0 is infinite, and the variance of a clip of one frame is 0.
    private const double Epsilon = 1e-5;
    private readonly Linear? hidden;
    private readonly Linear? score;

    /// <summary>A pooling layer.</summary>
    /// <param name="width">D, values per frame.</param>
    /// <param name="attention">Hidden units of the scoring network; 0 weights all frames equally.</param>
    public StatisticsPool(int width, int attention) : base(nameof(StatisticsPool))
    {
        if (attention > 0)
        {
            hidden = nn.Linear(width, attention);
            // Softmax cancels a common offset, so the score has no bias.
            score = nn.Linear(attention, 1, hasBias: false);
        }

        RegisterComponents();
    }

    /// <summary>Number of parameters in such a layer.</summary>
    public static long Weights(long width, long attention) => attention * (width + 2);

    /// <summary>Pools.</summary>
    /// <param name="input">(N, T, D), finite on the padding too.</param>
    /// <param name="mask">(N, T), 1 on sound frames.</param>
    /// <returns>(N, 2 D): means, then deviations.</returns>
    public override Tensor forward(Tensor input, Tensor mask)
    {
        Tensor weights = hidden is null || score is null
            ? mask / mask.sum(1, keepdim: true)
            : score.call(hidden.call(input).tanh_()).squeeze(-1).masked_fill(mask.eq(0), double.NegativeInfinity).softmax(1);
        weights = weights.unsqueeze(1);
        Tensor mean = weights.matmul(input);
        Tensor variance = weights.matmul((input - mean).square());
        return cat([mean, variance.clamp_min(Epsilon).sqrt()], -1).squeeze(1);
    }
}
