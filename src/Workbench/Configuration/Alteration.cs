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

    /// <summary>As <see cref="Name"/>, for a text.</summary>
    public string Title => Name.Replace(",", ", ", StringComparison.Ordinal);

    /// <summary>Reads an alteration.</summary>
    /// <param name="settings">`KEY=VALUE` each; KEY is an `augment` key that alters the sound of copies.</param>
    /// <param name="source">What error messages name as the source of a mistake, such as `--alter`.</param>
    /// <exception cref="InputException">A key is unknown or alters no sound, a value is out of range, or nothing is altered.</exception>
    public static Alteration Read(IReadOnlyList<string> settings, string source)
    {
        foreach (string setting in settings)
        {
            string key = setting.Split('=')[0].Trim();
            if (!Keys.Contains(key))
            {
                string all = $"; valid here: {string.Join(", ", Keys)}";
                throw new InputException($"{source} {key}: " + (KeyNames.Of(typeof(AugmentOptions)).ContainsKey(key)
                    ? "alters no copy's sound" + all
                    : "unknown key" + (Nearest.Hint(key, Keys) is { Length: > 0 } hint ? hint : all)));
            }

            if (!setting.Contains('=', StringComparison.Ordinal))
            {
                throw new InputException($"{source} {setting}: expected KEY=VALUE, such as noise_db=10");
            }
        }

        ConfigErrors errors = new(source);
        MapNode given = ConfigLayers.Overrides(settings, errors, source);
        AugmentOptions asked = (AugmentOptions)new ConfigBinder(errors, typeof(AugmentOptions)).Bind(typeof(AugmentOptions), given);
        if (asked is { NoiseTilt: > 0, NoiseDb: 0 })
        {
            errors.Add(source, "noise_tilt", "there is no noise to tilt; set noise_db, or 0");
        }

        errors.ThrowIfAny();
        return asked != None
            ? new Alteration(asked)
            : throw new InputException($"{source}: nothing is altered; give one of {string.Join(", ", Keys)} a value");
    }
}
