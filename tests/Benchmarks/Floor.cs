using SpeechEmotion.Architectures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>What a step cannot do without: each layer of products (linear, convolution, LSTM) forward and backward on an input of its own
/// that has the shape and memory order of the one that it sees in the model.</summary>
internal static class Floor
{
    /// <summary>Finds the layers and their inputs by one pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clips">N.</param>
    /// <param name="frames">T.</param>
    /// <param name="width">F.</param>
    /// <returns>Does all of them once.</returns>
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
            // The first layer's input is data: nobody asks for its gradient.
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
