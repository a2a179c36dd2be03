using SpeechEmotion.Audio.Synthesis;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests.Audio;

public sealed class SynthesisCorpusTests : IDisposable
{
    private static readonly SyntheticOptions Small = new(Speakers: 2, ClipsPerEmotion: 2);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_same_bytes_again()
    {
        string first = _folder["a"], second = _folder["b"];
        SyntheticCorpus.Write(first, Small);
        SyntheticCorpus.Write(second, Small);
        string[] names = Names(first);
        Assert.Equal(24, names.Length);
        Assert.Equal(names, Names(second));
        Assert.Contains(Path.Combine("synthetic", "F01", "F01_anger_02.wav"), names);
        Assert.Contains(Path.Combine("synthetic", "M01", "M01_disgust_01.wav"), names);
        Assert.All(names, name => AssertSameBytes(first, second, name));
    }

    [Fact]
    public void Clips_of_a_larger_corpus_include_those_of_a_smaller()
    {
        string small = _folder["a"], large = _folder["b"];
        SyntheticCorpus.Write(small, new(1, 1));
        SyntheticCorpus.Write(large, new(2, 2));
        Assert.All(Names(small), name => AssertSameBytes(small, large, name));
    }

    [Fact]
    public void Makes_only_what_is_missing()
    {
        string folder = _folder.Path;
        SyntheticCorpus.Write(folder, Small);
        string lost = Path.Combine(folder, "synthetic", "M01", "M01_sad_01.wav");
        string kept = Path.Combine(folder, "synthetic", "M01", "M01_sad_02.wav");
        byte[] bytes = File.ReadAllBytes(lost);
        File.Delete(lost);
        File.WriteAllText(kept, "left alone");
        List<(int, int)> calls = [];
        SyntheticCorpus.Write(folder, Small, (done, total) => calls.Add((done, total)));
        Assert.Equal([(1, 1)], calls);
        Assert.Equal(bytes, File.ReadAllBytes(lost));
        Assert.Equal("left alone", File.ReadAllText(kept));

        SyntheticCorpus.Write(folder, Small, (_, _) => Assert.Fail("nothing was missing"));
    }

    [Fact]
    public void Other_options_replace_clips_and_nothing_else()
    {
        string folder = _folder.Path, root = Path.Combine(folder, "synthetic");
        SyntheticCorpus.Write(folder, Small);
        byte[] before = File.ReadAllBytes(Path.Combine(root, "F01", "F01_sad_01.wav"));
        File.WriteAllText(Path.Combine(root, "mine.wav"), "mine");
        List<int> calls = [];
        SyntheticCorpus.Write(folder, new(1, 1, Seed: 2), (done, _) => calls.Add(done));
        Assert.Equal([1, 2, 3, 4, 5, 6], calls);
        Assert.Equal(7, Names(folder).Length);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(root, "mine.wav")));
        Assert.NotEqual(before, File.ReadAllBytes(Path.Combine(root, "F01", "F01_sad_01.wav")));
    }

    [Theory]
    [InlineData(0, 1, "speakers")]
    [InlineData(199, 1, "speakers")]
    [InlineData(1, 0, "clips per emotion")]
    [InlineData(1, 100, "clips per emotion")]
    public void Impossible_sizes_are_named(int speakers, int clips, string what) =>
        Assert.Contains(what, Assert.Throws<InputException>(() => SyntheticCorpus.Write(_folder.Path, new(speakers, clips))).Message);

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_io_error()
    {
        string file = _folder["file"];
        File.WriteAllText(file, "");
        Assert.ThrowsAny<IOException>(() => SyntheticCorpus.Write(file, Small));

        // The error also comes out of parallel work: here a file is in the place of a speaker's folder.
        Directory.CreateDirectory(_folder["synthetic"]);
        File.WriteAllText(Path.Combine(_folder.Path, "synthetic", "F01"), "");
        Assert.ThrowsAny<IOException>(() => SyntheticCorpus.Write(_folder.Path, Small));
    }

    [Theory]
    [InlineData("synthetic/F01/F01_anger_03.wav", "F01_anger_03", "F01", "female", "anger")]
    [InlineData("M12_neutral_10.wav", "M12_neutral_10", "M12", "male", "neutral")]
    public void Reads_its_names(string path, string id, string speaker, string sex, string label) =>
        Assert.Equal(new CorpusEntry(id, speaker, sex, label), new Synthetic().Parse(path));

    [Theory]
    [InlineData("X01_anger_03.wav")]
    [InlineData("F01_calm_03.wav")]
    [InlineData("OF01_anger_03.wav")]
    [InlineData("F01_anger_03.wav.tmp")]
    [InlineData("F01_anger_03.wav\n")]
    [InlineData("OAF_back_angry.wav")]
    [InlineData("03-01-05-01-01-01-07.wav")]
    public void Leaves_other_names(string path) => Assert.Null(new Synthetic().Parse(path));

    [Fact]
    public void Reads_every_emotion_that_is_written() =>
        Assert.All(EmotionProsody.Table.Keys, emotion => Assert.Equal(emotion, new Synthetic().Parse($"F01_{emotion}_01.wav")?.Label));

    private static void AssertSameBytes(string one, string other, string name) =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(other, name)));

    private static string[] Names(string folder) => [..
        from path in Directory.EnumerateFiles(folder, "*.wav", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(folder, path)
        orderby name
        select name];
}
