namespace SpeechEmotion.Configuration;

/// <summary>How clips are altered before a trained model scores them: as training copies are, but always as recorded, before their quiet
/// ends are cut.</summary>
public sealed record Alteration
{
    private static readonly AugmentOptions None = new();

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

        return asked == asked.OfSound() && !asked.BeforeCut && asked != None
            ? new Alteration(asked)
            : throw new InputException(
                $"{source}: only what alters a copy's sound can be asked for, and something must: "
                + "noise_db, noise_tilt, room_seconds, equalise_db, shift_seconds, pitch_semitones, stretch");
    }
}
