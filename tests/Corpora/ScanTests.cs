using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class ScanTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_merged_folder_gives_one_manifest_in_key_order()
    {
        Tone("Actor_07/03-01-05-01-02-01-07.wav", 1);
        Tone("tess/OAF_back_angry.wav", 2);
        Tone("AudioData/DC/a01.wav", 3);
        File.WriteAllText(In("readme.txt"), "no sound");

        Manifest manifest = Scan().Manifest;

        Assert.Equal(["ravdess/03-01-05-01-02-01-07", "savee/DC_a01", "tess/OAF_back_angry"], manifest.Utterances.Select(u => u.Key));
        Utterance first = manifest.Utterances[0];
        Assert.Equal(("ravdess/07", "male", "angry", 8000, 0.5), (first.Speaker, first.Sex, first.Label, first.SampleRate, first.Seconds));
        Assert.True(File.Exists(manifest.PathOf(first)));
        Assert.Equal(64, first.Sha256.Length);
    }

    [Fact]
    public void A_clip_that_a_mirror_holds_twice_is_taken_once_and_said()
    {
        Tone("Actor_01/03-01-05-01-02-01-01.wav", 1);
        Tone("copy/Actor_01/03-01-05-01-02-01-01.wav", 1);

        ScanReport report = Scan();

        Assert.Single(report.Manifest.Utterances);
        Assert.Contains(report.Findings, f => f.Severity == Severity.Info && f.Message.Contains("copy/Actor_01", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_sounds_under_one_name_are_a_warning_with_both_paths()
    {
        Tone("a/OAF_back_angry.wav", 1);
        Tone("b/OAF_back_angry.wav", 2);

        ScanReport report = Scan();

        Assert.Equal("a/OAF_back_angry.wav", Assert.Single(report.Manifest.Utterances).Path);
        Assert.Contains(report.Findings, f => f.Severity == Severity.Warning && f.Message.StartsWith("b/OAF_back_angry.wav is another sound", StringComparison.Ordinal));
    }

    [Fact]
    public void Silent_broken_and_empty_files_are_left_out_with_their_names()
    {
        Tone("1001_DFA_ANG_XX.wav", 1);
        WavWriter.Write(In("1076_MTI_SAD_XX.wav"), new float[8000], 8000);
        File.WriteAllText(In("1002_DFA_ANG_XX.wav"), "RIFF but not really");
        File.WriteAllBytes(In("1003_DFA_ANG_XX.wav"), []);

        ScanReport report = Scan();

        Assert.Equal(["cremad/1001_DFA_ANG_XX"], report.Manifest.Utterances.Select(u => u.Key));
        foreach (string name in new[] { "1076_MTI_SAD_XX.wav is left out: it is silent", "1002_DFA_ANG_XX.wav is left out", "1003_DFA_ANG_XX.wav is left out" })
        {
            Assert.Contains(report.Findings, f => f.Severity == Severity.Warning && f.Message.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void One_sound_under_two_labels_or_speakers_is_an_error_and_under_one_is_not()
    {
        Tone("Actor_07/03-01-03-01-02-01-07.wav", 1); // As in RAVDESS itself.
        Tone("Actor_07/03-01-03-01-02-02-07.wav", 1);
        Assert.DoesNotContain(Scan().Findings, f => f.Severity == Severity.Error);

        Tone("Actor_07/03-01-04-01-02-02-07.wav", 1);
        Assert.Contains(Scan().Findings, f => f.Severity == Severity.Error && f.Message.Contains("03-01-04-01-02-02-07", StringComparison.Ordinal));
    }

    [Fact]
    public void A_corpus_that_is_not_whole_is_a_warning_with_both_counts()
    {
        Tone("OAF_back_angry.wav", 1);
        Assert.Contains(Scan().Findings, f => f.Severity == Severity.Warning && f.Message == "1 usable files, where 2800 are published");
    }

    [Fact]
    public void A_missing_folder_or_corpus_says_what_is_there()
    {
        Assert.Contains("no such folder", Assert.Throws<InputException>(() => CorpusScanner.Scan(In("nowhere"), [], new Dictionary<string, SoundFacts>())).Message, StringComparison.Ordinal);
        Tone("OAF_back_angry.wav", 1);
        string message = Assert.Throws<InputException>(() => CorpusScanner.Scan(_root, ["ravdess", "tess"], new Dictionary<string, SoundFacts>())).Message;
        Assert.Contains("no usable files of ravdess", message, StringComparison.Ordinal);
        Assert.Contains("it holds tess", message, StringComparison.Ordinal);
        Assert.Contains("there is no corpus 'travdess'", Assert.Throws<InputException>(() => CorpusScanner.Scan(_root, ["travdess"], new Dictionary<string, SoundFacts>())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_scan_sees_a_changed_file()
    {
        string memory = In("memory");
        Tone("OAF_back_angry.wav", 1);
        string before = ManifestStore.LoadOrScan(_root, [], memory).Manifest.Utterances[0].Sha256;
        Assert.Equal(before, ManifestStore.LoadOrScan(_root, [], memory).Manifest.Utterances[0].Sha256);

        Tone("OAF_back_angry.wav", 2, seconds: 0.6);
        Assert.NotEqual(before, ManifestStore.LoadOrScan(_root, [], memory).Manifest.Utterances[0].Sha256);
    }

    [Fact]
    public void A_manifest_comes_back_and_a_damaged_line_is_named()
    {
        Tone("OAF_back_angry.wav", 1);
        Manifest manifest = Scan().Manifest;
        string file = In("manifest.jsonl");
        ManifestFile.Write(file, manifest);
        Assert.Equal(manifest.Utterances, ManifestFile.Read(file).Utterances);

        File.AppendAllText(file, "{\"key\": 3");
        Assert.StartsWith($"{file}:3: ", Assert.Throws<InputException>(() => ManifestFile.Read(file)).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "");
        Assert.StartsWith($"{file}:1: ", Assert.Throws<InputException>(() => ManifestFile.Read(file)).Message, StringComparison.Ordinal);
    }

    private ScanReport Scan() => CorpusScanner.Scan(_root, [], new Dictionary<string, SoundFacts>());

    private string In(string path) => Path.Combine(_root, path);

    /// <summary>Each pitch gives another sound.</summary>
    private void Tone(string path, int pitch, double seconds = 0.5) => WavWriter.Write(
        In(path), Enumerable.Range(0, (int)(8000 * seconds)).Select(i => 0.3f * MathF.Sin(0.1f * pitch * i)).ToArray(), 8000);
}
