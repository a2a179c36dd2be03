using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;
using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;
using TorchSharp;

namespace SpeechEmotion.Cli;

/// <summary>`ser doctor`: what this machine has, and how to get what it lacks.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        Option<string?> data = SharedOptions.Data();
        return new Verb(
            "doctor",
            "Show what this machine has: libtorch, devices, memory, decoders, corpora.",
            "ser doctor",
            "ser doctor --data /data/corpora     # and which corpora lie below a folder")
        { data }.Does((parse, console, _) => Run(console, parse.GetValue(data)));
    }

    private static int Run(IAnsiConsole console, string? data)
    {
        bool torchLoads = Torch(console);
        Memory(console);
        Sndfile(console);
        if (data is not null)
        {
            Corpora(console, data);
        }

        return torchLoads ? App.Done : App.Failed;
    }

    /// <summary>Counts files by their names and tables alone; `ser prepare` reads them.</summary>
    private static void Corpora(IAnsiConsole console, string data)
    {
        foreach ((ICorpus corpus, int found) in CorpusScanner.Count(data).Where(c => c.Clips > 0 || c.Corpus.PublishedCount > 0))
        {
            if (found == 0)
            {
                console.Line($"- {corpus.Name}: none of its {corpus.PublishedCount:N0} files below {data}");
                continue;
            }

            string whole = corpus.PublishedCount > 0 ? $"{found:N0} of {corpus.PublishedCount:N0} files" : ReportText.Plural(found, "file");
            console.Mark(found >= corpus.PublishedCount, $"{corpus.Name}: {whole}");
        }
    }

    private static bool Torch(IAnsiConsole console)
    {
        try
        {
            float two = torch.ones(2).sum().item<float>();
            string threads = ReportText.Plural(torch.get_num_threads(), "thread");
            console.Mark(two == 2, $"libtorch {LibTorch.Version}, {threads} on {ReportText.Plural(Environment.ProcessorCount, "core")}");
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or NotSupportedException)
        {
            console.Mark(
                false,
                $"libtorch does not load: {Cause(e)}; rebuild with `dotnet build` (see the README for -p:Torch=cpu, cuda or none)");
            return false;
        }

        bool cuda = torch.cuda.is_available();
        IReadOnlyList<string> cards = Provenance.Cards();
        if (cuda)
        {
            console.Mark(true, $"CUDA: {torch.cuda.device_count()} device(s){(cards.Count > 0 ? ": " + string.Join(", ", cards) : "")}");
        }
        else if (cards.Count > 0)
        {
            console.Mark(
                false,
                $"{string.Join(", ", cards)} is here, but this libtorch cannot use it: it is made for the CPU (build with -p:Torch=cuda), "
                + "the driver is too old for it, or CUDA_VISIBLE_DEVICES hides the card");
        }
        else
        {
            console.Line("- no CUDA device; the CPU is used");
        }

        return true;
    }

    /// <summary>Why it does not load. TorchSharp takes any reason for a missing package; the loader knows better.</summary>
    private static string Cause(Exception e)
    {
        Exception cause = e.InnerException ?? e;
        string library = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        try
        {
            if (File.Exists(library))
            {
                NativeLibrary.Load(library);
            }
        }
        catch (Exception loader) when (loader is DllNotFoundException or BadImageFormatException)
        {
            cause = loader;
        }

        return cause.Message.ReplaceLineEndings(" ").Trim();
    }

    private static void Memory(IAnsiConsole console)
    {
        double gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        bool enough = gigabytes >= 2;
        console.Mark(enough, $"{gigabytes:0.0} GB of memory to work with{(enough ? "" : "; training wants 2 GB: lower train.batch_size")}");
    }

    private static void Sndfile(IAnsiConsole console) => console.Mark(
        SndFile.Installed,
        SndFile.Version is string version
            ? $"{version}: FLAC, OGG and MP3 can be read beside WAV and AIFF"
            : "no libsndfile: WAV and AIFF only; for FLAC, OGG and MP3 install libsndfile1 (Debian, Ubuntu) or libsndfile (Fedora)");
}
