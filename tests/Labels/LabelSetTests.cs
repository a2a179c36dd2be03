using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;

namespace SpeechEmotion.Tests;

public class LabelSetTests
{
    /// <summary>Number of files of each label in each published corpus.</summary>
    private static readonly (string Corpus, string Label, int Files)[] Published =
    [
        ("ravdess", "neutral", 96),
        .. new[] { "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised" }.Select(l => ("ravdess", l, 192)),
        ("cremad", "NEU", 1087), .. new[] { "ANG", "DIS", "FEA", "HAP", "SAD" }.Select(l => ("cremad", l, 1271)),
        .. new[] { "angry", "disgust", "fear", "happy", "neutral", "ps", "sad" }.Select(l => ("tess", l, 400)),
        ("savee", "n", 120), .. new[] { "a", "d", "f", "h", "sa", "su" }.Select(l => ("savee", l, 60)),
        ("emodb", "W", 127), ("emodb", "L", 81), ("emodb", "E", 46), ("emodb", "A", 69),
        ("emodb", "F", 71), ("emodb", "T", 62), ("emodb", "N", 79),
    ];

    /// <summary>The corpora's own labels for each emotion.</summary>
    private static readonly Dictionary<string, string> Emotions = new[]
    {
        "anger angry ANG a W", "happy happiness joy HAP h F", "neutral NEU n N", "sad sadness SAD sa T", "fear fearful FEA f A",
        "disgust disgusted DIS d E", "surprise surprised ps su", "calm", "boredom L",
    }.Select(line => line.Split(' ')).SelectMany(words => words.Select(word => (word, words[0]))).ToDictionary();

    [Theory]
    [InlineData("four", "anger happy neutral sad")]
    [InlineData("six", "anger happy neutral sad fear disgust")]
    [InlineData("all", "anger happy neutral sad fear disgust surprise calm")]
    [InlineData("eight", "anger:angry happy neutral sad fear:fearful disgust surprise:surprised calm")]
    [InlineData("eight_all", "anger:angry happy neutral sad fear:fearful disgust surprise:surprised calm")]
    [InlineData("sides", "anger:lively happy:lively neutral:quiet sad:quiet")]
    [InlineData("anger_happy", "anger happy")]
    [InlineData("neutral_sad", "neutral sad")]
    public void Each_label_is_of_its_emotions_class(string name, string classes)
    {
        Dictionary<string, string> named =
            classes.Split(' ').Select(word => word.Split(':')).ToDictionary(pair => pair[0], pair => pair[^1]);
        Assert.All(LabelSets.Load(name).Map, corpus => Assert.All(
            (CorpusCatalog.Find(corpus.Key)?.Labels.Keys ?? []).Union(corpus.Value.Keys),
            label => Assert.Equal(named.GetValueOrDefault(Emotions[label]), corpus.Value.GetValueOrDefault(label))));
    }

    [Theory]
    [InlineData("four", 7472)]
    [InlineData("six", 11318)]
    [InlineData("eight", 1440)]
    [InlineData("all", 12162)]
    [InlineData("sides", 7472)]
    [InlineData("anger_happy", 3846)]
    [InlineData("neutral_sad", 3626)]
    public void The_four_corpora_of_the_published_system_give_so_many_clips(string name, int clips)
    {
        LabelSet labels = LabelSets.Load(name);
        int given = Published.Where(p => p.Corpus != "emodb" && labels.ClassOf(Clip(p.Corpus, p.Label)) is not null).Sum(p => p.Files);
        Assert.Equal(clips, given);
    }

    [Fact]
    public void EMO_DBs_letters_are_those_of_German_words()
    {
        LabelSet six = LabelSets.Load("six");
        IEnumerable<string> classes = "WEAFTN".Select(l => six.Classes[six.ClassOf(Clip("emodb", $"{l}"))!.Value]);
        Assert.Equal("anger disgust fear happy sad neutral", string.Join(' ', classes));
        Assert.Null(six.ClassOf(Clip("emodb", "L")));
    }

    [Fact]
    public void A_corpus_that_a_table_describes_is_taken_at_its_words()
    {
        LabelSet four = LabelSets.Load("four"), six = LabelSets.Load("six");
        string[] words = ["anger", "Angry", "happiness", "JOY", "neutral", "sadness", "fear"];
        Assert.Equal([0, 0, 1, 1, 2, 3, null], words.Select(label => four.ClassOf(Clip("emovo", label))));
        Assert.Equal(4, six.ClassOf(Clip("emovo", "fearful")));
        Assert.Null(four.ClassOf(Clip("ravdess", "Angry"))); // The labels of a known corpus must match to the letter.
        Assert.Equal(0, six.With(LabelSets.Load("all")).ClassOf(Clip("emovo", "Angry")));
        Assert.Null(LabelSets.Load("eight").ClassOf(Clip("emovo", "angry")));
    }

    [Fact]
    public void The_corpora_add_up_to_what_is_published() => Assert.All(
        CorpusCatalog.All.Where(c => c.PublishedCount > 0),
        c => Assert.Equal(
            Published.Where(p => p.Corpus == c.Name).Select(p => (p.Label, p.Files)).Order(),
            c.Labels.Select(l => (l.Key, l.Value)).Order()));

    [Theory]
    [InlineData("four")]
    [InlineData("six")]
    public void The_built_in_corpus_has_every_class(string name)
    {
        LabelSet labels = LabelSets.Load(name);
        Assert.Equal(labels.Classes, labels.Map["synthetic"].Values.Order(Comparer<string>.Create((a, b) => Place(a) - Place(b))));

        int Place(string label) => labels.Classes.ToList().IndexOf(label);
    }

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
    public void A_set_with_more_keeps_its_own_classes_first_and_one_that_disagrees_is_refused()
    {
        LabelSet four = LabelSets.Load("four"), more = four.With(LabelSets.Load("all"));
        Assert.Equal(["anger", "happy", "neutral", "sad", "fear", "disgust", "surprise", "calm"], more.Classes);
        IEnumerable<Utterance> known = Published.Select(p => Clip(p.Corpus, p.Label)).Where(u => four.ClassOf(u) is not null);
        Assert.All(known, u => Assert.Equal(four.ClassOf(u), more.ClassOf(u)));
        Assert.Equal(6, more.ClassOf(Clip("tess", "ps")));

        // The same class names and one more corpus: it adds clips of the same classes.
        LabelSet eight = LabelSets.Load("eight"), withTess = eight.With(LabelSets.Load("eight_all"));
        Assert.Equal(eight.Classes, withTess.Classes);
        Assert.Equal(eight.ClassOf(Clip("ravdess", "fearful")), withTess.ClassOf(Clip("tess", "fear")));

        string said = Assert.Throws<InputException>(() => eight.With(LabelSets.Load("six"))).Message;
        Assert.Equal(
            "train.labels: 'six' calls ravdess's 'angry' anger, and 'eight' (data.labels) calls it angry; take a set with the same names",
            said);
    }

    [Fact]
    public void A_file_of_ones_own_works_and_its_mistakes_are_named()
    {
        using TestFolder folder = new();
        string path = folder["arousal.yaml"];
        File.WriteAllText(path, "classes: [low, high]\nmap:\n  savee: {sa: low, a: high}\n");
        Assert.Equal(1, LabelSets.Load(path).ClassOf(Clip("savee", "a")));
        File.WriteAllText(path, "classes: [low, high]\nmap:\n  listed: {Tristezza: low, rabbia: high}\n");
        string[] words = ["tristezza", "rabbia", "sad"];
        Assert.Equal([0, 1, null], words.Select(label => LabelSets.Load(path).ClassOf(Clip("emovo", label))));

        foreach ((string text, string message) in new[]
        {
            (
                "classes: [low, high]\nmap:\n  savee: {sa: lo}\n",
                "3: map.savee.sa: 'lo' is not one of the classes (low, high); did you mean low?"
            ),
            (
                "classes: [low, high]\nmap:\n  savee:\n    sa: low\n    x: high\n",
                "5: map.savee.x: savee has no label 'x' (a, d, f, h, n, sa, su); did you mean a?"
            ),
            ("classes: [low, high]\nmap:\n  listed: {Joy: high, joy: low}\n", "3: map.listed.joy: is there twice"),
            ("classes: [low, high]\nmap:\n  ravdess: {angri: low}\n", "3: map.ravdess.angri: ravdess has no label 'angri'"),
            (
                "classes: [low, high]\nmap:\n  save: {sa: low}\n",
                "3: map.save: not a corpus that is known by its file names (ravdess, cremad, tess, savee, emodb, synthetic, table); "
                + "did you mean savee?; a corpus that a corpus.csv describes goes under 'listed'"
            ),
            ("classes: [low, high]\nmap:\n  savee: [sa, a]\n", "3: map.savee: needs a mapping"),
            ("classes: [low]\nmap: {savee: {a: low}}\n", "1: classes: needs at least two names"),
            ("classes: [low, low]\nmap: {savee: {a: low}}\n", "1: classes: needs at least two names"),
            ("classes: [low, high]\n", "1: map: needs a mapping"),
            ("clases: [low, high]\nmap: {savee: {a: low}}\n", "1: clases: unknown key; did you mean classes?"),
            ("classes: [low, high\nmap: {savee: {a: low}}\n", "1: a bracket"),
            ("", "1: classes: needs a list"),
        })
        {
            File.WriteAllText(path, text);
            string said = Assert.Throws<InputException>(() => LabelSets.Load(path)).Message;
            Assert.Contains($"{path}:{message}", said, StringComparison.Ordinal);
        }

        string missing = Assert.Throws<InputException>(() => LabelSets.Load("fuor")).Message;
        Assert.Contains(
            "there is no label set 'fuor'; did you mean four? (all, anger_happy, eight, eight_all, four, neutral_sad, sides, six ship",
            missing, StringComparison.Ordinal);
    }

    private static Utterance Clip(string corpus, string label) => new("k", corpus, "p", "s", corpus + "/1", "male", label, 1, 16000);
}
