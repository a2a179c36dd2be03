using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>Which epoch is kept, and what an epoch is made of.</summary>
[Collection("miniature")]
public class EpochTests(MiniatureCorpus corpus)
{
    [Fact]
    public void Training_ends_where_validation_no_longer_improves_and_the_best_epoch_answers()
    {
        RunFolder run = Train("patient", "train.epochs=60", "train.patience=2", "train.schedule=constant", "train.learning_rate=0.02");
        IReadOnlyList<EpochRow> history = HistoryFile.Read(run.History);
        RunFacts facts = FactsFile.Read<RunFacts>(run.Environment);
        Assert.Equal(facts.BestEpoch + 2, history.Count);
        Assert.InRange(history.Count, 3, 59);
        EpochRow best = history.OrderByDescending(row => row.ValidationUar).First(); // the earliest of equals
        Assert.Equal(best.Epoch, facts.BestEpoch);
        PredictionTable validation = PredictionsFile.Read(run.Validation);
        Assert.Equal(best.ValidationUar, Metrics.Compute(validation.Rows, validation.Classes).Uar, 1e-12);
    }

    [Fact]
    public void Averaged_weights_are_the_ones_that_are_kept()
    {
        RunFolder plain = Train("plain", "train.average=0", "train.select=last", "train.patience=0");
        RunFolder averaged = Train("averaged", "train.average=0.99", "train.select=last", "train.patience=0");
        Assert.Equal(FirstWeights(plain.Last), FirstWeights(plain.Best));
        Assert.Equal(FirstWeights(plain.Last), FirstWeights(averaged.Last)); // The average does not affect training.
        Assert.NotEqual(FirstWeights(averaged.Last), FirstWeights(averaged.Best));

        // The statistics of batch normalisation are averages already, and neither 0 nor 1 as at the start.
        float[] statistics = Values(averaged.Best, model => model.buffers());
        Assert.Equal(Values(averaged.Last, model => model.buffers()), statistics);
        Assert.DoesNotContain(statistics, value => value is 0 or 1);
    }

    [Fact]
    public void Another_seed_begins_with_other_weights()
    {
        float[][] weights = [.. new[] { 1, 2 }.Select(seed => Values(
            Train($"seed-{seed}", $"seed={seed}", "train.learning_rate=1e-8", "train.epochs=1").Last, model => model.parameters()))];
        Assert.Contains(weights[0].Zip(weights[1]), pair => Math.Abs(pair.First - pair.Second) > 1e-3); // far more than such steps move
    }

    /// <summary>Number of clips per epoch, computed from the speed in environment.json.</summary>
    [Theory]
    [InlineData("augment.copies=0", 1, 0)]
    [InlineData("augment.copies=2 augment.noise_db=20", 3, 0)]
    [InlineData("train.clips_per_speaker=3", 0, 3)]
    public void An_epoch_takes_the_clips_their_copies_or_so_many_of_each_speaker(string set, int ofEach, int ofSpeaker)
    {
        RunFolder run = Train($"clips-{ofEach}-{ofSpeaker}", set.Split(' '));
        RunFacts facts = FactsFile.Read<RunFacts>(run.Environment);
        IReadOnlyList<string> train = SplitFile.ReadKeys(run.Split).Train;
        int speakers = train.Select(SpeakerOf).Distinct().Count();
        int epochs = HistoryFile.Read(run.History).Count;
        Assert.Equal((ofEach * train.Count) + (ofSpeaker * speakers), facts.ClipsPerSecond * facts.TrainSeconds / epochs, 1e-6);
    }

    private static float[] Values(string checkpoint, Func<EmotionModel, IEnumerable<Tensor>> of)
    {
        using EmotionModel model = Checkpoint.ReadModel(checkpoint).Model;
        return [.. of(model).SelectMany(tensor => tensor.data<float>().ToArray())];
    }

    private RunFolder Train(string name, params string[] set)
    {
        (int code, _, string error) = Ser(corpus.Train("mlp", name, [.. set.SelectMany(change => new[] { "--set", change })]));
        Assert.True(code == App.Done, error);
        return new RunFolder(corpus.In(name));
    }
}
