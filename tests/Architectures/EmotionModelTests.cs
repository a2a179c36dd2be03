using SpeechEmotion.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class EmotionModelTests
{
    private static readonly ModelShape Shape = new(20, 4);

    public EmotionModelTests() => set_num_threads(1);

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    private static EmotionModel Make(string name, bool training = false)
    {
        random.manual_seed(1);
        EmotionModel model = ModelCatalog.Create(name, Small(name), Shape);
        model.train(training);
        return model;
    }

    private static Tensor Batch(out Tensor lengths, params long[] frames)
    {
        random.manual_seed(2);
        lengths = tensor(frames);
        Tensor x = randn(frames.Length, frames.Max(), Shape.Features);
        for (int i = 0; i < frames.Length; i++)
        {
            x[i, (int)frames[i]..] = 0;
        }

        return x;
    }

    private static double Gap(Tensor a, Tensor b) => (a - b).abs().max().to(float64).item<double>();

    [Theory, MemberData(nameof(Names))]
    public void One_step_changes_every_parameter(string name)
    {
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name, training: true);
        var before = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().clone());
        var optimiser = optim.AdamW(model.parameters(), weight_decay: 0);
        Tensor logits = model.call(Batch(out Tensor lengths, 40, 33, 21, 9), lengths);
        nn.functional.cross_entropy(logits, tensor(new long[] { 0, 1, 2, 3 })).backward();
        optimiser.step();

        Assert.Equal(model.state_dict().Keys.Except(model.named_buffers().Select(b => b.name)).Order(), before.Keys.Order());
        Assert.All(model.named_parameters(), p => Assert.True(Gap(p.parameter, before[p.name]) > 0, p.name));
        Assert.InRange(model.parameters().Sum(p => p.numel()), 1000, 600_000);
    }

    [Theory, MemberData(nameof(Names))]
    public void Submodules_follow_train_and_eval(string name)
    {
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name);
        Assert.All(model.named_modules(), m => Assert.False(m.module.training, m.name));
        model.train();
        Assert.All(model.named_modules(), m => Assert.True(m.module.training, m.name));
    }

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
        object options = NoDropout(Small(name) ?? ModelCatalog.DefaultOptions(name));
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

    [Theory, MemberData(nameof(Names))]
    public void A_batch_of_one_clip_of_one_frame_trains(string name)
    {
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name, training: true);
        Tensor logits = model.call(Batch(out Tensor lengths, 1), lengths);
        logits.sum().backward();
        Assert.All(model.parameters(), p => Assert.True(p.grad!.isfinite().all().item<bool>()));
    }

    [Theory, MemberData(nameof(Names))]
    public void State_saved_and_loaded_gives_the_same_logits(string name)
    {
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name, training: true);
        Tensor x = Batch(out Tensor lengths, 40, 13);
        model.call(x, lengths); // moves the running statistics
        model.eval();
        using MemoryStream file = new();
        model.save(file); // closes it
        random.manual_seed(9);
        EmotionModel other = ModelCatalog.Create(name, Small(name), Shape);
        other.load(new MemoryStream(file.ToArray()));
        other.eval();
        Assert.Equal(0, Gap(model.call(x, lengths), other.call(x, lengths)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Live_tensors_stay_flat(string name)
    {
        using var outer = NewDisposeScope();
        EmotionModel model = Make(name, training: true);
        var optimiser = optim.AdamW(model.parameters());
        Tensor x = Batch(out Tensor lengths, 40, 13);
        long Step()
        {
            using (NewDisposeScope())
            {
                optimiser.zero_grad();
                model.call(x, lengths).sum().backward();
                optimiser.step();
            }

            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Step(); // the optimiser makes its state
        long live = Step();
        Assert.Equal([live, live, live], new[] { Step(), Step(), Step() });
    }

    [Theory, MemberData(nameof(Names))]
    public void One_and_double_precision_agree(string name)
    {
        // float32 LSTMs take oneDNN's fused kernel, float64 ones libtorch's own: an oracle for the first. 1e-4:
        // float32 through a whole model.
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name);
        Tensor x = Batch(out Tensor lengths, 40, 13, 1);
        Tensor single = model.call(x, lengths);
        Assert.InRange(Gap(single, model.to(float64).call(x.to(float64), lengths)), 0, 1e-4);
    }

    /// <summary>Copies, since a model that is collected takes its own tensors along.</summary>
    private static Dictionary<string, Tensor> State(EmotionModel model) =>
        model.state_dict().ToDictionary(s => s.Key, s => s.Value.clone());

    /// <summary>The published VGG is made for rows of 101 values and has 16 million parameters; the others stand as they are.</summary>
    private static object? Small(string name) =>
        name == "vgg" ? new VggOptions { Channels = [4, 6], PoolAfter = [1, 2], Frames = 48, Hidden = 8 } : null;

    private static object NoDropout(object options) => options switch
    {
        MlpOptions o => o with { Dropout = 0 },
        CnnOptions o => o with { Dropout = 0 },
        LstmOptions o => o with { Dropout = 0 },
        CnnLstmOptions o => o with { Dropout = 0 },
        ParallelCnnLstmOptions o => o with { Dropout = 0 },
        FeatureLstmOptions o => o with { Dropout = 0 },
        VggOptions o => o with { Dropout = 0 },
        FlatMlpOptions or HierarchicalMlpOptions or RbfNetworkOptions => options,
        _ => throw new InvalidOperationException($"no case for {options}"),
    };
}
