using SpeechEmotion.Corpora;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

public sealed class SplitFileTests : IDisposable
{
    private static readonly Utterance[] Data =
        [.. new[] { "DC", "JE", "JK" }.SelectMany(speaker => Enumerable.Range(0, 2).Select(i => Clip(speaker, i, $"{speaker}{i}")))];

    private static readonly Split Good = new(
        "own", true, ["savee/DC_0", "savee/DC_1"], ["savee/JE_0", "savee/JE_1"], ["savee/JK_0", "savee/JK_1"]);

    private readonly TestFolder _folder = new();
    private readonly string _path;

    public SplitFileTests() => _path = _folder["split.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_split_comes_back()
    {
        SplitFile.Write(_path, Good);
        Assert.Equivalent(Good, SplitFile.Read(_path, Data), strict: true);
        Assert.Equivalent(Good, SplitFile.ReadKeys(_path), strict: true);
    }

    [Fact]
    public void What_leaks_or_is_not_there_is_found_at_load()
    {
        Found(
            Good with { Test = ["savee/JK_0", "savee/DC_0"], Train = ["savee/DC_1"] },
            "speaker savee/DC is on the train and the test side");
        Found(Good with { Validation = ["savee/JE_0", "savee/DC_0"] }, "utterance savee/DC_0 is on the train and the validation side");
        Found(Good with { Train = ["savee/DC_0", "savee/DC_0"] }, "utterance savee/DC_0 is twice on the train side");
        Found(Good with { Test = ["savee/gone"] }, "savee/gone is not among the data");
        Found(Good with { Test = ["savee/gone"] }, "give the data that the split was made of (--data, data.corpora)");
        Found(Good with { Test = [] }, "its test side is empty");
        Found(
            Good with { SpeakersApart = false, Test = ["savee/JK_0"] },
            "the sound of savee/JK_0", [.. Data[..4], Clip("JK", 0, Data[0].Sha256)]);
        SplitFile.Write(_path, Good with { SpeakersApart = false, Test = ["savee/JK_0", "savee/DC_0"], Train = ["savee/DC_1"] });
        Assert.Equal(2, SplitFile.Read(_path, Data).Test.Count);
    }

    [Theory]
    [InlineData("{\"version\": 1")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData(
        "{\"version\": 2, \"split\": {\"name\": \"a\", \"speakers_apart\": true, \"train\": [], \"validation\": [], \"test\": []}}")]
    // A missing speakers_apart must not mean that speakers may overlap.
    [InlineData("{\"version\": 1, \"split\": {\"name\": \"a\", \"train\": [], \"validation\": [], \"test\": []}}")]
    [InlineData(
        "{\"version\": 1, \"split\": {\"name\": \"a\", \"speakers_apart\": true, \"train\": [null], \"validation\": [], \"test\": []}}")]
    public void A_damaged_file_is_named(string text)
    {
        File.WriteAllText(_path, text);
        string said = Assert.Throws<InputException>(() => SplitFile.ReadKeys(_path)).Message;
        Assert.StartsWith(_path, said, StringComparison.Ordinal);
        Assert.EndsWith("; give a run's own folder (runs/…); a published result keeps no split and no weights", said);
        Assert.DoesNotContain('\n', said);
        Assert.DoesNotContain("SpeechEmotion", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_and_so_is_the_key_that_names_it()
    {
        Assert.Equal(
            $"{_path}: no such file; split.file names it: give a run's split.json, or leave split.file out",
            Assert.Throws<InputException>(() => SplitFile.Read(_path, Data)).Message);
        Assert.Equal(
            $"{_path}: no such file; give a run's own folder (runs/…); a published result keeps no split and no weights",
            Assert.Throws<InputException>(() => SplitFile.ReadKeys(_path)).Message);
    }

    private void Found(Split split, string message, Utterance[]? data = null)
    {
        SplitFile.Write(_path, split);
        string said = Assert.Throws<InputException>(() => SplitFile.Read(_path, data ?? Data)).Message;
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    private static Utterance Clip(string speaker, int number, string sound) =>
        new($"savee/{speaker}_{number}", "savee", "p.wav", sound, $"savee/{speaker}", "male", "a", 1, 16000);
}
