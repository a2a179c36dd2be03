using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

/// <summary>The splits give the test sets that the published notebooks print.</summary>
public class PublishedTableSplitTests
{
    private static readonly Lazy<IReadOnlyList<Utterance>> Rows = new(() =>
        FeatureTable.Read(FeatureTableTests.Published!).Manifest.Utterances);

    /// <summary>Sources of the supports: the flat model's classification report; the test sizes of the stages, of which the published
    /// 91.67, 80.51 and 80.65 % are whole numbers of rows; the rows of the LSTM's confusion matrix.</summary>
    [Theory]
    [InlineData("published", "four", "anger 396, happy 453, neutral 391, sad 428")]
    [InlineData("published_app", "four", "anger 457, happy 392, neutral 391, sad 428")]
    [InlineData("published_app", "anger_happy", "anger 437, happy 430")]
    [InlineData("published_app", "neutral_sad", "neutral 378, sad 423")]
    [InlineData("published_lstm", "four", "anger 467, happy 393, neutral 372, sad 434")]
    public void Supports_are_the_published_ones(string kind, string labels, string supports)
    {
        Assert.SkipWhen(FeatureTableTests.Published is null, "the published feature table is not here");
        Split split = Make(new SplitOptions { Kind = kind, Validation = 0 }, labels);
        Assert.Equal(supports, string.Join(", ", split.Test.GroupBy(Emotion).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}")));
        Assert.Empty(split.Validation);
        Assert.Empty(split.Train.Intersect(split.Test));
        Assert.False(split.SpeakersApart);
    }

    [Fact]
    public void The_first_test_labels_are_those_that_the_notebook_prints()
    {
        Assert.SkipWhen(FeatureTableTests.Published is null, "the published feature table is not here");
        Split split = Make(new SplitOptions { Kind = "published", Validation = 0 }, "four");
        Assert.Equal(
            "sad neutral sad neutral sad happy neutral happy sad sad neutral sad sad "
                + "neutral happy neutral happy happy neutral sad neutral neutral anger sad happy",
            string.Join(' ', split.Test.Take(25).Select(Emotion)));

        // The notebook also prints the first and the last training row, to nine digits.
        IReadOnlyDictionary<string, Features.Feature> rows = FeatureTable.Read(FeatureTableTests.Published!).Rows;
        Near([-459.631110, 24.5550544, -26.2932768], rows[split.Train[0]]);
        Near([-281.989551, 88.3522378, 9.62750194], rows[split.Train[^1]]);

        // 1e-7 relative: float32.
        static void Near(double[] printed, Features.Feature row) =>
            Assert.All(printed.Zip(row.Values), pair => Assert.InRange(Math.Abs((pair.Second / pair.First) - 1), 0, 1e-7));
    }

    [Fact]
    public void Validation_comes_from_training_rows_and_follows_the_seed()
    {
        Assert.SkipWhen(FeatureTableTests.Published is null, "the published feature table is not here");
        SplitOptions options = new() { Kind = "published", Validation = 0.1 };
        Split one = Make(options, "four"), other = Make(options, "four", seed: 2), none = Make(options with { Validation = 0 }, "four");
        Assert.Equal(none.Test, one.Test);
        Assert.Equal(none.Test, other.Test);
        Assert.NotEqual(one.Validation, other.Validation);
        Assert.Equal(none.Train.Order(), one.Train.Concat(one.Validation).Order());
        Assert.InRange(one.Validation.Count, 495, 505); // a tenth of 5,003 rows, some of them equal and kept together
        Assert.Equal(one.Validation, Make(options, "four").Validation);
    }

    [Fact]
    public void All_rows_are_scored_where_that_is_asked_for()
    {
        Assert.SkipWhen(FeatureTableTests.Published is null, "the published feature table is not here");
        Split split = Make(new SplitOptions { Kind = "published_app", Validation = 0, Scored = "all" }, "four");
        Assert.Equal((5003, 6671), (split.Train.Count, split.Test.Count));
        Assert.True(split.Leaks);
    }

    [Fact]
    public void It_is_a_split_of_the_table_alone()
    {
        Utterance clip = new("savee/DC_a01", "savee", "a.wav", "0", "savee/DC", "male", "a", 1, 16000);
        InputException error = Assert.Throws<InputException>(() =>
            SplitFactory.Create(new SplitOptions { Kind = "published" }, [clip], 1));
        Assert.Contains("savee/DC_a01 is no row of it", error.Message, StringComparison.Ordinal);
    }

    private static string Emotion(string key) => key[6..key.LastIndexOf('-')];

    private static Split Make(SplitOptions options, string labels, int seed = 1)
    {
        LabelSet set = LabelSets.Load(labels);
        return SplitFactory.Create(options, [.. Rows.Value.Where(u => set.ClassOf(u) is not null)], seed);
    }
}
