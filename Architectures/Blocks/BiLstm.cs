using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>A bidirectional LSTM over padded clips. Packed, so that the backward direction starts at each clip's own end.</summary>
public sealed class BiLstm : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly LSTM lstm;

    /// <summary>Makes the LSTM.</summary>
    /// <param name="input">Values a step in.</param>
    /// <param name="hidden">Units of each direction.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="dropout">Dropout between layers.</param>
    public BiLstm(int input, int hidden, int layers, double dropout) : base(nameof(BiLstm))
    {
        lstm = nn.LSTM(input, hidden, numLayers: layers, batchFirst: true, dropout: layers > 1 ? dropout : 0, bidirectional: true);
        RegisterComponents();
    }

    /// <summary>Runs over the steps of each clip.</summary>
    /// <param name="steps">(N, T, D).</param>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    /// <returns>(N, T, 2 · hidden), zeros on padding.</returns>
    public override Tensor forward(Tensor steps, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        if (lengths.eq(steps.shape[1]).all().item<bool>())
        {
            return lstm.call(steps, null).Item1.MoveToOuterDisposeScope(); // Nothing is padded: the plain form is quicker.
        }

        var packed = nn.utils.rnn.pack_padded_sequence(steps, lengths, batch_first: true, enforce_sorted: false);
        var (output, _, _) = lstm.call(packed, null);
        return nn.utils.rnn.pad_packed_sequence(output, batch_first: true, total_length: steps.shape[1]).Item1.MoveToOuterDisposeScope();
    }
}
