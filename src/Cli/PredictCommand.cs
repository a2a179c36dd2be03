using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using SpeechEmotion.Audio;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Cli;

/// <summary>`ser predict FILE...`: the emotion of sound files.</summary>
internal static class PredictCommand
{
    private static readonly string[] Sound = [".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"];

    public static Command Build()
    {
        Argument<string[]> files = new("file") { Description = "Sound files, or folders of them", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        Option<string> model = new("--model") { Description = "A run folder or a checkpoint", HelpName = "RUN", Required = true };
        Option<string> format = new("--format") { Description = "table, json (a line a file) or csv", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        return new Verb(
            "predict",
            "Tell the emotion of sound files.",
            "ser predict clip.wav --model runs/cnn-four-fold0-seed1",
            "ser predict recordings/ --model runs/cnn-four-fold0-seed1 --format csv > emotions.csv")
        { files, model, format }.Does((parse, console, stop) => Run(
            console,
            parse.InvocationConfiguration.Output,
            [.. parse.GetRequiredValue(files).SelectMany(Expand)],
            parse.GetRequiredValue(model),
            parse.GetRequiredValue(format),
            RunListener.OnConsole(parse.InvocationConfiguration.Error),
            stop));
    }

    private static IEnumerable<string> Expand(string path) => !Directory.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Sound.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal);

    private static int Run(IAnsiConsole console, TextWriter output, string[] files, string model, string format, RunListener listener, CancellationToken stop)
    {
        using EmotionClassifier classifier = new(EmotionClassifier.CheckpointOf(model), CPU);
        IReadOnlyList<string> classes = classifier.Card.Classes;
        Table table = Screen.Table(console, ["file", "emotion", .. classes.Select(c => $">{c} %")]);
        if (format == "csv")
        {
            output.WriteLine($"file,emotion,{string.Join(',', classes)}");
        }

        int failed = 0;
        for (int i = 0; i < files.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            double[] shares;
            try
            {
                shares = classifier.Classify([AudioFile.Read(files[i])])[0];
            }
            catch (InputException e)
            {
                // One bad file must not hide the answers for the others.
                listener.Say($"error: {e.Message}");
                failed++;
                continue;
            }

            string emotion = classes[Array.IndexOf(shares, shares.Max())];
            switch (format)
            {
                case "csv":
                    output.WriteLine($"\"{files[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\",{emotion},{string.Join(',', shares.Select(s => $"{s:r}"))}");
                    break;
                case "json":
                    output.WriteLine(JsonSerializer.Serialize(new { file = files[i], emotion, probabilities = classes.Zip(shares).ToDictionary(p => p.First, p => p.Second) }));
                    break;
                default:
                    table.Row([files[i], emotion, .. shares.Select(s => $"{100 * s:f1}")]);
                    break;
            }

            listener.Progress("predict", i + 1, files.Length);
        }

        if (format == "table")
        {
            console.Write(table);
        }

        return failed == 0 ? App.Done : App.WrongInput;
    }
}
