using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpeechEmotion.Evaluation;

/// <summary>metrics.json: the figures of a run to read and to parse, with class names as keys (confusion: true class, then answer). It is
/// computed from predictions.csv, and written last: a run without it counts as unfinished.</summary>
public static class MetricsFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the figures with six decimals; a figure that there is not (NaN, no interval) is null.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="metrics">The figures over all clips.</param>
    /// <param name="uarInterval">95 % interval of the UAR over speakers.</param>
    /// <param name="groups">Further figures under a name each, such as every corpus; may be left out.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, MetricsSummary metrics, Interval? uarInterval, IReadOnlyList<GroupScore>? groups = null)
    {
        JsonObject root = Describe(metrics, uarInterval);
        if (groups is { Count: > 0 })
        {
            root["groups"] = Keyed(groups.Select(group => (group.Name, (JsonNode?)Describe(group.Metrics, group.UarInterval))));
        }

        AtomicFile.WriteText(path, root.ToJsonString(Options) + "\n");
    }

    private static JsonObject Describe(MetricsSummary metrics, Interval? interval)
    {
        IReadOnlyList<string> classes = metrics.Confusion.Classes;
        return new JsonObject
        {
            ["uar"] = Number(metrics.Uar),
            ["uar_interval"] = interval is null ? null : new JsonObject
            {
                ["low"] = Number(interval.Low),
                ["high"] = Number(interval.High),
                ["level"] = 0.95,
                ["over"] = "speakers",
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
    }

    private static JsonValue? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(Math.Round(value, 6));

    private static JsonObject Keyed(IEnumerable<(string Key, JsonNode? Value)> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}
