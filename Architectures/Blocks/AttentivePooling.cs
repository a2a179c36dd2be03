using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Attentive statistics pooling (Okabe, Koshinaka and Shinoda, Interspeech 2018): a mean and a deviation over time in which the network says
/// how much each frame counts.</summary>
public sealed class AttentivePooling : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear hidden;
    private readonly Linear score;

    /// <summary>Makes the pooling.</summary>
    /// <param name="width">Values a frame (D).</param>
    /// <param name="attention">Width of the scoring layer.</param>
    public AttentivePooling(int width, int attention = 32) : base(nameof(AttentivePooling))
    {
        hidden = nn.Linear(width, attention);
        score = nn.Linear(attention, 1);
        RegisterComponents();
    }

    /// <summary>Pools over time.</summary>
    /// <param name="frames">(N, T, D).</param>
    /// <param name="lengths">(N) frames of each clip.</param>
    /// <returns>(N, 2D): means, then deviations; padding has weight 0.</returns>
    public override Tensor forward(Tensor frames, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor padding = Frames.Mask(lengths, frames.shape[1], frames).unsqueeze(2).eq(0);
        Tensor clean = frames.masked_fill(padding, 0);
        Tensor weight = score.call(hidden.call(clean).tanh()).masked_fill(padding, float.NegativeInfinity).softmax(1);
        Tensor mean = (clean * weight).sum(1);
        Tensor variance = ((clean - mean.unsqueeze(1)).pow(2) * weight).sum(1);
        return cat([mean, (variance + 1e-5).sqrt()], 1).MoveToOuterDisposeScope();
    }
}
