using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

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

    private RunFolder Train(string name, params string[] set)
    {
        (int code, _, string error) = Ser(corpus.Train("mlp", name, [.. set.SelectMany(change => new[] { "--set", change })]));
        Assert.True(code == App.Done, error);
        return new RunFolder(corpus.In(name));
    }
}
