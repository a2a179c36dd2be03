using SpeechEmotion.Corpora;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

public class FurtherClipsTests
{
    /// <summary>Each of four speakers has a clip of the asked kind and one of the further kind; a fifth speaker has a further one
    /// only.</summary>
    private static readonly Utterance[] Data =
    [
        .. from speaker in new[] { "a", "b", "c", "d" } from label in new[] { "asked", "further" } select Clip(speaker, label),
        Clip("e", "further"),
    ];

    private static readonly Split Apart = new("own", true, ["a asked", "b asked"], ["c asked"], ["d asked"]);

    [Fact]
    public void They_join_where_their_speaker_trains_or_is_on_no_side()
    {
        Split joined = Join(Apart);
        Assert.Equal(["a asked", "b asked", "a further", "b further", "e further"], joined.Train);
        Assert.Equal(Apart.Validation, joined.Validation);
        Assert.Equal(Apart.Test, joined.Test);
        Assert.Equal(joined.Train, Join(joined).Train); // As when a saved split is used again.
    }

    [Fact]
    public void Without_speakers_apart_with_one_under_test_or_with_its_sound_nothing_joins()
    {
        Assert.Contains("does not keep speakers apart", Said(Apart with { SpeakersApart = false }, Data), StringComparison.Ordinal);
        Split underTest = Apart with { Test = ["d asked", "d further"] };
        Assert.Contains("d further is on its validation or test side", Said(underTest, Data), StringComparison.Ordinal);
        Utterance[] oneSound = [.. Data.Select(u => u.Key is "a further" or "d asked" ? u with { Sound = "the same" } : u)];
        Assert.Contains("the sound of d asked is on the train and the test side", Said(Apart, oneSound), StringComparison.Ordinal);
    }

    private static Split Join(Split split, Utterance[]? data = null) => FurtherClips.Join(split, data ?? Data, u => u.Label == "further");

    private static string Said(Split split, Utterance[] data) => Assert.Throws<InputException>(() => Join(split, data)).Message;

    private static Utterance Clip(string speaker, string label) =>
        new($"{speaker} {label}", "own", "p.wav", $"{speaker} {label}", speaker, "female", label, 1, 16000);
}
