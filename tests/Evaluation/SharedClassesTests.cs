using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public class SharedClassesTests
{
    // anger happy neutral sad fear disgust
    private static readonly Prediction[] Six =
    [
        Of(0, "hit", 0.5, 0.1, 0.1, 0.1, 0.1, 0.1),
        Of(0, "outside", 0.3, 0.1, 0.1, 0.1, 0.4, 0),
        Of(1, "miss", 0.6, 0.2, 0.1, 0.1, 0, 0),
        Of(4, "fear", 0, 0, 0, 0, 1, 0),
    ];

    [Fact]
    public void A_free_answer_outside_the_shared_classes_is_wrong()
    {
        PredictionTable free = SharedClasses.Free(Six, Rows.Six, ["sad", "happy", "anger"]);
        Assert.Equal(["sad", "happy", "anger", "neutral", "fear", "disgust"], free.Classes);
        Assert.Equal(["hit", "outside", "miss"], free.Rows.Select(row => row.Key));
        Assert.Equal([2, 2, 1], free.Rows.Select(row => row.Truth));
        Assert.Equal([2, 4, 2], free.Rows.Select(row => row.Predicted));

        MetricsSummary metrics = SharedClasses.FreeMetrics(Six, Rows.Six, ["sad", "happy", "anger"]);
        Assert.Equal((0.25, 1.0 / 3), (metrics.Uar, metrics.Accuracy)); // anger 1 of 2, happy 0 of 1
        // anger 2/(2 + 1 + 1), happy 0; fear, answered once, does not enter
        Assert.Equal(0.25, metrics.MacroF1);
    }

    [Fact]
    public void A_restricted_answer_is_the_most_probable_shared_class()
    {
        PredictionTable restricted = SharedClasses.Restrict(Six, Rows.Six, Rows.Four);
        Assert.Equal(Rows.Four, restricted.Classes);
        Assert.Equal([0, 0, 0], restricted.Rows.Select(row => row.Predicted));
        Assert.All(restricted.Rows, row => Assert.Equal(1, row.Probabilities.Sum(), 1e-12));
        Assert.Equal(0.5, restricted.Rows[1].Probabilities[0], 1e-12);
    }

    [Fact]
    public void Probabilities_that_are_all_outside_become_equal() => Assert.Equal(
        [0.25, 0.25, 0.25, 0.25], SharedClasses.Restrict([Of(3, "sure", 0, 0, 0, 0, 1, 0)], Rows.Six, Rows.Four).Rows[0].Probabilities);

    [Fact]
    public void Sharing_all_classes_changes_nothing_and_restricting_never_hurts_recall()
    {
        Prediction[] rows = Rows.Study(new Random(1), 5, 6, classes: 6, mean: 0.5);
        PredictionTable all = SharedClasses.Restrict(rows, Rows.Six, Rows.Six);
        Assert.Equal(Metrics.Compute(rows, Rows.Six).Uar, Metrics.Compute(all.Rows, Rows.Six).Uar);
        double free = SharedClasses.FreeMetrics(rows, Rows.Six, Rows.Four).Uar;
        Assert.InRange(Metrics.Compute(SharedClasses.Restrict(rows, Rows.Six, Rows.Four).Rows, Rows.Four).Uar, free, 1);
    }

    [Theory]
    [InlineData("class 'joy' is none of the model's classes", "anger", "joy")]
    [InlineData("named twice", "anger", "anger")]
    public void Wrong_shared_classes_are_named(string message, params string[] to) => Assert.Contains(
        message, Assert.Throws<InputException>(() => SharedClasses.Free(Six, Rows.Six, to)).Message, StringComparison.Ordinal);

    private static Prediction Of(int truth, string key, params double[] probabilities) =>
        new(key, "ravdess", "ravdess/01", "male", truth, probabilities);
}
