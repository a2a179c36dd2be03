using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public class PairedComparisonTests
{
    [Fact]
    public void Difference_and_exact_p_equal_scoring_every_swap_with_scikit_learn()
    {
        foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "metrics_paired.csv")))
        {
            string[] fields = line.Split(',');
            int classes = int.Parse(fields[0]);
            Comparison comparison = PairedComparison.Compare(System(3), System(4), classes);
            Assert.Equal(MetricsTests.Parse(fields[5]), comparison.Difference, 1e-12);
            Assert.Equal(MetricsTests.Parse(fields[6]), comparison.PValue, 1e-12);

            Prediction[] System(int field) => [.. fields[1].Select((speaker, i) =>
                Rows.Row(fields[2][i] - '0', fields[field][i] - '0', classes, $"{speaker}", $"{i}"))];
        }
    }

    [Fact]
    public void Order_of_systems_turns_the_sign_and_order_of_rows_nothing()
    {
        (Prediction[] a, Prediction[] b) = (Rows.Study(new Random(1), 15, 6, mean: 0.7), Rows.Study(new Random(2), 15, 6, mean: 0.6));
        Comparison ab = PairedComparison.Compare(a, b, 4), ba = PairedComparison.Compare([.. b.Reverse()], a, 4);
        Assert.Equal(ab.Difference, -ba.Difference, 1e-12);
        Assert.Equal(ab.PValue, ba.PValue);
        Assert.Equal(ab.Interval!.Low, -ba.Interval!.High, 1e-12);
        Assert.Equal(15, ab.Speakers);
    }

    [Fact]
    public void A_clear_difference_is_found_and_none_where_the_systems_agree()
    {
        (Prediction[] a, Prediction[] b) = (Rows.Study(new Random(1), 24, 8, mean: 0.7), Rows.Study(new Random(2), 24, 8, mean: 0.5));
        Comparison clear = PairedComparison.Compare(a, b, 4), same = PairedComparison.Compare(a, a, 4);
        Assert.True(clear.PValue < 0.01 && clear.Interval!.Low > 0);
        Assert.Equal((0.0, 1.0, new Interval(0, 0)), (same.Difference, same.PValue, same.Interval));
    }

    [Theory]
    [InlineData(8)]  // all assignments of swaps
    [InlineData(40)] // random assignments
    public void Equal_systems_are_rejected_no_oftener_than_one_time_in_twenty(int speakers)
    {
        // 300 studies; three standard errors above 0.05 are 0.05 + 3 * sqrt(0.05 * 0.95 / 300) = 0.088.
        Random random = new(12);
        int rejected = Enumerable.Range(0, 300).Count(study =>
            PairedComparison.Compare(Rows.Study(random, speakers, 4), Rows.Study(random, speakers, 4), 4, 1, 500, study).PValue <= 0.05);
        Assert.InRange(rejected / 300.0, 0.005, 0.088);
    }

    /// <summary>Against one assignment after the other, of differences with ties and zeros as scores have them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(16)]
    public void The_exact_test_counts_every_assignment(int speakers)
    {
        Random random = new(speakers);
        for (int study = 0; study < 10; study++)
        {
            double[] shares = [.. Enumerable.Range(0, speakers).Select(_ => random.Next(-4, 6) / 24.0)];
            double observed = Math.Abs(shares.Sum()) - 1e-12;
            int reached = Enumerable.Range(0, 1 << speakers)
                .Count(signs => Math.Abs(shares.Select((share, s) => (signs >> s & 1) == 0 ? share : -share).Sum()) >= observed);
            Assert.Equal(reached / Math.Pow(2, speakers), SignFlipTest.P(shares, 1, 1));
        }
    }

    /// <summary>All in one direction: two of 2^S assignments are as far from 0.</summary>
    [Theory]
    [InlineData(28)]
    [InlineData(SignFlipTest.ExactSpeakers)]
    public void The_smallest_p_is_that_of_the_two_assignments_that_agree(int speakers)
    {
        double[] shares = [.. Enumerable.Range(1, speakers).Select(s => s / 1000.0)];
        Assert.Equal(SignFlipTest.LeastP(speakers), SignFlipTest.P(shares, 1, 1));
        Assert.Equal(Math.Pow(2, 1 - speakers), SignFlipTest.LeastP(speakers));
    }

    [Fact]
    public void One_speaker_has_no_interval_and_a_p_of_1()
    {
        Comparison comparison = PairedComparison.Compare(Rows.Study(new Random(1), 1, 9), Rows.Study(new Random(2), 1, 9), 4);
        Assert.Null(comparison.Interval);
        Assert.Equal(1, comparison.PValue);
    }

    [Fact]
    public void Other_utterances_truths_speakers_or_counts_are_refused_by_name()
    {
        Prediction[] rows = Rows.Study(new Random(1), 3, 2);
        Refused(rows[1..], rows, "'s00/0' has fewer predictions of the first");
        Refused(rows, rows[1..], "'s00/0' has fewer predictions of the second");
        Refused([.. rows, rows[4]], rows, "'s00/4' has fewer predictions of the second");
        Refused([rows[0] with { Truth = 3 }, .. rows[1..]], rows, "'s00/0' has another class");
        Refused([rows[0] with { Speaker = "s02" }, .. rows[1..]], rows, "'s00/0' has another class or speaker");
        Refused([], [], "no predictions");

        static void Refused(Prediction[] first, Prediction[] second, string message)
        {
            string said = Assert.Throws<InputException>(() => PairedComparison.Compare(first, second, 4)).Message;
            Assert.Contains(message, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Holm_multiplies_the_smallest_by_the_number_of_tests_and_never_steps_back()
    {
        // Worked by hand: 5 * 0.01, 4 * 0.02, 3 * 0.03, then 2 * 0.04 and 0.05 are held at 0.09.
        Assert.Equal([0.05, 0.08, 0.09, 0.09, 0.09], Holm.Adjust([0.01, 0.02, 0.03, 0.04, 0.05]).Select(p => Math.Round(p, 12)));
        Assert.Equal([0.09, 0.004, 0.6, 0.09], Holm.Adjust([0.04, 0.001, 0.6, 0.03]).Select(p => Math.Round(p, 12)));
        Assert.Equal([0.9, double.NaN, 0.8], Holm.Adjust([0.9, double.NaN, 0.4]));
        Assert.Equal([1, 1], Holm.Adjust([0.8, 0.7]));
        Assert.Empty(Holm.Adjust([]));
    }
}
