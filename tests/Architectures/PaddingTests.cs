using SpeechEmotion.Architectures;
using static SpeechEmotion.Tests.Architectures.SmallModels;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

/// <summary>Neither a clip's logits nor the running statistics depend on the padding of a batch. In evaluation mode the logits do not
/// depend on the other clips either.</summary>
public class PaddingTests
{
    public PaddingTests() => set_num_threads(1);

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    // 1e-5: float32 sums of the same values in another order; logits are of size 1.
    [Theory, MemberData(nameof(Names))]
    public void A_clip_alone_and_in_a_batch_gives_the_same_logits(string name)
    {
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name);
        Tensor x = Batch(out Tensor lengths, 61, 48, 37, 16, 2, 1);
        Tensor together = model.call(x, lengths);
        Assert.Equal([6, Shape.Classes], together.shape);
        for (int i = 0; i < 6; i++)
        {
            long frames = lengths[i].item<long>();
            Tensor alone = model.call(x[i..(i + 1), ..(int)frames], lengths[i..(i + 1)]);
            Assert.InRange(Gap(alone[0], together[i]), 0, 1e-5);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void What_stands_on_the_padding_has_no_effect_even_in_training(string name)
    {
        using var scope = NewDisposeScope();
        Tensor x = Batch(out Tensor lengths, 50, 31, 8, 1);
        Tensor garbage = x.clone();
        for (int i = 1; i < 4; i++)
        {
            garbage[i, (int)lengths[i].item<long>()..] = i == 1 ? float.NaN : 1000 * i;
        }

        foreach (bool training in new[] { false, true })
        {
            Tensor Run(Tensor input, out Dictionary<string, Tensor> state)
            {
                EmotionModel model = Make(name, training);
                random.manual_seed(3); // the same dropout
                Tensor logits = model.call(input, lengths);
                state = State(model);
                return logits;
            }

            Assert.Equal(0, Gap(Run(x, out var clean), Run(garbage, out var dirty)));
            Assert.All(clean, s => Assert.Equal(0, Gap(s.Value, dirty[s.Key])));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_longer_batch_leaves_training_as_it_was(string name)
    {
        using var scope = NewDisposeScope();
        object options = WithDropout(name, Small(name) ?? ModelCatalog.DefaultOptions(name));
        Tensor x = Batch(out Tensor lengths, 50, 31, 8, 1);
        Tensor padded = nn.functional.pad(x, [0, 0, 0, 37]);
        Tensor Run(Tensor input, out Dictionary<string, Tensor> state)
        {
            random.manual_seed(1);
            EmotionModel model = ModelCatalog.Create(name, options, Shape);
            Tensor logits = model.call(input, lengths);
            state = State(model);
            return logits;
        }

        // 1e-4: batch statistics are sums over more zeros, in another order, and are divided by small deviations.
        Assert.InRange(Gap(Run(x, out var a), Run(padded, out var b)), 0, 1e-4);
        Assert.All(a, s => Assert.InRange(Gap(s.Value, b[s.Key]), 0, 1e-4));
    }

    /// <summary>Copies, since a model that is garbage-collected disposes of its own tensors.</summary>
    private static Dictionary<string, Tensor> State(EmotionModel model) =>
        model.state_dict().ToDictionary(s => s.Key, s => s.Value.clone());
}
