using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Tests;

public class LabelSetTests
{
    /// <summary>Files a label in each published corpus.</summary>
    private static readonly (string Corpus, string Label, int Files)[] Published =
    [
        ("ravdess", "neutral", 96), .. new[] { "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised" }.Select(l => ("ravdess", l, 192)),
        ("cremad", "NEU", 1087), .. new[] { "ANG", "DIS", "FEA", "HAP", "SAD" }.Select(l => ("cremad", l, 1271)),
        .. new[] { "angry", "disgust", "fear", "happy", "neutral", "ps", "sad" }.Select(l => ("tess", l, 400)),
        ("savee", "n", 120), .. new[] { "a", "d", "f", "h", "sa", "su" }.Select(l => ("savee", l, 60)),
    ];

    [Theory]
    [InlineData("four", 7472)]
    [InlineData("six", 11318)]
    [InlineData("eight", 1440)]
    public void The_published_corpora_give_so_many_clips(string name, int clips)
    {
        LabelSet labels = LabelSets.Load(name);
        Assert.Equal(clips, Published.Where(p => labels.ClassOf(Clip(p.Corpus, p.Label)) is not null).Sum(p => p.Files));
    }

    [Fact]
    public void The_corpora_add_up_to_what_is_published() => Assert.All(
        CorpusCatalog.All.Where(c => c.PublishedCount > 0), c => Assert.Equal(c.PublishedCount, Published.Where(p => p.Corpus == c.Name).Sum(p => p.Files)));

    [Fact]
    public void Calm_is_not_neutral_and_surprise_is_in_eight_only()
    {
        Assert.Null(LabelSets.Load("four").ClassOf(Clip("ravdess", "calm")));
        Assert.Null(LabelSets.Load("six").ClassOf(Clip("tess", "ps")));
        Assert.Equal(7, LabelSets.Load("eight").ClassOf(Clip("ravdess", "surprised")));
        Assert.Null(LabelSets.Load("eight").ClassOf(Clip("tess", "angry")));
    }

    [Fact]
    public void Four_is_the_beginning_of_six() => Assert.Equal(LabelSets.Load("four").Classes, LabelSets.Load("six").Classes.Take(4));

    [Fact]
    public void A_file_of_ones_own_works_and_its_mistakes_are_named()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "arousal.yaml");
        File.WriteAllText(path, "classes: [low, high]\nmap:\n  savee: {sa: low, a: high}\n");
        Assert.Equal(1, LabelSets.Load(path).ClassOf(Clip("savee", "a")));

        foreach ((string text, string message) in new[]
        {
            ("classes: [low, high]\nmap:\n  savee: {sa: lo}\n", "'lo' is not one of the classes"),
            ("classes: [low, high]\nmap:\n  save: {sa: low}\n", "no such corpus"),
            ("classes: [low]\n", "at least two names"),
            ("clases: [low, high]\n", ":1: "),
            ("", "is empty"),
        })
        {
            File.WriteAllText(path, text);
            string said = Assert.Throws<InputException>(() => LabelSets.Load(path)).Message;
            Assert.StartsWith(path, said, StringComparison.Ordinal);
            Assert.Contains(message, said, StringComparison.Ordinal);
        }

        Assert.Contains("there is no label set 'fuor'", Assert.Throws<InputException>(() => LabelSets.Load("fuor")).Message, StringComparison.Ordinal);
    }

    private static Utterance Clip(string corpus, string label) => new("k", corpus, "p", "s", corpus + "/1", "male", label, 1, 16000);
}
