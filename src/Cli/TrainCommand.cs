using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser train CONFIG...`: one run.</summary>
internal static class TrainCommand
{
    public static Command Build()
    {
        Argument<string[]> configs = new("config")
        {
            Description = "Config files, later ones laid over earlier ones",
            HelpName = "CONFIG",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> data = SharedOptions.Data(SharedOptions.SyntheticVoice);
        Option<string[]> set = SharedOptions.Set();
        Option<string?> output = new("--out") { Description = "The run's folder; default runs/MODEL-LABELS-foldF-seedS", HelpName = "DIR" };
        Option<bool> resume = new("--resume") { Description = "Go on from the last checkpoint in the folder" };
        return new Verb(
            "train",
            "Train and test one model.",
            "ser train configs/base.yaml configs/models/cnn.yaml                      # on the built-in synthetic voice",
            "ser train configs/base.yaml configs/models/lstm.yaml --data DIR --set split.kind=merged --set split.fold=2")
        { configs, data, set, output, resume }.Does((parse, console, stop) => Run(
            console,
            ConfigReader.ReadRun(
                parse.GetRequiredValue(configs), SharedOptions.WithData(parse.GetRequiredValue(set), parse.GetValue(data)), toTrain: true),
            Target.Folder(parse.GetValue(output), output.Name),
            parse.GetValue(resume),
            RunListener.OnConsole(parse.InvocationConfiguration.Error, stop),
            stop));
    }

    private static int Run(
        IAnsiConsole console, RunConfig config, string? output, bool resume, RunListener listener, CancellationToken stop)
    {
        RunFolder folder = new(output ?? Path.Combine(
            "runs", $"{config.Model.Name}-{LabelSets.NameOf(config.Data.Labels)}-fold{config.Split.Fold}-seed{config.Seed}"));
        using IDisposable held = folder.TryLock()
            ?? throw new InputException(
                $"{folder.Path}: another process is training here; wait for it, or choose another folder with --out");
        listener.Log = folder.Log;
        SpeechData data = SpeechData.Open(config.Data, listener);
        new Runner(data, listener).Run(config, folder, resume, stop);
        RunResult run = folder.Read(config);
        MetricsTable.Show(console, config.Split.Scored, run.Predictions, run.Classes);
        if (data.Synthetic)
        {
            console.Line(ProtocolText.SyntheticVoiceInShort);
        }

        console.Line($"{folder.Path}: confusion.html, confusion.png, predictions.csv, checkpoints");
        return App.Done;
    }
}
