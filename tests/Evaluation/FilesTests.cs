using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

public sealed class FilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predictions.csv")]
    [InlineData("predictions.csv.gz")]
    public void Predictions_come_back_exactly(string name)
    {
        Random random = new(1);
        Prediction[] rows = [.. Enumerable.Range(0, 50).Select(i =>
        {
            double[] p = [random.NextDouble(), random.NextDouble(), (float)random.NextDouble(), random.NextDouble() * 1e-30];
            return new Prediction($"own/a \"odd\", name {i}", "own", $"own/é{i % 3}", "female", i % 4, [.. p.Select(v => v / p.Sum())]);
        })];
        PredictionsFile.Write(At(name), Rows.Four, rows);
        PredictionTable table = PredictionsFile.Read(At(name));
        Assert.Equal(Rows.Four, table.Classes);
        Assert.Equal(rows.Select(Text), table.Rows.Select(Text));

        static string Text(Prediction row) =>
            $"{row with { Probabilities = [] }} {string.Join(' ', row.Probabilities.Select(BitConverter.DoubleToInt64Bits))}";
    }

    [Theory]
    [InlineData("ravdess/1,ravdess,ravdess/07,male,anger,happy,0.25,0.75", null)]
    [InlineData("ravdess/1,ravdess,ravdess/07,male,anger,happy,0.25", "line 2: 7 values where the header has 8")]
    [InlineData(
        "ravdess/1,ravdess,ravdess/07,male,anger,happy,0.25,0.7", "line 2: the probabilities are not within 0 and 1 with a sum of 1")]
    [InlineData("ravdess/1,ravdess,ravdess/07,male,anger,happy,NaN,0.75", "line 2: the probabilities")]
    [InlineData("ravdess/1,ravdess,ravdess/07,male,anger,happy,-0.25,1.25", "line 2: the probabilities")]
    [InlineData("ravdess/1,ravdess,ravdess/07,male,anger,happy,x,0.75", "line 2: 'x' in column 7 is not a number")]
    [InlineData(
        "ravdess/1,ravdess,ravdess/07,male,anger,anger,0.25,0.75", "line 2: predicted is 'anger' but 'happy' is the most probable class")]
    [InlineData("ravdess/1,ravdess,ravdess/07,male,joy,happy,0.25,0.75", "line 2: 'joy' is none of the classes anger, happy")]
    [InlineData("a,b,c,male,anger,anger,1,0\n\na,b,c,male,anger,anger,1,0", "line 4: 'a' came before")]
    public void A_damaged_prediction_is_named_by_its_line(string lines, string? message)
    {
        File.WriteAllText(At("p.csv"), $"key,corpus,speaker,sex,truth,predicted,p_anger,p_happy\n{lines}\n");
        if (message is null)
        {
            Assert.Single(PredictionsFile.Read(At("p.csv")).Rows);
            return;
        }

        string said = Assert.Throws<InputException>(() => PredictionsFile.Read(At("p.csv"))).Message;
        Assert.StartsWith($"{At("p.csv")}, {message}", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("key,corpus\n")]
    [InlineData("key,corpus,speaker,sex,truth,predicted\n")]
    [InlineData("key,corpus,speaker,sex,truth,predicted,p_a,p_a\n")]
    [InlineData("key,corpus,speaker,sex,truth,predicted,p_a,b\n")]
    public void A_file_without_the_header_is_no_predictions_file(string text)
    {
        File.WriteAllText(At("p.csv"), text);
        string said = Assert.Throws<InputException>(() => PredictionsFile.Read(At("p.csv"))).Message;
        Assert.Contains(At("p.csv"), said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_gzip_file_and_a_missing_file_are_named()
    {
        File.WriteAllText(At("p.csv.gz"), "no gzip");
        string said = Assert.Throws<InputException>(() => PredictionsFile.Read(At("p.csv.gz"))).Message;
        Assert.Contains(At("p.csv.gz"), said, StringComparison.Ordinal);
        Assert.Equal(
            $"{At("none.csv")}: no such file; copy it again, or rerun what wrote it",
            Assert.Throws<InputException>(() => PredictionsFile.Read(At("none.csv"))).Message);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_is_refused_wherever_the_cut_is()
    {
        Prediction[] rows = Rows.Study(new Random(2), 3, 2);
        PredictionsFile.Write(At("p.csv"), Rows.Four, rows);
        using (FileStream file = File.Create(At("p.csv.gz")))
        using (GZipStream packed = new(file, CompressionLevel.Optimal))
        {
            foreach (string line in File.ReadLines(At("p.csv")))
            {
                packed.Write(Encoding.UTF8.GetBytes($"{line}\n"));
                packed.Flush(); // A cut here leaves whole rows.
            }
        }

        Assert.Equal(rows.Length, PredictionsFile.Read(At("p.csv.gz")).Rows.Count);
        byte[] whole = File.ReadAllBytes(At("p.csv.gz"));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(At("p.csv.gz"), whole[..length]);
            string said = Assert.Throws<InputException>(() => PredictionsFile.Read(At("p.csv.gz"))).Message;
            Assert.StartsWith(At("p.csv.gz"), said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_that_do_not_fit_the_classes_are_not_written()
    {
        Assert.Throws<InputException>(() => PredictionsFile.Write(At("p.csv"), Rows.Four, [Rows.Row(5, 5, 6, "s", "k")]));
        Assert.Throws<InputException>(() => PredictionsFile.Write(At("p.csv"), Rows.Four, [Rows.Row(0, 0, 4, "s", "a\nb")]));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void History_comes_back_exactly_and_names_a_damaged_line()
    {
        EpochRow[] rows = [new(1, 1.0 / 3, double.NaN, 0.5, 1e-3, 12.25), new(2, 0.1f, 1e-30, 1, 0, 3)];
        HistoryFile.Write(At("history.csv"), rows);
        Assert.Equal(rows, HistoryFile.Read(At("history.csv")));
        File.AppendAllText(At("history.csv"), "3,0.1,0.2");
        InputException cut = Assert.Throws<InputException>(() => HistoryFile.Read(At("history.csv")));
        Assert.StartsWith($"{At("history.csv")}, line 4: 3 values", cut.Message, StringComparison.Ordinal);
        File.WriteAllText(At("history.csv"), "1,2,3,4,5,6\n");
        InputException headless = Assert.Throws<InputException>(() => HistoryFile.Read(At("history.csv")));
        Assert.Contains("line 1: the header", headless.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_come_back_in_snake_case_and_name_what_is_wrong()
    {
        Dictionary<string, string> versions = new() { ["TorchSharp"] = "0.107.0" };
        RunFacts facts = new(123, 456, 7.5, 80.25, 3, "patience", true, "cpu", "4 cores", "abc+", "00", versions);
        FactsFile.Write(At("e.json"), facts);
        RunFacts read = FactsFile.Read<RunFacts>(At("e.json"));
        Assert.Equal(facts.Versions, read.Versions);
        Assert.Equal(facts, read with { Versions = facts.Versions });
        string text = File.ReadAllText(At("e.json"));
        Assert.Contains("\n  \"train_seconds\": 7.5,\n", text, StringComparison.Ordinal);

        File.WriteAllText(At("e.json"), text.Replace("\"macs\": 456", "\"macs\": \"many\"", StringComparison.Ordinal));
        Assert.StartsWith($"{At("e.json")}, line 3: macs: the value is of another type; ", Wrong(), StringComparison.Ordinal);
        File.WriteAllText(At("e.json"), text.Replace("  \"macs\": 456,\n", "", StringComparison.Ordinal));
        Assert.Contains(": 'macs' is missing; ", Wrong(), StringComparison.Ordinal);
        File.WriteAllText(At("e.json"), text.Replace("\"macs\": 456", "\"macs\": 456, \"macs\": 457", StringComparison.Ordinal));
        Assert.Contains("'macs' is there twice; ", Wrong(), StringComparison.Ordinal);
        File.WriteAllText(At("e.json"), text.Replace("\"macs\": 456", "\"macs\": 456, \"later\": 1", StringComparison.Ordinal));
        Assert.Equal(456, FactsFile.Read<RunFacts>(At("e.json")).Macs); // Files of other versions are read.
        File.WriteAllText(At("e.json"), text[..40]);
        Assert.DoesNotContain('\n', Wrong());
        Assert.EndsWith("; remove its folder to have what lies there made anew", Wrong(), StringComparison.Ordinal);

        string Wrong() => Assert.Throws<InputException>(() => FactsFile.Read<RunFacts>(At("e.json"))).Message;
    }

    [Fact]
    public void Metrics_json_has_class_names_as_keys_and_null_for_what_there_is_not()
    {
        Prediction[] rows = [Rows.Row(0, 0, 4, "s", "a"), Rows.Row(0, 2, 4, "s", "b"), Rows.Row(2, 2, 4, "s", "c")];
        MetricsFile.Write(At("m.json"), rows, Rows.Four);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(At("m.json"))).RootElement;
        Assert.Equal(0.75, root.GetProperty("uar").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("uar_interval").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("recall").GetProperty("happy").ValueKind);
        Assert.Equal(0.666667, root.GetProperty("accuracy").GetDouble());
        Assert.Equal(1, root.GetProperty("confusion").GetProperty("anger").GetProperty("neutral").GetInt32());
        Assert.Equal("speakers", Over([.. rows, Rows.Row(2, 1, 4, "t", "d")]));
        Assert.Equal("rows", Over([.. rows.Append(Rows.Row(2, 1, 4, "t", "d")).Select(row => row with { Corpus = "table" })]));

        string? Over(Prediction[] more)
        {
            MetricsFile.Write(At("m.json"), more, Rows.Four);
            JsonElement metrics = JsonDocument.Parse(File.ReadAllText(At("m.json"))).RootElement;
            return metrics.GetProperty("uar_interval").GetProperty("over").GetString();
        }
    }

    private string At(string name) => _folder[name];
}
