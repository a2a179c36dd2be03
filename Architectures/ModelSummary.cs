using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>One layer of a model as it ran.</summary>
/// <param name="Name">Path of field names, as in a checkpoint.</param>
/// <param name="Type">Kind of layer.</param>
/// <param name="OutputShape">Shape for one clip, without the batch dimension; null where the layer's call cannot be seen.</param>
/// <param name="Parameters">Number of trainable values of the layer itself at its first call; further calls show 0.</param>
/// <param name="Macs">Multiply-accumulates for one clip: those of convolutions, linear layers, LSTMs and <see cref="RbfNetwork"/>; 0 for
/// layers without weights and for normalisation, null for others.</param>
public sealed record LayerRow(string Name, string Type, IReadOnlyList<long>? OutputShape, long Parameters, long? Macs);

/// <summary>The layers of a model, recorded in a real forward pass so that the shapes are true.</summary>
public static class ModelSummary
{
    /// <summary>Lists the layers in the order in which they finish. The model's mode and the random state stay as they were.</summary>
    /// <param name="model">The model, on any device.</param>
    /// <param name="shape">What it was made for.</param>
    /// <param name="frames">Frames of the one clip it is run on.</param>
    /// <returns>A row for every call of a layer that has no layers inside or has parameters of its own; at the end those with parameters
    /// whose calls cannot be seen.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frames"/> is below 1.</exception>
    public static IReadOnlyList<LayerRow> Describe(EmotionModel model, ModelShape shape, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        using var scope = NewDisposeScope();
        using var gradless = no_grad();
        List<LayerRow> rows = [];
        List<Action> removals = [];
        HashSet<string> seen = [];
        bool training = model.training;
        Parameter any = model.parameters().First();
        try
        {
            foreach (var (name, module) in model.named_modules().Where(m => m.module != model && Counts(m.module)))
            {
                Tensor Note(Tensor output)
                {
                    rows.Add(Row(name, module, output, first: seen.Add(name)));
                    return output;
                }

                switch (module)
                {
                    case nn.Module<Tensor, Tensor> one:
                        removals.Add(one.register_forward_hook((_, _, output) => Note(output)).remove);
                        break;
                    case nn.Module<Tensor, Tensor, Tensor> two:
                        removals.Add(two.register_forward_hook((_, _, _, output) => Note(output)).remove);
                        break;
                    case LSTM lstm:
                        removals.Add(lstm.register_forward_hook(
                            (_, _, _, output) => (Note(output.Item1), output.Item2, output.Item3)).remove);
                        break;
                }
            }

            model.eval();
            Tensor output = model.call(zeros(1, frames, shape.Features, any.dtype, any.device), tensor(new long[] { frames }));
            if (model.parameters(recurse: false).Any())
            {
                rows.Add(Row(model.GetName(), model, output, first: true)); // weights that belong to no layer
            }

            // Layers of other signatures, such as attention's, have no hook here.
            rows.AddRange(model.named_modules().Where(m => m.module != model && Counts(m.module) && !seen.Contains(m.name))
                .Select(m => (m.name, m.module, own: m.module.parameters(recurse: !m.module.children().Any()).Sum(p => p.numel())))
                .Where(m => m.own > 0)
                .Select(m => new LayerRow(m.name, m.module.GetType().Name, null, m.own, null)));
            return rows;
        }
        finally
        {
            removals.ForEach(remove => remove());
            model.train(training);
        }
    }

    /// <summary>The sums of a description.</summary>
    /// <param name="rows">From <see cref="Describe"/>.</param>
    /// <returns>Trainable values, and multiply-accumulates for one clip; null where a layer's are not known.</returns>
    public static (long Parameters, long? Macs) Total(IReadOnlyList<LayerRow> rows) =>
        (rows.Sum(r => r.Parameters), rows.Any(r => r.Macs is null) ? null : rows.Sum(r => r.Macs));

    private static bool Counts(nn.Module module) => !module.children().Any() || module.parameters(recurse: false).Any();

    /// <summary>One layer's row. For the multiply-accumulates, every weight counts once per position of the output: a point of a
    /// convolution's plane, a row of a linear layer, a step of an LSTM.</summary>
    private static LayerRow Row(string name, nn.Module module, Tensor output, bool first)
    {
        long weights = module.named_parameters(recurse: false)
            .Where(p => p.name.StartsWith("weight", StringComparison.Ordinal)).Sum(p => p.parameter.numel());
        long own = module.parameters(recurse: false).Sum(p => p.numel());
        long? positions = module switch
        {
            Conv1d conv => output.numel() / conv.out_channels,
            Conv2d conv => output.numel() / conv.out_channels,
            Linear linear => output.numel() / linear.out_features,
            RbfNetwork => 1,
            LSTM => output.shape[1],
            _ => own == 0 || module.GetType().Name.Contains("Norm", StringComparison.Ordinal) ? 0 : null,
        };
        weights += module is RbfNetwork ? module.buffers().Sum(b => b.numel()) : 0; // its centres act on the input like weights
        return new LayerRow(name, module.GetType().Name, output.shape[1..], first ? own : 0, weights * positions);
    }
}
