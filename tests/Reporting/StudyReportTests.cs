using System.Text.Json;
using System.Text.RegularExpressions;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Tests;

public sealed class StudyReportTests
{
    private static readonly string[] Pictures = ["confusion.png", "confusion.svg", "learning.png", "uar.png", "cost.png"];

    [Fact]
    public void A_study_leaves_one_offline_page_tables_and_pictures_that_agree_with_the_metrics()
    {
        using TestFolder folder = new();
        IReadOnlyList<RunResult> results = MadeUpStudy.Results();
        StudyReport.Write(folder.Path, MadeUpStudy.Study, results, MadeUpStudy.Notes);

        Assert.All(Pictures, name => Assert.InRange(new FileInfo(folder[name]).Length, 10_000, 5_000_000));
        string page = folder.Read("report.html"), markdown = folder.Read("report.md");
        RequireOffline(page);
        Assert.Contains(MadeUpStudy.Notes.DataNote!, page, StringComparison.Ordinal);
        Assert.Contains("Speakers are apart", page, StringComparison.Ordinal);
        Assert.DoesNotContain("flatter", page, StringComparison.Ordinal);
        Assert.DoesNotContain("runs are finished", page, StringComparison.Ordinal);

        IReadOnlyList<SystemSummary> rows = StudyTable.Rows(results);
        Assert.Equal(8, rows.Count);
        foreach (SystemSummary row in rows)
        {
            string uar = (100 * row.Metrics.Uar).ToString("0.0");
            string interval = $"[{100 * row.UarInterval!.Low:0.0}, {100 * row.UarInterval.High:0.0}]";
            string escaped = interval.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
            Assert.Contains(
                $"<tr><th scope=\"row\">{row.Model}</th><td>{row.Labels}</td><td class=\"n\">{uar}</td><td class=\"n\">{interval}</td>",
                page, StringComparison.Ordinal);
            Assert.Contains(
                $"<figcaption>{row.Model}, {row.Labels} classes: UAR {uar} % {interval}</figcaption>", page, StringComparison.Ordinal);
            Assert.Contains($"| {row.Model} | {row.Labels} | {uar} | {escaped} |", markdown, StringComparison.Ordinal);
        }

        string[] table = File.ReadAllLines(folder["table.csv"]);
        Assert.Equal(9, table.Length);
        int column = Array.IndexOf(table[0].Split(','), "uar");
        Assert.Equal(rows.Select(row => row.Metrics.Uar), table.Skip(1).Select(line => double.Parse(line.Split(',')[column])));
        Assert.Equal(1 + 2 * 6, File.ReadAllLines(folder["pairs.csv"]).Length);
        Assert.All(Regex.Matches(markdown, @"!\[[^\]]*\]\(([^)]+)\)"), link => Assert.True(File.Exists(folder[link.Groups[1].Value])));
    }

    [Fact]
    public void Where_no_speaker_validates_the_curve_is_the_training_loss_in_numbers()
    {
        using TestFolder folder = new();
        // As in the published system's study: one model's runs have validation speakers, the other's have none.
        RunResult[] results = [.. MadeUpStudy.Results(models: ["MLP", "CNN"]).Select(run => run.Model == "CNN" ? run : run with
        {
            History = [.. run.History.Select(row => row with { ValidationLoss = double.NaN, ValidationUar = double.NaN })],
        })];
        StudyReport.Write(folder.Path, MadeUpStudy.Study, results, MadeUpStudy.Notes);

        JsonElement[][] figures = [.. Figures(folder.Read("report.html"))
            .Where(figure => Title(figure, "xaxis") == "epoch")
            .Select(figure => figure.GetProperty("data").EnumerateArray().ToArray())];
        Assert.Equal(4, figures.Length);
        IEnumerable<JsonElement> points = figures.SelectMany(lines => lines).SelectMany(line => line.GetProperty("y").EnumerateArray());
        Assert.All(points, y => Assert.Equal(JsonValueKind.Number, y.ValueKind));

        RunResult[] mlp = [.. results.Where(run => run.Model == "MLP" && run.Labels == "four")];
        JsonElement mean = Assert.Single(figures[1], line => line.GetProperty("name").GetString() == "MLP"
            && line.GetProperty("line").GetProperty("width").GetDouble() > 1);
        Assert.Equal("dash", mean.GetProperty("line").GetProperty("dash").GetString());
        Assert.True(mean.GetProperty("showlegend").GetBoolean());
        Assert.Equal(
            LearningPicture.Mean(mlp, row => row.TrainLoss).Select(point => point.Mean),
            mean.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));

        static string? Title(JsonElement figure, string axis) =>
            figure.GetProperty("layout").TryGetProperty(axis, out JsonElement given)
                ? given.GetProperty("title").GetProperty("text").GetString()
                : null;
    }

    [Fact]
    public void Every_figure_is_json_and_every_cell_reads_well()
    {
        using TestFolder folder = new();
        RunResult run = MadeUpStudy.Run("CNN", 1, "six", MadeUpStudy.Six, 0);
        RunReport.Write(folder.Path, run.Model, run.Labels, new PredictionTable(run.Classes, run.Predictions), "A note.");
        string page = folder.Read("confusion.html");
        RequireOffline(page);
        Assert.Contains("A note.", page, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["confusion.png"]) && File.Exists(folder["confusion.svg"]));

        JsonElement figure = Assert.Single(Figures(page));
        JsonElement trace = figure.GetProperty("data")[0];
        MetricsSummary metrics = Metrics.Compute(run.Predictions, run.Classes);
        Assert.Equal("heatmap", trace.GetProperty("type").GetString());
        Assert.Equal(MadeUpStudy.Six, trace.GetProperty("x").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(metrics.Recall[2], trace.GetProperty("z")[2][2].GetDouble(), 1e-12);
        Assert.StartsWith(
            $"{metrics.Confusion[2, 1]} of {metrics.Support[2]} clips",
            trace.GetProperty("text")[2][1].GetString(), StringComparison.Ordinal);
        JsonElement[] cells = [.. figure.GetProperty("layout").GetProperty("annotations").EnumerateArray()];
        Assert.Equal(36, cells.Length);
        Assert.All(cells, cell =>
        {
            double share = metrics.Confusion.RowShare(cell.GetProperty("y").GetInt32(), cell.GetProperty("x").GetInt32());
            string colour = cell.GetProperty("font").GetProperty("color").GetString()!;
            Assert.True(CellColour.Contrast(colour, CellColour.Background(share)) >= 4.5);
        });
    }

    [Fact]
    public void Names_cannot_break_the_page_or_the_tables()
    {
        using TestFolder folder = new();
        const string name = "</script><img src=x>|\"CNN\"";
        string[] classes = ["<b>anger", "a & b", "neutral", "sad"];
        StudyReport.Write(
            folder.Path,
            MadeUpStudy.Study with { Question = "<i>?", Labels = ["<four>"] },
            [MadeUpStudy.Run(name, 0, "<four>", classes, 0), MadeUpStudy.Run("b", 1, "<four>", classes, 0)],
            MadeUpStudy.Notes with { Command = "a < b && c" });
        string page = folder.Read("report.html"), markdown = folder.Read("report.md");
        RequireOffline(page);
        Assert.DoesNotContain("<img", WithoutScripts(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>anger", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.Contains("a &lt; b &amp;&amp; c", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.Contains("a < b && c", markdown, StringComparison.Ordinal);
        Assert.All(Figures(page), figure => Assert.True(figure.TryGetProperty("data", out _)));
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

        // What is missing is named, by model, where the runs are known.
        string[] all = [.. results.Select(run => run.Key)];
        StudyReport.Write(folder["named"], MadeUpStudy.Study, [.. results.Skip(4)], MadeUpStudy.Notes with { Runs = all });
        const string Missing = "The figures will change. Missing: four/MLP fold0-seed1, fold1-seed1, fold2-seed1; four/CNN fold0-seed1.";
        Assert.Contains(Missing, folder.Read("named/report.html"), StringComparison.Ordinal);
        Assert.Contains(Missing, folder.Read("named/report.md"), StringComparison.Ordinal);
        Assert.Null((MadeUpStudy.Notes with { Runs = all }).Missing(results));
        string[] hundred = [.. Enumerable.Range(0, 100).Select(fold => $"four/cnn/fold{fold}-seed1")];
        Assert.EndsWith("; and 76 more", (MadeUpStudy.Notes with { Runs = hundred }).Missing([]), StringComparison.Ordinal);

        StudyReport.Write(folder["none"], MadeUpStudy.Study, [], MadeUpStudy.Notes with { PlannedRuns = 7 });
        Assert.Contains("0 of 7 runs are finished", folder.Read("none/report.html"), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["none/uar.png"]));
    }

    [Fact]
    public void A_lead_is_called_one_only_where_it_is_significant()
    {
        RunResult strong = MadeUpStudy.Run("strong", 3, "four", MadeUpStudy.Four, 0);
        RunResult weak = MadeUpStudy.Run("weak", 0, "four", MadeUpStudy.Four, 0);
        string apart = Finding(strong, weak), same = Finding(strong, strong with { Model = "twin" });
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

    [Fact]
    public void Of_many_models_the_least_and_the_most_confused_stand_for_all()
    {
        RunResult[] runs = [.. Enumerable.Range(0, 9).Select(n =>
            MadeUpStudy.Run("same", 3, "four", MadeUpStudy.Four, 0) with { Model = $"m{n}" })];
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

    private static void RequireOffline(string page)
    {
        Assert.Equal(1, Regex.Count(page, @"plotly\.js v\d"));
        string own = WithoutScripts(page);
        Assert.Equal(0, Regex.Count(
            own,
            @"<(script|link|img|iframe|source|object|embed|image|use|a)\b[^>]*\s(src|href|data)\s*=|@import|url\(",
            RegexOptions.IgnoreCase));
        Assert.Contains("default-src 'none'", own, StringComparison.Ordinal);
    }

    private static string WithoutScripts(string page) => Regex.Replace(page, "(<script[^>]*>).*?</script>", "$1", RegexOptions.Singleline);

    private static IEnumerable<JsonElement> Figures(string page) =>
        Regex.Matches(page, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)
            .Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement);
}
