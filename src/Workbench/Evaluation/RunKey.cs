using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Evaluation;

/// <summary>Which run of a study is meant. Written LABELS/MODEL/foldF-seedS, which is the run's folder in the study's.</summary>
/// <param name="Labels">Label set name.</param>
/// <param name="Model">Model name as the study shows it.</param>
/// <param name="Fold">Fold, from 0.</param>
/// <param name="Seed">Seed.</param>
[JsonConverter(typeof(Text))]
public readonly partial record struct RunKey(string Labels, string Model, int Fold, int Seed)
{
    /// <summary>What is the same for all folds and seeds: LABELS/MODEL.</summary>
    public string System => $"{Labels}/{Model}";

    /// <summary>The name of the run's own folder: foldF-seedS.</summary>
    public string Part => $"fold{Fold}-seed{Seed}";

    /// <summary>A name for messages.</summary>
    public string Name => $"{System} fold {Fold} seed {Seed}";

    /// <inheritdoc/>
    public override string ToString() => $"{System}/{Part}";

    /// <summary>Reads a key as it is written; null where the text is none.</summary>
    /// <param name="text">LABELS/MODEL/foldF-seedS.</param>
    public static RunKey? Parse(string text)
    {
        GroupCollection parts = Written().Match(text).Groups;
        return int.TryParse(parts["seed"].Value, out int seed)
            ? new RunKey(parts["labels"].Value, parts["model"].Value, int.Parse(parts["fold"].Value), seed)
            : null;
    }

    [GeneratedRegex("^(?<labels>[^/]+)/(?<model>[^/]+)/fold(?<fold>[0-9]{1,2})-seed(?<seed>[0-9]{1,10})$")]
    private static partial Regex Written();

    /// <summary>In JSON, a key is its text.</summary>
    private sealed class Text : JsonConverter<RunKey>
    {
        public override RunKey Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            (reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : null)
            ?? throw new JsonException("no run; expected LABELS/MODEL/foldF-seedS");

        public override void Write(Utf8JsonWriter writer, RunKey key, JsonSerializerOptions options) =>
            writer.WriteStringValue(key.ToString());
    }
}
