using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser describe MODEL`: layers, shapes, parameters and multiply-accumulates.</summary>
internal static class DescribeCommand
{
    private const double Seconds = 3;

    public static Command Build()
    {
        Argument<string> model = new("model")
        {
            Description = $"{string.Join(", ", ModelCatalog.Names)}, or a config file",
            HelpName = "MODEL",
        };
        Option<string[]> set = SharedOptions.Set();
        Option<int?> classes = new("--classes") { Description = "Number of classes; default those of data.labels", HelpName = "N" };
        return new Verb(
            "describe",
            "Show an architecture's layers, shapes, parameters and multiply-accumulates for a clip of 3 s.",
            "ser describe cnn",
            "ser describe lstm --set features.mels=128     # with another front end")
        { model, set, classes }.Does((parse, console, _) =>
        {
            RunConfig run = Resolve(parse.GetRequiredValue(model), parse.GetRequiredValue(set));
            return Run(console, run, parse.GetValue(classes) ?? LabelSets.Load(run.Data.Labels).Classes.Count);
        });
    }

    /// <summary>The run config of a config file, or the shipped one for a catalog name.</summary>
    private static RunConfig Resolve(string model, IReadOnlyList<string> set)
    {
        if (model.EndsWith(".yaml", StringComparison.Ordinal) || File.Exists(model))
        {
            return ConfigReader.ReadRun([model], set);
        }

        if (!ModelCatalog.Names.Contains(model))
        {
            throw new InputException(
                $"{model} is neither a config file nor one of {string.Join(", ", ModelCatalog.Names)}"
                + Nearest.Hint(model, ModelCatalog.Names));
        }

        string?[] shipped = [Shipped.Find("base.yaml"), Shipped.Find($"models/{model}.yaml")];
        return ConfigReader.ReadRun([.. shipped.OfType<string>()], [$"model.name={model}", .. set]);
    }

    private static int Run(IAnsiConsole console, RunConfig run, int classes)
    {
        if (classes < 2)
        {
            throw new InputException($"--classes {classes}: a classifier needs 2 or more");
        }

        ModelShape shape = new(run.Features.Width, classes);
        int frames = run.Features.Frames(Seconds);
        using EmotionModel model = run.Model.Create(shape);
        TorchLog.ErrorsOnly(); // The model has loaded torch.
        IReadOnlyList<LayerRow> rows = ModelSummary.Describe(model, shape, frames);
        (long parameters, long? macs) = ModelSummary.Total(rows);

        console.Line($"{run.Model.Name}: {frames} frames of {shape.Features} values ({Seconds:0} s) to {classes} classes");
        Table table = Screen.Table(console, "layer", "type", "output", ">parameters", ">MACs");
        foreach (LayerRow row in rows)
        {
            string output = row.OutputShape is null ? ReportText.None : string.Join(" × ", row.OutputShape);
            table.Row(row.Name, row.Type, output, $"{row.Parameters:N0}", Macs(row.Macs));
        }

        table.Row("total", "", "", $"{parameters:N0}", Macs(macs));
        console.Show(table);
        if (macs is null)
        {
            console.Line($"{ReportText.None}: not known for layers of this kind, nor in total; reports leave the model's MACs out");
        }

        return App.Done;

        static string Macs(long? macs) => macs is long known ? $"{known:N0}" : ReportText.None;
    }
}
