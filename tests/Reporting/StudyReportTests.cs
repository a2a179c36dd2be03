using System.Text.Json;
using System.Text.RegularExpressions;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

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
    }

    /// <summary>As a kernel machine's: it is fitted in one epoch.</summary>
    [Fact]
    public void A_run_of_one_epoch_has_no_learning_curve()
    {
        using TestFolder folder = new();
        RunResult[] results = [.. MadeUpStudy.Results(models: ["MLP", "CNN"])], once = [.. results.Select(Once)];
        StudyReport.Write(
            folder.Path, MadeUpStudy.Study, [.. results.Select(run => run.Model == "CNN" ? Once(run) : run)], MadeUpStudy.Notes);
        JsonElement[] lines = [.. Figures(folder.Read("report.html")).Where(figure => Title(figure, "xaxis") == "epoch")
            .SelectMany(figure => figure.GetProperty("data").EnumerateArray())];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal("MLP", line.GetProperty("name").GetString()));
        Assert.True(File.Exists(folder["learning.png"]));

        // Reported again where no run has a curve, the folder keeps nothing of those there were.
        StudyReport.Write(folder.Path, MadeUpStudy.Study, once, MadeUpStudy.Notes);
        Assert.False(File.Exists(folder["learning.png"]));
        Assert.DoesNotContain("earning", folder.Read("report.md"), StringComparison.Ordinal);
        string page = WithoutScripts(folder.Read("report.html"));
        Assert.DoesNotContain("How they learned", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Learning curves", page, StringComparison.Ordinal);

        static RunResult Once(RunResult run) => run with { History = [.. run.History.Take(1)] };
    }

    [Fact]
    public void Every_figure_is_json_and_every_cell_reads_well()
    {
        using TestFolder folder = new();
        RunResult run = MadeUpStudy.Run("CNN", 1, "six", Rows.Six, 0);
        RunReport.Write(folder.Path, run.Model, run.Labels, new PredictionTable(run.Classes, run.Predictions), "A note.");
        string page = folder.Read("confusion.html");
        RequireOffline(page);
        Assert.Contains("A note.", page, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["confusion.png"]) && File.Exists(folder["confusion.svg"]));

        JsonElement figure = Assert.Single(Figures(page));
        JsonElement trace = figure.GetProperty("data")[0];
        MetricsSummary metrics = Metrics.Compute(run.Predictions, run.Classes);
        Assert.Equal("heatmap", trace.GetProperty("type").GetString());
        Assert.Equal(Rows.Six, trace.GetProperty("x").EnumerateArray().Select(name => name.GetString()));
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

    private static string? Title(JsonElement figure, string axis) =>
        figure.GetProperty("layout").TryGetProperty(axis, out JsonElement given)
            ? given.GetProperty("title").GetProperty("text").GetString()
            : null;

    private static IEnumerable<JsonElement> Figures(string page) =>
        Regex.Matches(page, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline)
            .Select(match => JsonDocument.Parse(match.Groups[1].Value).RootElement);
}
