using System.Globalization;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public class MetricsTests
{
    // Both sides add the same few fractions in doubles, possibly in another order.
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("metrics_random.csv", 1007)]
    [InlineData("metrics_small.csv", 288)] // all confusion matrices of a few clips
    public void Figures_equal_scikit_learns(string file, int cases)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", file));
        Assert.Equal(cases, lines.Length);
        foreach (string line in lines)
        {
            string[] fields = line.Split(',');
            int count = int.Parse(fields[0]);
            string[] classes = [.. Enumerable.Range(0, count).Select(c => $"c{c}")];
            Prediction[] rows = [.. fields[1].Zip(fields[2], (truth, predicted) =>
                Rows.Row(truth - '0', predicted - '0', count, "s", "k"))];
            double[] expected = [.. fields[3..8].Select(Parse)], recall = [.. fields[8].Split(' ').Select(Parse)];

            MetricsSummary all = Metrics.Compute(rows, classes), two = SharedClasses.FreeMetrics(rows, classes, classes[..2]);

            double[] actual = [all.Uar, all.Accuracy, all.MacroF1, two.Uar, two.MacroF1];
            for (int i = 0; i < actual.Length; i++)
            {
                Equal(expected[i], actual[i], line);
            }

            for (int c = 0; c < count; c++)
            {
                Equal(recall[c], all.Recall[c], line);
                Assert.Equal(fields[1].Count(truth => truth - '0' == c), all.Support[c]);
            }

            Assert.Equal(1.0 / count, all.ChanceUar);
        }
    }

    [Fact]
    public void Order_of_rows_does_not_matter_and_doubled_rows_change_nothing()
    {
        Random random = new(3);
        Prediction[] rows = Rows.Study(random, 5, 7);
        MetricsSummary expected = Metrics.Compute(rows, Rows.Four);
        Prediction[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        foreach (Prediction[] same in new[] { shuffled, [.. rows, .. rows] })
        {
            MetricsSummary actual = Metrics.Compute(same, Rows.Four);
            Assert.Equal((expected.Uar, expected.Accuracy, expected.MacroF1), (actual.Uar, actual.Accuracy, actual.MacroF1));
        }
    }

    [Fact]
    public void Uar_does_not_depend_on_how_many_clips_a_class_has_but_accuracy_does()
    {
        Prediction[] rows = Rows.Study(new Random(4), 5, 7);
        Prediction[] uneven = [.. rows, .. rows.Where(row => row.Truth == 0), .. rows.Where(row => row.Truth == 0)];
        MetricsSummary even = Metrics.Compute(rows, Rows.Four), more = Metrics.Compute(uneven, Rows.Four);
        Assert.Equal(even.Uar, more.Uar, Tolerance);
        Assert.NotEqual(even.Accuracy, more.Accuracy, 1e-4);
    }

    [Fact]
    public void Without_rows_every_figure_is_not_a_number()
    {
        MetricsSummary none = Metrics.Compute([], Rows.Four);
        Assert.All([none.Uar, none.Accuracy, none.MacroF1, .. none.Recall], value => Assert.True(double.IsNaN(value)));
        Assert.All(none.Support, count => Assert.Equal(0, count));
    }

    [Fact]
    public void Confusion_has_truth_in_rows_and_shares_of_rows()
    {
        ConfusionMatrix confusion = new(
            [Rows.Row(0, 1, 4, "s", "a"), Rows.Row(0, 1, 4, "s", "b"), Rows.Row(0, 0, 4, "s", "c"), Rows.Row(3, 3, 4, "s", "d")],
            Rows.Four);
        Assert.Equal((2, 1, 0, 1), (confusion[0, 1], confusion[0, 0], confusion[1, 0], confusion[3, 3]));
        Assert.Equal((3, 4), (confusion.RowTotal(0), confusion.Total));
        Assert.Equal(2.0 / 3, confusion.RowShare(0, 1));
        Assert.True(double.IsNaN(confusion.RowShare(1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => confusion[0, 4]);
    }

    [Theory]
    [InlineData(5, 2, 5)]
    [InlineData(-1, 2, -1)]
    [InlineData(2, 5, 5)]
    public void A_class_outside_the_list_is_named_with_the_clip(int truth, int predicted, int named) => Assert.StartsWith(
        $"prediction of 'ravdess/x': class {named} is outside the 4 classes",
        Assert.Throws<InputException>(() => Metrics.Compute([Rows.Row(truth, predicted, 6, "s", "ravdess/x")], Rows.Four)).Message,
        StringComparison.Ordinal);

    internal static double Parse(string text) => text == "nan" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    private static void Equal(double expected, double actual, string line) => Assert.True(
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) < Tolerance, $"{expected} is not {actual}: {line}");
}
