using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

/// <summary>What a report says of the figures.</summary>
public sealed class ReportWordsTests
{
    [Fact]
    public void A_setting_that_is_worse_has_the_minus_of_all_reports()
    {
        Studies.Choice worse = new(new StudySystem("mlp.yaml", "mlp", []), "four", 2, 0.5, -0.008, double.NaN, 1);
        Assert.Equal(("50.0", "−0.8", ""), (worse.ScoreText, worse.DifferenceText, worse.ErrorText));
    }

    [Fact]
    public void A_part_of_a_study_says_how_much_is_there_and_ranks_nothing()
    {
        using TestFolder folder = new();
        IReadOnlyList<RunResult> results = MadeUpStudy.Results(apart: false);
        StudyReport.Write(folder.Path, MadeUpStudy.Study, [.. results.Take(4)], MadeUpStudy.Notes with { DataNote = null });
        string page = folder.Read("report.html");
        Assert.Contains("4 of 24 runs are finished", page, StringComparison.Ordinal);
        Assert.Contains("4 of 24 runs are finished", folder.Read("report.md"), StringComparison.Ordinal);
        Assert.Contains("no ranking is given yet", page, StringComparison.Ordinal);
        Assert.Contains("Speakers overlap: these figures flatter", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Speakers are apart", page, StringComparison.Ordinal);
        Assert.DoesNotContain("About the data", page, StringComparison.Ordinal);

        // Missing runs are named, by model, if the planned runs are known.
        RunKey[] all = [.. results.Select(run => run.Key)];
        StudyReport.Write(folder["named"], MadeUpStudy.Study, [.. results.Skip(4)], MadeUpStudy.Notes with { Runs = all });
        const string Missing = "The figures will change. Missing: four/MLP fold0-seed1, fold1-seed1, fold2-seed1; four/CNN fold0-seed1.";
        Assert.Contains(Missing, folder.Read("named/report.html"), StringComparison.Ordinal);
        Assert.Contains(Missing, folder.Read("named/report.md"), StringComparison.Ordinal);
        Assert.Null((MadeUpStudy.Notes with { Runs = all }).Missing(results.Select(run => run.Key)));
        RunKey[] hundred = [.. Enumerable.Range(0, 100).Select(fold => new RunKey("four", "cnn", fold, 1))];
        Assert.EndsWith("; and 76 more", (MadeUpStudy.Notes with { Runs = hundred }).Missing([]), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_several_machines_are_said_not_to_compare()
    {
        using TestFolder folder = new();
        RunResult[] results = [.. MadeUpStudy.Results()];
        StudyReport.Write(folder["one"], MadeUpStudy.Study, results, MadeUpStudy.Notes);
        results[0] = results[0] with { Facts = results[0].Facts with { Device = "cuda:0" } };
        StudyReport.Write(folder["two"], MadeUpStudy.Study, results, MadeUpStudy.Notes);
        foreach (string file in new[] { "report.md", "report.html" })
        {
            Assert.DoesNotContain("do not compare", folder.Read("one/" + file), StringComparison.Ordinal);
            Assert.Contains("so times and speeds do not compare", folder.Read("two/" + file), StringComparison.Ordinal);
            Assert.Contains("they do not compare, nor do their pictures", folder.Read("two/" + file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_difference_between_label_sets_is_said_to_be_over_the_runs_of_both_where_they_have_others()
    {
        IReadOnlyList<RunResult> results = MadeUpStudy.Results();
        const string Note = "differences are over the folds and seeds that a model has on both label sets, its other figures over all";
        Assert.DoesNotContain(Note, Caption(results), StringComparison.Ordinal);
        Assert.Contains(Note, Caption([.. results.Where(run => run.Labels == "four" || run.Fold < 2)]), StringComparison.Ordinal);

        static string Caption(IReadOnlyList<RunResult> runs) =>
            Assert.Single(StudyTables.Shared(StudyView.Of(MadeUpStudy.Study, runs, MadeUpStudy.Notes))).Caption;
    }

    [Fact]
    public void Intervals_over_few_speakers_are_called_too_narrow()
    {
        IReadOnlyList<RunResult> results = MadeUpStudy.Results();
        const string Note = "; over 4 speakers or fewer it is too narrow to be relied on";
        Assert.DoesNotContain(Note, Caption(results), StringComparison.Ordinal); // twelve of each sex
        Assert.EndsWith(Note, Caption([.. results.Where(run => run.Fold == 0)]), StringComparison.Ordinal); // four of each

        static string Caption(IReadOnlyList<RunResult> runs) =>
            StudyTables.Parts(StudyView.Of(MadeUpStudy.Study, runs, MadeUpStudy.Notes))!.Caption;
    }

    [Fact]
    public void A_lead_is_called_one_only_where_it_is_significant()
    {
        RunResult strong = MadeUpStudy.Run("strong", 3, "four", Rows.Four, 0);
        RunResult weak = MadeUpStudy.Run("weak", 0, "four", Rows.Four, 0);
        string apart = Finding(strong, weak), same = Finding(strong, strong with { Key = strong.Key with { Model = "twin" } });
        Assert.Contains("strong leads", apart, StringComparison.Ordinal);
        Assert.Contains("significantly better than weak", apart, StringComparison.Ordinal);
        Assert.DoesNotContain("leads", same, StringComparison.Ordinal);
        Assert.Contains("not distinguishable from twin (p = 1.000)", same, StringComparison.Ordinal);

        static string Finding(params RunResult[] runs)
        {
            using TestFolder folder = new();
            StudyReport.Write(folder.Path, MadeUpStudy.Study, runs, MadeUpStudy.Notes);
            return Assert.Single(File.ReadLines(folder["report.md"]), line => line.StartsWith("Four classes:", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("four,six", "four", "six")]
    [InlineData("six,four", "six", "four")]
    [InlineData("six", "four", "six")] // The last call left out four, so fewer classes come first.
    public void What_few_speakers_cannot_show_is_said_of_the_label_sets_in_their_order(string listed, string first, string second)
    {
        // The smallest p of 8 speakers is 2 / 2^8; Holm's correction for ten pairs raises it to 0.078.
        StudyConfig study = MadeUpStudy.Study with { Labels = listed.Split(',') };
        RunResult[] runs =
        [
            .. Enumerable.Range(0, 5).Select(n => MadeUpStudy.Run($"m{n}", 0, "six", Rows.Six, 0)),
            .. Enumerable.Range(0, 5).Select(n => MadeUpStudy.Run($"m{n}", 0, "four", Rows.Four, 0)),
        ];
        IReadOnlyList<string> limits = Limits.Of(StudyView.Of(study, runs, MadeUpStudy.Notes));
        Assert.StartsWith($"With 8 speakers and 10 pairs on {first} classes", limits[2], StringComparison.Ordinal);
        Assert.StartsWith($"With 8 speakers and 10 pairs on {second} classes", limits[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(999.99, "999.99")]
    [InlineData(999.996, "1 k")]
    [InlineData(1_540.0, "1.5 k")]
    [InlineData(912_345.0, "912 k")]
    [InlineData(999_600.0, "1 M")]
    [InlineData(254_420_000.0, "254.42 M")]
    [InlineData(999_996_000.0, "1 G")]
    public void A_number_that_rounds_to_a_thousand_takes_the_next_unit(double value, string text) =>
        Assert.Equal(text, ReportText.Rounded(value));

    [Fact]
    public void Of_many_models_the_least_and_the_most_confused_stand_for_all()
    {
        RunResult same = MadeUpStudy.Run("same", 3, "four", Rows.Four, 0);
        RunResult[] runs = [.. Enumerable.Range(0, 9).Select(n => same with { Key = same.Key with { Model = $"m{n}" } })];
        Assert.Matches(
            @"\n\| Emotion \| Taken for \| Least \| Mean \| Most \|\n.*\n\| \w+ \| \w+ \| ([0-9.]+) \(m0\) \| \1 \| \1 \(m0\) \|\n",
            Report(runs));
        Assert.Contains("| Emotion | Taken for | m0 | m1 | m2 | m3 | m4 | m5 | m6 | m7 |", Report(runs[..8]), StringComparison.Ordinal);

        static string Report(RunResult[] runs)
        {
            using TestFolder folder = new();
            StudyReport.Write(folder.Path, MadeUpStudy.Study, runs, MadeUpStudy.Notes);
            return folder.Read("report.md");
        }
    }
}
