using System.Diagnostics;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests.Web;

/// <summary>Which libraries a program loads, from the log of glibc's loader.</summary>
[Collection("app")]
public sealed class WithoutTorchTests(AppFixture app) : IDisposable
{
    private static readonly string Released = Path.Combine(Repository, "results", "released", "four.ser");
    private readonly TestFolder _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public void A_released_model_answers_without_libtorch_and_a_network_with_it()
    {
        File.WriteAllBytes(_clips["clip.wav"], Voice.Wav(Voice.Speech(1)));
        Assert.DoesNotContain("libtorch", Loaded("clip.wav", "predict", _clips["clip.wav"], "--model", Released), StringComparison.Ordinal);
        string network = app.Models.First(model => model.Name == "four").Path;
        Assert.Contains("libtorch", Loaded("clip.wav", "predict", _clips["clip.wav"], "--model", network), StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_with_its_released_models_does_without_libtorch() =>
        Assert.DoesNotContain("libtorch", Loaded("answers with model", "serve", "--port", "0"), StringComparison.Ordinal);

    /// <summary>Runs the program until it prints some words, ends it and returns the loader's log.</summary>
    private static string Loaded(string words, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "LD_DEBUG is glibc's");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "ser.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_DEBUG"] = "files";
        using Process process = Process.Start(start)!;
        Task<string> loader = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
        }
        while (line?.Contains(words, StringComparison.Ordinal) == false);
        process.Kill();
        process.WaitForExit();
        Assert.NotNull(line);
        Assert.Contains("libcoreclr", loader.Result, StringComparison.Ordinal);
        return loader.Result;
    }
}
