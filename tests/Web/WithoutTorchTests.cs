using System.Diagnostics;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests.Web;

/// <summary>What a program loads, in the words of the loader itself.</summary>
[Collection("app")]
public sealed class WithoutTorchTests(AppFixture app) : IDisposable
{
    private readonly TestFolder _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public void A_released_model_answers_without_libtorch_and_a_network_with_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "LD_DEBUG is glibc's");
        Assert.DoesNotContain("libtorch", Loaded(Path.Combine(Repository, "results", "released", "four.ser")), StringComparison.Ordinal);
        Assert.Contains("libtorch", Loaded(app.Models.First(model => model.Name == "four").Path), StringComparison.Ordinal);
    }

    private string Loaded(string model)
    {
        File.WriteAllBytes(_clips["clip.wav"], Voice.Wav(Voice.Speech(1)));
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "ser.dll"), "predict", _clips["clip.wav"], "--model", model, "--format", "csv"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_DEBUG"] = "files";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string loader = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("clip.wav", output.Result, StringComparison.Ordinal);
        Assert.Contains("libcoreclr", loader, StringComparison.Ordinal);
        return loader;
    }
}
