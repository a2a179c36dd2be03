using System.Diagnostics;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

/// <summary>A study that takes seconds but covers everything (scan, feature cache, altered copies, two architectures, checkpoints, report),
/// run by the real program in separate processes, and the results of an uninterrupted run of it.</summary>
public sealed class SmallStudy : IDisposable
{
    private readonly string _study;

    public SmallStudy()
    {
        SyntheticCorpus.Write(Data, new SyntheticOptions(Speakers: 6, ClipsPerEmotion: 1));
        _study = In("study.yaml");
        File.WriteAllText(In("mlp.yaml"), "model: {name: mlp, hidden: [8]}\n");
        File.WriteAllText(In("lstm.yaml"), "model: {name: lstm, hidden: 4, layers: 1, attention: 3}\n");
        File.WriteAllText(
            _study,
            $$"""
            name: small
            base: {{MiniatureCorpus.Config("base.yaml")}}
            models: [mlp.yaml, lstm.yaml]
            folds: [0]
            set:
              threads: 1
              split: {folds: 3}
              features: {mels: 8}
              train: {epochs: 2, batch_size: 8, patience: 0}
              augment: {copies: 1, noise_db: 20, mixup: 0.2}

            """);
        Stopwatch clock = Stopwatch.StartNew();
        Assert.Equal((0, ""), Run(In("whole"), In("whole-cache")));
        Whole = Numbers(In("whole"));
        Seconds = clock.Elapsed.TotalSeconds;
    }

    /// <summary>Results of the uninterrupted run, as <see cref="Numbers"/> gives them.</summary>
    public IReadOnlyDictionary<string, string> Whole { get; }

    /// <summary>Duration of the uninterrupted run, in seconds.</summary>
    public double Seconds { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    public string Data => In("data");

    public string In(string path) => Path.Combine(Folder, path);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The command that runs this study; it is not yet started.</summary>
    public ProcessStartInfo Command(string output, string cache, int jobs = 1, params string[] more)
    {
        ProcessStartInfo start = new("dotnet", [Program, "compare", _study, "--data", Data, "--out", output, "--jobs", $"{jobs}", .. more])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SER_CACHE"] = cache;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>Runs the study to its end.</summary>
    /// <returns>Exit code, and those lines of the error stream that are errors.</returns>
    public (int Code, string Errors) Run(string output, string cache, int jobs = 1) => Finish(Process.Start(Command(output, cache, jobs))!);

    /// <summary>Waits for a process to end.</summary>
    public static (int Code, string Errors) Finish(Process process)
    {
        using Process owned = process;
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        Task.WaitAll(error, output);
        process.WaitForExit();
        string[] errors =
        [
            .. error.Result.Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal)
                || line.Contains("   at ", StringComparison.Ordinal) || line.Contains("Unhandled", StringComparison.Ordinal)),
        ];
        return (process.ExitCode, string.Join('\n', errors));
    }

    /// <summary>Whether a system tool does what it is asked: it may be missing, or the machine may not permit it.</summary>
    public static bool Works(string tool, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Every number and file that must not depend on how often a study was interrupted: all but times. cost.png, which draws
    /// times, need only exist; the other figures in it are in table.csv.</summary>
    public static IReadOnlyDictionary<string, string> Numbers(string output)
    {
        SortedDictionary<string, string> numbers = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(file);
            string? content = name switch
            {
                "predictions.csv" or "validation.csv" or "split.json" or "config.yaml" or "metrics.json" or "pairs.csv" =>
                    File.ReadAllText(file),
                "best.ser" or "confusion.png" or "uar.png" or "learning.png" =>
                    Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))),
                "cost.png" => "drawn",
                "history.csv" => Without(file, "seconds"),
                "table.csv" => Without(file, "train_seconds", "clips_per_second", "latency_seconds"),
                _ => null,
            };
            if (content is not null)
            {
                numbers[Path.GetRelativePath(output, file)] = content;
            }
        }

        return numbers;
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "ser.dll");

    private static string Without(string file, params string[] columns)
    {
        string[][] rows = [.. File.ReadAllLines(file).Select(line => line.Split(','))];
        int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(i => !columns.Contains(rows[0][i]))];
        return string.Join('\n', rows.Select(row => string.Join(',', kept.Select(i => row[i]))));
    }
}

[CollectionDefinition("small study")]
public sealed class SmallStudyCollection : ICollectionFixture<SmallStudy>;
