namespace SpeechEmotion.Configuration;

/// <summary>How clips are altered before a trained model scores them: as training copies are, but always as recorded, before their quiet
/// ends are cut.</summary>
public sealed record Alteration
{
    private static readonly AugmentOptions None = new();

    /// <summary>Keys of `augment` that alter a copy's sound.</summary>
    private static readonly string[] Keys =
        ["noise_db", "noise_tilt", "room_seconds", "equalise_db", "shift_seconds", "pitch_semitones", "stretch"];

    private Alteration(AugmentOptions asked)
    {
        Options = asked with { Copies = 1, BeforeCut = true };
        Name = string.Join(',', KeyNames.Of(typeof(AugmentOptions))
            .Where(key => !Equals(key.Value.GetValue(asked), key.Value.GetValue(None)))
            .Select(key => FormattableString.Invariant($"{key.Key}={key.Value.GetValue(asked)}")));
    }

    /// <summary>Options that make one altered copy of each clip.</summary>
    public AugmentOptions Options { get; }

    /// <summary>The settings that are on, in the order of the config: `noise_db=10,noise_tilt=6`. Equal alterations have equal
    /// names.</summary>
    public string Name { get; }

    /// <summary>Reads an alteration.</summary>
    /// <param name="settings">`KEY=VALUE` each; KEY is an `augment` key that alters the sound of copies.</param>
    /// <param name="source">What error messages name as the source of a mistake, such as `--alter`.</param>
    /// <exception cref="InputException">A key is unknown or alters no sound, a value is out of range, or nothing is altered.</exception>
    public static Alteration Read(IReadOnlyList<string> settings, string source)
    {
        if (settings.Select(set => set.Split('=')[0].Trim()).FirstOrDefault(key => !Keys.Contains(key)) is string other)
        {
            string all = $"; valid here: {string.Join(", ", Keys)}";
            throw new InputException($"{source} {other}: " + (KeyNames.Of(typeof(AugmentOptions)).ContainsKey(other)
                ? "alters no copy's sound" + all
                : "unknown key" + (Nearest.Hint(other, Keys) is { Length: > 0 } hint ? hint : all)));
        }

        AugmentOptions asked;
        try
        {
            // As of the one copy that is made of each clip.
            asked = ConfigReader.ReadRun([], ["augment.copies=1", .. settings.Select(set => "augment." + set)]).Augment;
            asked = asked.Copies == 1 ? asked with { Copies = 0 } : asked;
        }
        catch (InputException e)
        {
            // Report what was typed: the caller's option, and keys without the `augment.` section, in the example too.
            string said = e.Message.Replace("--set", source, StringComparison.Ordinal).Replace("augment.", "", StringComparison.Ordinal)
                .Replace("train.epochs=5", "noise_db=10", StringComparison.Ordinal);
            throw new InputException(said, e);
        }

        return asked != None
            ? new Alteration(asked)
            : throw new InputException($"{source}: nothing is altered; give one of {string.Join(", ", Keys)} a value");
    }
}
