using SpeechEmotion.Architectures;
using TorchSharp;
using static SpeechEmotion.Tests.Architectures.SmallModels;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architectures;

public class EmotionModelTests
{
    public EmotionModelTests() => set_num_threads(1);

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

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

    /// <summary>Every dropout that an architecture has.</summary>
    public static TheoryData<string, string> Dropped =>
        [.. ModelCatalog.Names.SelectMany(name => Dropouts(name).Select(dropout => (name, dropout)))];

    [Theory, MemberData(nameof(Dropped))]
    public void Dropout_is_drawn_in_training_only_and_by_its_share(string name, string dropout)
    {
        using var scope = NewDisposeScope();
        Assert.NotEqual(0, Apart(0.5, training: true));
        Assert.Equal(0, Apart(0.5, training: false));
        Assert.Equal(0, Apart(0, training: true));

        double Apart(double share, bool training)
        {
            object options = WithDropout(name, Small(name) ?? ModelCatalog.DefaultOptions(name), dropout, share);
            EmotionModel model = ModelCatalog.Create(name, options, Shape);
            model.train(training);
            Tensor x = Batch(out Tensor lengths, 40, 33);
            return Gap(model.call(x, lengths), model.call(x, lengths));
        }
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
        model.call(x, lengths); // updates the running statistics
        model.eval();
        using MemoryStream file = new();
        model.save(file); // closes the stream
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

        Step(); // the first step creates the optimiser's state
        long live = Step();
        Assert.Equal([live, live, live], new[] { Step(), Step(), Step() });
    }

    [Theory, MemberData(nameof(Names))]
    public void One_and_double_precision_agree(string name)
    {
        // LSTMs use oneDNN's fused kernel in float32 and libtorch's own in float64, which serves as the reference. 1e-4: float32 through a
        // whole model.
        using var scope = NewDisposeScope();
        EmotionModel model = Make(name);
        Tensor x = Batch(out Tensor lengths, 40, 13, 1);
        Tensor single = model.call(x, lengths);
        Assert.InRange(Gap(single, model.to(float64).call(x.to(float64), lengths)), 0, 1e-4);
    }
}
