using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class ListedCorpusTests : IDisposable
{
    private readonly SoundFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_says_who_speaks_and_how()
    {
        _folder.Tone("Emovo/wav/a 1.wav", 1);
        _folder.Tone("Emovo/wav/b.wav", 2);
        _folder.Tone("Emovo/not listed.wav", 3);
        _folder.Tone("DC_a01.wav", 4);
        Table(
            "Emovo",
            "\ufefflanguage,emotion,Speaker,\"file\",gender,label",
            "it,rabbia,f1,wav/a 1.wav,F,7\r",
            "\"it, CH\",neutro,m2,wav\\b.wav,,7\r",
            "it,gioia,m2,wav/gone.wav,m,7");

        ScanReport report = _folder.Scan();

        Assert.Equal(
            [
                ("emovo/wav/a 1", "emovo/f1", "female", "rabbia"),
                ("emovo/wav/b", "emovo/m2", "unknown", "neutro"),
                ("savee/DC_a01", "savee/DC", "male", "a"),
            ],
            report.Manifest.Utterances.Select(u => (u.Key, u.Speaker, u.Sex, u.Label)));
        Assert.Contains(report.Findings, f => f is { Severity: Severity.Warning, Corpus: "emovo" }
            && f.Message.StartsWith("1 of the 3 files in its corpus.csv are not there", StringComparison.Ordinal));
        Assert.Contains(report.Findings, f => f.Message.StartsWith(
            "1 sound file is not listed in Emovo/corpus.csv, so not used, such as Emovo/not listed.wav", StringComparison.Ordinal));
        Assert.Equal(2, _folder.Scan("emovo").Manifest.Utterances.Count);
    }

    [Fact]
    public void What_a_table_says_goes_before_what_a_name_looks_like()
    {
        _folder.Tone("again/DC_a01.wav", 1);
        _folder.Tone("DC_a02.wav", 2);
        Table("again", "file,speaker,label", "DC_a01.wav,someone,calm");
        Assert.Equal(["again/someone", "savee/DC"], _folder.Scan().Manifest.Utterances.Select(u => u.Speaker));
        Assert.Equal(["savee/DC"], _folder.Scan("savee").Manifest.Utterances.Select(u => u.Speaker));
        Assert.Contains(_folder.Scan("again").Findings, f => f.Message.StartsWith(
            "1 file has a name as in a known corpus, such as again/DC_a01.wav", StringComparison.Ordinal));

        _folder.Tone("more/x.wav", 3);
        Table("more", "file,speaker,label", "../again/DC_a01.wav,someone,calm");
        string said = Assert.Throws<InputException>(() => _folder.Scan()).Message;
        Assert.Contains("two tables describe it, of again and more", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_may_be_the_corpus()
    {
        _folder.Tone("mine/x.wav", 1);
        Table("mine", "file,speaker,emotion", "x.wav,1,sad");
        ScanReport report = CorpusScanner.Scan(_folder.In("mine"), [], new Dictionary<string, SoundFacts>());
        Assert.Equal("mine/x", Assert.Single(report.Manifest.Utterances).Key);
    }

    [Theory]
    [InlineData(
        "mine", "file,emotion", "x.wav,sad",
        "must name the columns file, speaker and emotion, and may name gender; it says 'file,emotion'")]
    [InlineData("mine", "", "", "must name the columns")]
    [InlineData("mine", "file,speaker,emotion", "", "lists no files; each needs a line below the first")]
    [InlineData("mine", "file;speaker;emotion", "x.wav;1;sad", "(values are separated by commas here; save it so)")]
    [InlineData("mine", "file,speaker,emotion", "x.wav,,sad", "line 2: no speaker; every clip needs one, for speakers are kept apart")]
    [InlineData("mine", "file,speaker,emotion", "x.wav,1", "line 2: 2 values, where the first line has 3")]
    [InlineData(
        "mine", "file,text,speaker,emotion", "x.wav,Hello, world,1,sad",
        "line 2: 5 values, where the first line has 4; put a value with a comma in quotes")]
    [InlineData("mine", "file,speaker,emotion,emotion", "x.wav,1,sad,joy", "names the column emotion twice")]
    [InlineData(
        "mine", "file,start,end,speaker,emotion", "x.wav,0 days 00:00:01,0 days 00:00:02,1,sad",
        "line 2: 'start' cuts a segment out of the file")]
    [InlineData("mine", "file,start,end,speaker,emotion", "x.wav,,0.2,1,sad", "line 2: 'end' cuts a segment out of the file")]
    [InlineData("mine", "file,speaker,emotion", "x\0.wav,1,sad", "line 2: a file name with a zero byte")]
    [InlineData("all", "file,speaker,emotion", "x.wav,1,sad", "'all' means something else where a corpus is named; rename the folder")]
    [InlineData("mine", "file,speaker,emotion", "x.wav,1,", "line 2: no emotion; every clip needs one")]
    [InlineData("mine", "file,speaker,emotion", ",1,sad", "line 2: no file")]
    [InlineData("mine", "file,speaker,emotion", "x.wav,1,sad\n./x.mp3,1,happy", "line 3: x is there twice")]
    [InlineData("mine", "file,speaker,emotion", "../../x.wav,1,sad", "line 2: ../../x.wav lies outside the data folder")]
    [InlineData("my corpus", "file,speaker,emotion", "x.wav,1,sad", "rename the folder")]
    [InlineData("savee", "file,speaker,emotion", "x.wav,1,sad", "a corpus that is known by its file names (savee); rename the folder")]
    public void A_wrong_table_is_named_with_its_place(string folder, string header, string rows, string message)
    {
        _folder.Tone($"{folder}/x.wav", 1);
        Table(folder, header, rows);
        string said = Assert.Throws<InputException>(() => _folder.Scan()).Message;
        Assert.StartsWith(_folder.In($"{folder}/corpus.csv"), said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    /// <summary>Names with one letter that is not readable would otherwise be one speaker.</summary>
    [Fact]
    public void A_table_of_another_encoding_is_refused()
    {
        _folder.Tone("mine/x.wav", 1);
        _folder.Tone("mine/y.wav", 2);
        const string Rows = "file,speaker,emotion\nx.wav,J\u00f6rg,sad\ny.wav,J\u00fcrg,sad\n";
        File.WriteAllText(_folder.In("mine/corpus.csv"), Rows, System.Text.Encoding.Latin1);
        string said = Assert.Throws<InputException>(() => _folder.Scan()).Message;
        Assert.Contains("not in UTF-8; save the table as UTF-8", said, StringComparison.Ordinal);
        File.WriteAllText(_folder.In("mine/corpus.csv"), Rows);
        Assert.Equal(["mine/J\u00f6rg", "mine/J\u00fcrg"], _folder.Scan().Manifest.Utterances.Select(u => u.Speaker));
    }

    [Fact]
    public void Two_folders_of_one_name_are_refused()
    {
        foreach (string place in new[] { "a/mine", "b/Mine" })
        {
            _folder.Tone($"{place}/x.wav", 1);
            Table(place, "file,speaker,emotion", "x.wav,1,sad");
        }

        string said = Assert.Throws<InputException>(() => _folder.Scan()).Message;
        Assert.Contains("describes a corpus of the same name", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_speaker_sex_or_emotion_in_the_table_is_other_data()
    {
        _folder.Tone("mine/x.wav", 1);
        string[] hashes = [.. new[] { "1,f,sad", "1,F,sad", "2,f,sad", "1,m,sad", "1,f,happy" }.Select(row =>
        {
            Table("mine", "file,speaker,gender,emotion", "x.wav," + row);
            return Training.Provenance.DataHash(_folder.Scan().Manifest.Utterances);
        })];
        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[0], hashes[1]);
    }

    private void Table(string folder, params string[] lines) =>
        File.WriteAllText(_folder.In($"{folder}/corpus.csv"), string.Join('\n', lines));
}
