using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>Bidirectional LSTM layers over a padded batch, with the result of a packed sequence. Each direction is one fused LSTM; the
/// backward direction reads each clip reversed within its own length, so both read the padding last and no sound frame depends on it. On a
/// CPU this is two to three times as fast as a packed sequence, which libtorch's fused oneDNN LSTM does not accept.</summary>
internal sealed class BiLstm : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<LSTM> ahead = nn.ModuleList<LSTM>();
    private readonly ModuleList<LSTM> back = nn.ModuleList<LSTM>();
    private readonly Dropout drop;
    private readonly bool rounds;

    /// <summary>Layers with Glorot input weights, orthogonal recurrent weights and a forget bias of 1 (Jozefowicz et al., 2015).</summary>
    /// <param name="inputs">Values per step.</param>
    /// <param name="hidden">H, units of each direction.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="dropout">Dropout between layers.</param>
    /// <param name="precision">`bfloat16` computes in bfloat16 while training; `float32` never does.</param>
    public BiLstm(int inputs, int hidden, int layers, double dropout, string precision) : base(nameof(BiLstm))
    {
        rounds = precision == "bfloat16";
        drop = nn.Dropout(dropout);
        for (int i = 0; i < layers; i++)
        {
            ahead.Add(Layer(i == 0 ? inputs : 2 * hidden, hidden));
            back.Add(Layer(i == 0 ? inputs : 2 * hidden, hidden));
        }

        RegisterComponents();
    }

    /// <summary>Number of parameters in such layers.</summary>
    public static long Weights(long inputs, long hidden, int layers) =>
        2 * 4 * hidden * (inputs + hidden + 2 + (layers - 1) * (2 * hidden + hidden + 2));

    /// <summary>Reads a batch in both directions.</summary>
    /// <param name="input">(N, T, D), finite on the padding too.</param>
    /// <param name="lengths">(N) int64 on the CPU.</param>
    /// <exception cref="NotSupportedException">The layers train in bfloat16, and this libtorch or system has no autocast.</exception>
    /// <returns>(N, T, 2 H); values on the padding are finite but meaningless.</returns>
    public override Tensor forward(Tensor input, Tensor lengths)
    {
        Tensor rows = ClipReversal.Rows(lengths, input.shape[1]).to(input.device);
        return rounds && training && is_grad_enabled() // A model that is scored in training mode computes no gradients.
            ? Autocast.Bfloat16(input.device_type, () => Read(input, rows)).to(float32)
            : Read(input, rows);
    }

    private Tensor Read(Tensor input, Tensor rows)
    {
        Tensor x = input;
        for (int i = 0; i < ahead.Count; i++)
        {
            x = i == 0 ? x : drop.call(x);
            Tensor reversed = back[i].call(ClipReversal.Of(x, rows)).Item1;
            x = cat([ahead[i].call(x).Item1, ClipReversal.Of(reversed, rows)], -1);
        }

        return x;
    }

    private static LSTM Layer(int inputs, int hidden)
    {
        LSTM layer = nn.LSTM(inputs, hidden, batchFirst: true);
        using (no_grad())
        {
            foreach (var (name, parameter) in layer.named_parameters())
            {
                _ = name switch
                {
                    "weight_ih_l0" => nn.init.xavier_uniform_(parameter),
                    "weight_hh_l0" => nn.init.orthogonal_(parameter),
                    _ => parameter.zero_(),
                };
                if (name == "bias_ih_l0")
                {
                    parameter.narrow(0, hidden, hidden).fill_(1); // gate order: input, forget, cell, output
                }
            }
        }

        return layer;
    }
}
