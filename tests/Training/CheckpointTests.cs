using SpeechEmotion.Architectures;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static ModelCard Card(string name) => new(
        name, ModelCatalog.DefaultOptions(name), new ModelShape(16, 3), "four", ["a", "b", "c"], new FeatureOptions { Mels = 16 },
        new Normaliser("global", new float[16], Enumerable.Repeat(2f, 16).ToArray()));

    private string File => _folder["model.ser"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("lstm")]
    [InlineData("cnn_lstm")]
    public void A_model_comes_back_with_the_same_answers(string name)
    {
        set_num_threads(1);
        using EmotionModel model = Card(name).Build();
        Tensor features = randn(2, 40, 16), lengths = tensor(new long[] { 40, 25 });
        Checkpoint.Write(File, Card(name), model);

        (ModelCard card, EmotionModel read) = Checkpoint.ReadModel(File);

        using EmotionModel owned = read;
        Assert.Equal(Card(name).ToJson(), card.ToJson());
        Assert.Equal(model.forward(features, lengths).data<float>().ToArray(), read.forward(features, lengths).data<float>().ToArray());
    }

    // Runs on the GPU where there is one: TorchSharp's own load moves the weights to the CPU and back, and the optimiser then no longer
    // refers to them.
    [Fact]
    public void The_state_and_the_optimiser_come_back()
    {
        ModelCard card = Card("mlp");
        using EmotionModel model = card.Build(), other = card.Build();
        foreach (EmotionModel one in new[] { model, other })
        {
            one.to(cuda.is_available() ? CUDA : CPU);
        }

        using AdamW first = optim.AdamW(model.parameters()), second = optim.AdamW(other.parameters());
        Step(model, first);
        TrainState state = new(1, 0.5, 2.5, [new EpochRow(1, 1.5, 1.25, 0.5, 1e-3, 2.5)]);
        Checkpoint.Write(File, card, model, first, state);

        TrainState read = Checkpoint.Read(File, card, other, second);
        Step(model, first);
        Step(other, second);

        Assert.Equal((state.BestEpoch, state.BestUar, state.Seconds), (read.BestEpoch, read.BestUar, read.Seconds));
        Assert.Equal(state.History, read.History);
        Assert.All(model.parameters().Zip(other.parameters()), p => Assert.True(p.First.equal(p.Second).all().item<bool>()));
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_by_name()
    {
        using EmotionModel cnn = Card("cnn").Build(), lstm = Card("lstm").Build();
        using AdamW optimiser = optim.AdamW(lstm.parameters());
        Checkpoint.Write(File, Card("cnn"), cnn);

        InputException error = Assert.Throws<InputException>(() => Checkpoint.Read(File, Card("lstm"), lstm, optimiser));

        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Contains("(cnn, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("(lstm, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_training_clips_are_named_as_the_cause()
    {
        ModelCard card = Card("mlp"), other = card with { Normaliser = card.Normaliser with { Mean = [.. Enumerable.Repeat(1f, 16)] } };
        using EmotionModel model = card.Build();
        using AdamW optimiser = optim.AdamW(model.parameters());
        Checkpoint.Write(File, card, model);
        InputException error = Assert.Throws<InputException>(() => Checkpoint.Read(File, other, model, optimiser));
        Assert.Contains("other data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_does_not_resume_from_weights_alone()
    {
        using EmotionModel written = Card("mlp").Build(), model = Card("mlp").Build();
        using AdamW optimiser = optim.AdamW(model.parameters());
        float[] before = model.parameters().First().data<float>().ToArray();
        Checkpoint.Write(File, Card("mlp"), written);

        InputException error = Assert.Throws<InputException>(() => Checkpoint.Read(File, Card("mlp"), model, optimiser));

        Assert.Equal(
            $"{File}: holds weights alone, without the state that resuming needs; remove the file to train anew", error.Message);
        Assert.Equal(before, model.parameters().First().data<float>().ToArray()); // Nothing was loaded.
    }

    [Fact]
    public void A_damaged_cut_or_missing_file_is_an_error_with_its_name()
    {
        using EmotionModel model = Card("mlp").Build();
        using AdamW optimiser = optim.AdamW(model.parameters());
        Checkpoint.Write(File, Card("mlp"), model);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        byte[] flipped = [.. whole];
        flipped[whole.Length / 2] ^= 1;

        foreach (byte[] bad in new[] { flipped, whole[..^1], whole[..10], [] })
        {
            System.IO.File.WriteAllBytes(File, bad);
            Assert.Equal(
                $"{File}: no checkpoint, or a damaged one (its checksum is wrong); "
                + "give a .ser file or a run's folder (of a .safetensors file `ser import` makes one)",
                Assert.Throws<InputException>(() => Checkpoint.ReadModel(File)).Message);

            // Only the error of a resumed run says that the file may be removed.
            InputException resumed = Assert.Throws<InputException>(() => Checkpoint.Read(File, Card("mlp"), model, optimiser));
            Assert.EndsWith("; remove the file to train anew", resumed.Message, StringComparison.Ordinal);
        }

        System.IO.File.Delete(File);
        InputException missing = Assert.Throws<InputException>(() => Checkpoint.ReadModel(File));
        Assert.Equal($"{File}: no such file; give a .ser file or a run's folder", missing.Message);
        missing = Assert.Throws<InputException>(() => Checkpoint.ReadCard(new RunFolder(_folder.Path).Best));
        Assert.StartsWith($"{_folder.Path}: holds no weights", missing.Message, StringComparison.Ordinal);
    }

    private static void Step(EmotionModel model, AdamW optimiser)
    {
        manual_seed(7);
        model.train();
        optimiser.zero_grad();
        model.forward(randn(4, 10, 16).to(model.parameters().First().device), tensor(new long[] { 10, 9, 8, 7 })).pow(2).sum().backward();
        optimiser.step();
    }
}
