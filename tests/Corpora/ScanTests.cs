using System.Diagnostics;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class ScanTests : IDisposable
{
    private readonly SoundFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_merged_folder_gives_one_manifest_in_key_order()
    {
        _folder.Tone("Actor_07/03-01-05-01-02-01-07.WAV", 1);
        _folder.Tone("tess/OAF_back_angry.wav", 2);
        _folder.Tone("AudioData/DC/a01.wav", 3);
        File.WriteAllText(_folder.In("readme.txt"), "no sound");

        Manifest manifest = _folder.Scan().Manifest;

        Assert.Equal(["ravdess/03-01-05-01-02-01-07", "savee/DC_a01", "tess/OAF_back_angry"], manifest.Utterances.Select(u => u.Key));
        Utterance first = manifest.Utterances[0];
        Assert.Equal(("ravdess/07", "male", "angry", 8000, 0.5), (first.Speaker, first.Sex, first.Label, first.SampleRate, first.Seconds));
        Assert.True(File.Exists(manifest.PathOf(first)));
        Assert.Equal(64, first.Sha256.Length);
        Assert.Equal(["savee/DC_a01"], _folder.Scan("savee").Manifest.Utterances.Select(u => u.Key));
    }

    [Fact]
    public void Clips_that_a_mirror_holds_twice_are_taken_once_and_said_in_one_line()
    {
        for (int i = 1; i <= 3; i++)
        {
            _folder.Tone($"Actor_01/03-01-0{i}-01-02-01-01.wav", i);
            _folder.Tone($"audio_speech_actors_01-24/Actor_01/03-01-0{i}-01-02-01-01.wav", i);
        }

        ScanReport report = _folder.Scan();

        Assert.All(report.Manifest.Utterances, u => Assert.StartsWith("Actor_01/", u.Path, StringComparison.Ordinal));
        Assert.Equal(3, report.Manifest.Utterances.Count);
        Assert.StartsWith(
            "3 clips are there more than once, such as audio_speech_actors_01-24/Actor_01/",
            Assert.Single(Of(report, Severity.Info)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backslash_is_a_letter_of_a_name()
    {
        _folder.Tone("a\\DC_a01.wav", 1);
        _folder.Tone("b/JK_a\\01.wav", 2);
        _folder.Tone("b/JK_a01.wav", 3);
        ScanReport report = _folder.Scan();
        Assert.Equal("b/JK_a01.wav", Assert.Single(report.Manifest.Utterances).Path);
        Assert.DoesNotContain(report.Findings, f => f.Message.Contains("could not find", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Copies_that_differ_are_a_warning_and_a_usable_one_is_taken()
    {
        File.WriteAllText(Made("a/OAF_back_angry.wav"), "RIFF but not really");
        _folder.Tone("b/OAF_back_angry.wav", 2);

        ScanReport report = _folder.Scan();

        Assert.Equal("b/OAF_back_angry.wav", Assert.Single(report.Manifest.Utterances).Path);
        Assert.Contains(
            Of(report, Severity.Warning),
            m => m.Contains("with different content, such as a/OAF_back_angry.wav", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_used_is_left_out_by_name()
    {
        _folder.Tone("1001_DFA_ANG_XX.wav", 1);
        _folder.Tone("1076_MTI_SAD_XX.wav", 1, level: 0);
        _folder.Tone("1004_DFA_ANG_XX.wav", 1, seconds: 0.05);
        File.WriteAllText(_folder.In("1002_DFA_ANG_XX.wav"), "RIFF but not really");
        File.WriteAllBytes(_folder.In("1003_DFA_ANG_XX.wav"), []);
        File.CreateSymbolicLink(_folder.In("1005_DFA_ANG_XX.wav"), _folder.In("gone"));

        ScanReport report = _folder.Scan();

        Assert.Equal(["cremad/1001_DFA_ANG_XX"], report.Manifest.Utterances.Select(u => u.Key));
        foreach (string start in new[]
        {
            "1076_MTI_SAD_XX.wav is left out: it is silent", "1004_DFA_ANG_XX.wav is left out: it lasts 0.050 s only",
            "1002_DFA_ANG_XX.wav is left out", "1003_DFA_ANG_XX.wav is left out: the file is empty", "1005_DFA_ANG_XX.wav is left out",
        })
        {
            Assert.Contains(Of(report, Severity.Warning), m => m.StartsWith(start, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Many_broken_files_are_counted()
    {
        _folder.Tone("1001_DFA_ANG_XX.wav", 1);
        for (int i = 1002; i < 1022; i++)
        {
            File.WriteAllBytes(_folder.In($"{i}_DFA_ANG_XX.wav"), []);
        }

        Assert.Contains(Of(_folder.Scan(), Severity.Warning), m => m.StartsWith("15 more files are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void One_sound_under_two_labels_or_speakers_is_an_error_and_under_one_is_not()
    {
        _folder.Tone("Actor_07/03-01-03-01-02-01-07.wav", 1); // In RAVDESS, too, these two are one sound.
        _folder.Tone("Actor_07/03-01-03-01-02-02-07.wav", 1);
        Assert.Equal(2, _folder.Scan().Manifest.Utterances.Count);
        Assert.Empty(Of(_folder.Scan(), Severity.Error));

        _folder.Tone("OAF_back_angry.wav", 2);
        _folder.Tone("OAF_back_sad.wav", 2);
        Assert.Contains("OAF_back_sad", Assert.Single(Of(_folder.Scan("tess"), Severity.Error)), StringComparison.Ordinal);

        _folder.Tone("DC_a01.wav", 3);
        _folder.Tone("JE_a01.wav", 3);
        Assert.Contains("JE_a01", Assert.Single(Of(_folder.Scan("savee"), Severity.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public void CREMA_Ds_own_clips_of_two_labels_are_left_out_and_do_not_stop_the_rest()
    {
        _folder.Tone("1001_DFA_ANG_XX.wav", 1);
        _folder.Tone("1017_IWW_ANG_XX.wav", 2);
        _folder.Tone("1017_IWW_FEA_XX.wav", 2);
        _folder.Tone("1006_TIE_HAP_XX.wav", 3); // Alone, so nothing contradicts its label.

        ScanReport report = _folder.Scan();

        Assert.Equal(["cremad/1001_DFA_ANG_XX", "cremad/1006_TIE_HAP_XX"], report.Manifest.Utterances.Select(u => u.Key));
        Assert.Empty(Of(report, Severity.Error));
        Assert.Contains(
            Of(report, Severity.Warning),
            m => m.StartsWith("cremad/1017_IWW_ANG_XX, cremad/1017_IWW_FEA_XX are one sound", StringComparison.Ordinal));
    }

    [Fact]
    public void Song_and_other_sound_is_counted_and_not_used()
    {
        _folder.Tone("Actor_07/03-01-05-01-02-01-07.wav", 1);
        _folder.Tone("Actor_07/03-02-05-01-02-01-07.wav", 2);
        _folder.Tone("DC/a01.wav", 3);

        Assert.Equal(
            "1 sound file is of no known corpus, so not used, such as Actor_07/03-02-05-01-02-01-07.wav "
                + "(a corpus.csv in its folder can describe it)",
            Assert.Single(Of(_folder.Scan("ravdess"), Severity.Info)));
    }

    [Fact]
    public void A_corpus_that_is_not_whole_is_a_warning_with_both_counts()
    {
        _folder.Tone("DC_a01.wav", 1);
        Assert.Equal(
            "1 file, where 480 are published (a 1 of 60, d 0 of 60, f 0 of 60, h 0 of 60, n 0 of 120, sa 0 of 60, su 0 of 60)",
            Assert.Single(Of(_folder.Scan(), Severity.Warning)));
    }

    [Fact]
    public void A_scan_that_is_stopped_ends_as_stopped()
    {
        _folder.Tone("OAF_back_angry.wav", 1);
        Assert.Throws<OperationCanceledException>(() => CorpusScanner.Scan(
            _folder.Root, [], new Dictionary<string, SoundFacts>(), (_, _) => throw new OperationCanceledException()));
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        _folder.Tone("tess/OAF_back_angry.wav", 1);
        _folder.Tone("savee/DC_a01.wav", 2);
        string[] without;
        string missing, nothing;
        Allow("000", "savee");
        try
        {
            without = Of(_folder.Scan(), Severity.Warning);
            missing = Message("savee");
            Allow("000", "");
            nothing = Message();
        }
        finally // or the folder could not be removed
        {
            Allow("700", "");
            Allow("700", "savee");
        }

        const string Shut = "1 folder may not be read, such as savee; check the permissions";
        Assert.Contains(Shut, without);
        Assert.Contains($"such as tess/OAF_back_angry.wav; {Shut})", missing, StringComparison.Ordinal);
        Assert.Equal($"{_folder.Root}: may not be read; check its permissions", nothing);

        void Allow(string mode, string folder) => Process.Start("chmod", [mode, _folder.In(folder)]).WaitForExit();
    }

    [Fact]
    public void A_missing_folder_or_corpus_says_what_is_there()
    {
        Assert.Equal(
            $"{_folder.Root}: no usable files of ravdess, cremad, tess, savee, emodb, synthetic below it "
                + "(it holds no sound files of a kind that is read: .wav, .flac, .ogg, .mp3, .aif, .aiff); "
                + "check the folder, or data.corpora; any other corpus needs a corpus.csv (README, 'A corpus of your own')",
            Message());
        Assert.All([_folder.In("nowhere"), ""], folder => Assert.Contains(
            "no such folder",
            Assert.Throws<InputException>(() => CorpusScanner.Scan(folder, [], new Dictionary<string, SoundFacts>())).Message,
            StringComparison.Ordinal));

        _folder.Tone("unknown/clip.wav", 1);
        Assert.Contains("of its 1 sound files none can be used, such as unknown/clip.wav", Message(), StringComparison.Ordinal);
        File.WriteAllText(_folder.In("OAF_back_sad.wav"), "");
        Assert.Contains("OAF_back_sad.wav is left out: the file is empty", Message("tess"), StringComparison.Ordinal);

        _folder.Tone("OAF_back_angry.wav", 1);
        Assert.Contains("no usable files of ravdess", Message("ravdess", "tess"), StringComparison.Ordinal);
        Assert.Contains("it holds tess", Message("ravdess", "tess"), StringComparison.Ordinal);
        Assert.Contains("there is no corpus 'ravdes' (data.corpora, --on or --corpus)", Message("ravdes"), StringComparison.Ordinal);
        Assert.Contains(
            "emodb, synthetic; did you mean ravdess? (any other needs a corpus.csv in a folder of its name)",
            Message("ravdes"), StringComparison.Ordinal);
    }

    private string Message(params string[] corpora) => Assert.Throws<InputException>(() => _folder.Scan(corpora)).Message;

    private string Made(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.In(path))!);
        return _folder.In(path);
    }

    private static string[] Of(ScanReport report, Severity severity) =>
        [.. report.Findings.Where(f => f.Severity == severity).Select(f => f.Message)];
}
