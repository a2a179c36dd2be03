using SpeechEmotion.Architectures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>Lower bound for the time of a training step: each layer of matrix products (linear, convolution, LSTM) forward and backward, on
/// a separate input with the shape and memory order of the layer's input in the model.</summary>
internal static class Floor
{
    /// <summary>Finds the layers and their inputs by one forward pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clips">Clips of the batch, N.</param>
    /// <param name="frames">Frames per clip, T.</param>
    /// <param name="width">Features per frame, F.</param>
    /// <returns>An action that runs all layers once, forward and backward.</returns>
    public static Action Of(EmotionModel model, int clips, int frames, int width)
    {
        List<Action> products = [];
        List<Action> unhook = []; // The same model is timed afterwards.
        bool first = true;
        foreach (nn.Module module in model.modules())
        {
            switch (module)
            {
                case nn.Module<Tensor, Tensor> layer when layer is Linear or Conv2d:
                    unhook.Add(layer.register_forward_hook((_, input, output) =>
                    {
                        Add(input, () => layer.forward);
                        return output;
                    }).remove);
                    break;
                case LSTM layer:
                    unhook.Add(layer.register_forward_hook((_, input, _, output) =>
                    {
                        Add(input, () => x => layer.forward(x).Item1);
                        return output;
                    }).remove);
                    break;
            }
        }

        using (no_grad())
        {
            model.forward(randn(clips, frames, width), full(clips, frames, ScalarType.Int64)).Dispose();
        }

        unhook.ForEach(remove => remove());
        return () => products.ForEach(p => p());

        void Add(Tensor seen, Func<Func<Tensor, Tensor>> layer)
        {
            // The first layer's input is data, which needs no gradient.
            Tensor input = seen.detach().clone().requires_grad_(!first).DetachFromDisposeScope();
            first = false;
            Tensor? pull = null;
            products.Add(() =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor output = layer()(input);
                pull ??= randn_like(output).DetachFromDisposeScope();
                output.backward([pull]);
            });
        }
    }
}
