using System.Diagnostics;
using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests.Web;

[Collection("app")]
public sealed class PredictCommandTests : IDisposable
{
    private readonly AppFixture _app;
    private readonly TestFolder _clips = new();

    public PredictCommandTests(AppFixture app)
    {
        _app = app;
        foreach ((string name, int seed) in new[] { ("b1.wav", 1), ("a2.wav", 2), ("deep/er/c1.wav", 3) })
        {
            Waveform wave = Voice.Speech(1, seed: seed);
            WavWriter.Write(_clips[name], wave.Samples, wave.SampleRate);
        }

        File.WriteAllText(_clips["notes.txt"], "no sound");
    }

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task A_file_gets_the_numbers_of_the_api()
    {
        (int code, string output, string error) = Ser("predict", _clips["b1.wav"], "--model", Model("six"), "--format", "json");
        Assert.True(code == App.Done, error);
        JsonElement own = JsonSerializer.Deserialize<JsonElement>(output);
        byte[] clip = await File.ReadAllBytesAsync(_clips["b1.wav"], TestContext.Current.CancellationToken);
        JsonElement served = await (await _app.Client.Predict(clip, "?model=six")).Json();
        Assert.All(own.Probabilities().Zip(served.Probabilities()), p => Assert.Equal(p.First, p.Second, 1e-5));
        Assert.Equal(
            (served.GetProperty("emotion").GetString(), false),
            (own.GetProperty("emotion").GetString(), own.GetProperty("sure").GetBoolean()));
        Assert.Equal(_clips["b1.wav"], own.GetProperty("file").GetString());
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("*.wav", 2)]
    [InlineData("?1.wav", 1)]
    [InlineData("**/*1.wav", 2)]
    [InlineData("deep/*/*.wav", 1)]
    [InlineData("deep/**", 1)]
    public void Folders_and_patterns_are_expanded_in_order(string pattern, int count)
    {
        (int code, string output, string error) = Ser("predict", _clips[pattern], "--model", Model("four"), "--format", "csv");
        Assert.True(code == App.Done, error);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal("file,model,emotion,sure,anger,happy,neutral,sad", lines[0].TrimEnd());
        Assert.Equal(count, lines.Length - 1);
        Assert.Equal(lines[1..].Order(StringComparer.Ordinal), lines[1..]);
    }

    [Fact]
    public void A_pattern_may_start_from_where_one_is()
    {
        string clips = Path.GetRelativePath(Directory.GetCurrentDirectory(), _clips[""]);
        string[] given = [.. SoundPaths.Expand(Path.Combine(clips, "*.wav"))];
        string[] dotted = [.. SoundPaths.Expand("./*.dll")], plain = [.. SoundPaths.Expand("*.dll")];
        Assert.Equal(2, given.Length);
        Assert.Equal(plain.Select(file => "./" + file), dotted);
    }

    [Fact]
    public void What_is_hidden_is_no_clip()
    {
        File.WriteAllText(_clips["._b1.wav"], "what macOS keeps beside a file");
        Directory.CreateDirectory(_clips[".before"]);
        File.Copy(_clips["b1.wav"], _clips[".before/b1.wav"]);
        Assert.Equal([_clips["a2.wav"], _clips["b1.wav"], _clips["deep/er/c1.wav"]], SoundPaths.Expand(_clips.Path));
        Assert.Equal([_clips["a2.wav"], _clips["b1.wav"]], SoundPaths.Expand(_clips["*.wav"]));
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_passed_over()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        Allow("000");
        try
        {
            IReadOnlyList<string> beside = SoundPaths.Expand(_clips["*.wav"]), all = SoundPaths.Expand(_clips.Path);
            Assert.Equal(2, beside.Count);
            Assert.Equal(beside, all);
        }
        finally // or the folder could not be removed
        {
            Allow("700");
        }

        void Allow(string mode) => Process.Start("chmod", [mode, _clips["deep"]]).WaitForExit();
    }

    [Fact]
    public void What_stands_behind_two_dashes_is_a_file()
    {
        (int code, _, string error) = Ser("predict", "--model", Model("four"), "--", "-a.wav");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("-a.wav", error, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown option", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_comma_is_one_value_of_a_row()
    {
        File.Copy(_clips["b1.wav"], _clips["b, 1.wav"]);
        (int code, string output, string error) = Ser("predict", _clips["b, 1.wav"], "--model", Model("four"), "--format", "csv");
        Assert.True(code == App.Done, error);
        Assert.StartsWith($"\"{_clips["b, 1.wav"]}\",four,", output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.flac", "no file matches")]
    [InlineData("nowhere/*.wav", "no file matches")]
    public void A_pattern_that_matches_nothing_is_told(string pattern, string words)
    {
        (int code, _, string error) = Ser("predict", _clips[pattern], "--model", Model("four"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsure_answer_is_called_so_in_the_table()
    {
        (int code, string output, _) = Ser("predict", _clips["b1.wav"], "--model", Model("six"));
        Assert.Equal(App.Done, code);
        Assert.Contains("not sure (", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_api_refuses_is_refused_here_in_the_same_words()
    {
        WavWriter.Write(_clips["silent.wav"], new float[16000], 16000);
        (int code, string output, string error) = Ser(
            "predict", _clips["silent.wav"], _clips["missing.wav"], _clips["b1.wav"], "--model", Model("four"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("is silent; was the microphone on?", error, StringComparison.Ordinal);
        Assert.Contains($"error: {_clips["missing.wav"]}: no such file", error, StringComparison.Ordinal);
        Assert.Contains("b1.wav", output, StringComparison.Ordinal);
        Assert.Equal("", Ser("predict", _clips["missing.wav"], "--model", Model("four")).Output); // no table without rows
    }

    [Fact]
    public void A_clip_longer_than_the_model_hears_is_answered_with_the_part_that_was_heard_unless_that_is_silent()
    {
        float[] tone = Tone.Sine(220, 16000, 4 * 16000);
        WavWriter.Write(_clips["long.wav"], [.. tone, .. tone], 16000);
        WavWriter.Write(_clips["gap.wav"], [.. tone, .. new float[8 * 16000], .. tone], 16000);
        (int code, string output, string error) = Ser(
            "predict", _clips["long.wav"], _clips["gap.wav"], _clips["b1.wav"], "--model", Model("four"), "--format", "json");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains($"note: {_clips["long.wav"]}: the model hears at most 6 s at a time; the answer is of 1.0 to 7.0 s", error,
            StringComparison.Ordinal);
        Assert.Contains($"error: {_clips["gap.wav"]} is silent from 5.0 to 11.0 s", error, StringComparison.Ordinal);
        JsonElement[] answers = [.. output.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal([true, false], answers.Select(answer => answer.GetProperty("heard").GetProperty("cut").GetBoolean()));
        Assert.DoesNotContain("b1.wav", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Released_models_come_after_those_that_are_named_and_four_is_first()
    {
        ModelFile[] released = [new("four", "r/four.ser"), new("six", "r/six.ser")];
        Assert.Equal(released, ModelFiles.Choose([], released));
        Assert.Equal(["six", "four"], ModelFiles.Choose(["six"], released).Select(model => model.Name));
        Assert.Equal(_app.Models[0].Path, ModelFiles.Choose([_app.Models[0].Path], released)[0].Path);
        Assert.Equal(["four", "six"], ModelFiles.Choose([_app.Models[0].Path], released).Select(model => model.Name));
        Assert.Contains("--model", Assert.Throws<InputException>(() => ModelFiles.Choose([], [])).Message, StringComparison.Ordinal);
        Assert.Equal(
            "foru: neither a file or folder nor a released model; there are four and six; did you mean four?",
            Assert.Throws<InputException>(() => ModelFiles.Choose(["foru"], released)).Message);
        Assert.Equal(
            "foru: neither a file or folder nor a released model; none was released with this program",
            Assert.Throws<InputException>(() => ModelFiles.Choose(["foru"], [])).Message);
    }

    [Fact]
    public void Named_models_of_one_name_are_told_apart_by_the_folders_above()
    {
        string[] runs = [.. new[] { "cnn", "lstm" }.Select(model => Path.Combine(_app.Folder, model, "fold0-seed1"))];
        foreach (string run in runs)
        {
            Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
            File.Copy(Model("four"), Path.Combine(run, "checkpoints", "best.ser"));
        }

        Assert.Equal(["cnn/fold0-seed1", "lstm/fold0-seed1"], ModelFiles.Choose(runs, []).Select(model => model.Name));
        Assert.Equal(["fold0-seed1"], ModelFiles.Choose([runs[0], runs[0] + "/"], []).Select(model => model.Name));
    }

    private string Model(string name) => _app.Models.First(model => model.Name == name).Path;
}
