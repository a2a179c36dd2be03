using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="FeatureLstm"/>.</summary>
public sealed record FeatureLstmOptions
{
    /// <summary>Units of the LSTM.</summary>
    [Range(1, 2048)]
    public int Hidden { get; init; } = 128;

    /// <summary>Units of the dense layer after the LSTM.</summary>
    [Range(1, 2048)]
    public int Dense { get; init; } = 32;

    /// <summary>Dropout of the LSTM's last output.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.5;
}

/// <summary>The published LSTM with its fault: it reads one vector per clip as a sequence of F steps of one value, so it recurs over
/// features (mel bands from low to high), not over time. LSTM 128, dropout 0.5, 32 ReLU, 4: 70,820 parameters as in Keras, which has one
/// bias per gate where torch has two; here that bias is the weight of a constant second input.</summary>
public sealed class FeatureLstm : EmotionModel
{
    private readonly LSTM recurrent;
    private readonly Dropout drop;
    private readonly Linear dense;
    private readonly Linear output;

    /// <summary>A model with fresh weights as Keras draws them: Glorot uniform (recurrent: orthogonal), forget biases of one.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    public FeatureLstm(FeatureLstmOptions options, ModelShape shape) : base("feature_lstm")
    {
        recurrent = nn.LSTM(2, options.Hidden, bias: false, batchFirst: true);
        drop = nn.Dropout(options.Dropout);
        dense = KerasInit.Dense(options.Hidden, options.Dense);
        output = KerasInit.Dense(options.Dense, shape.Classes);
        Fill(options.Hidden);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(FeatureLstmOptions options, ModelShape shape) =>
        4L * options.Hidden * (2 + options.Hidden) + (options.Hidden + 1L) * options.Dense + (options.Dense + 1L) * shape.Classes;

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = MeanFrame.Of(features, lengths).unsqueeze(2);
        Tensor last = recurrent.call(cat([x, ones_like(x)], 2)).Item1.select(1, -1);
        return output.call(dense.call(drop.call(last)).relu()).MoveToOuterDisposeScope();
    }

    private void Fill(int hidden)
    {
        using var off = no_grad();
        foreach (var (name, weight) in recurrent.named_parameters())
        {
            if (name == "weight_ih_l0")
            {
                double bound = Math.Sqrt(6.0 / (1 + (4 * hidden))); // Keras's kernel is (1, 4 · units); the second column holds the biases
                weight.narrow(1, 0, 1).uniform_(-bound, bound);
                weight.narrow(1, 1, 1).zero_();
                weight.narrow(1, 1, 1).narrow(0, hidden, hidden).fill_(1); // gate order: input, forget, cell, output
            }
            else
            {
                nn.init.orthogonal_(weight);
            }
        }
    }
}
