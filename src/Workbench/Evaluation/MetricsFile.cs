using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpeechEmotion.Evaluation;

/// <summary>metrics.json: the metrics of a run, for people and programs, with class names as keys (confusion: true class, then answer). It
/// is computed from predictions.csv and written last: a run without it counts as unfinished.</summary>
public static class MetricsFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the metrics rounded to six decimals; a missing value (NaN, no interval) is null.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="rows">The run's predictions.</param>
    /// <param name="classes">Class names in order.</param>
    /// <exception cref="InputException">A row's class is outside the list.</exception>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, IReadOnlyList<Prediction> rows, IReadOnlyList<string> classes)
    {
        MetricsSummary metrics = Metrics.Compute(rows, classes);
        JsonObject root = new()
        {
            ["uar"] = Number(metrics.Uar),
            ["uar_interval"] = Bootstrap.UarInterval(rows, classes.Count) is not Interval interval ? null : new JsonObject
            {
                ["low"] = Number(interval.Low),
                ["high"] = Number(interval.High),
                ["level"] = Bootstrap.Level,
                ["over"] = rows.All(row => row.OfTable) ? "rows" : "speakers",
            },
            ["accuracy"] = Number(metrics.Accuracy),
            ["macro_f1"] = Number(metrics.MacroF1),
            ["chance_uar"] = Number(metrics.ChanceUar),
            ["clips"] = metrics.Confusion.Total,
            ["recall"] = Keyed(classes.Select((name, c) => (name, (JsonNode?)Number(metrics.Recall[c])))),
            ["support"] = Keyed(classes.Select((name, c) => (name, (JsonNode?)metrics.Support[c]))),
            ["confusion"] = Keyed(classes.Select((name, truth) =>
                (name, (JsonNode?)Keyed(classes.Select((answer, predicted) => (answer, (JsonNode?)metrics.Confusion[truth, predicted])))))),
        };
        AtomicFile.WriteText(path, root.ToJsonString(Options) + "\n");
    }

    private static JsonValue? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(Math.Round(value, 6));

    private static JsonObject Keyed(IEnumerable<(string Key, JsonNode? Value)> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}
