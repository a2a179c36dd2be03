using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser evaluate RUN`: a trained model on other data.</summary>
internal static class EvaluateCommand
{
    public static Command Build()
    {
        Argument<string> run = new("run")
        {
            Description = "The folder of a finished run, or a released model's name or file",
            HelpName = "RUN",
        };
        Option<string?> data = SharedOptions.Data(
            "; default the one that the run was trained on, and of a released model the built-in synthetic voice");
        Option<string?> corpus = new("--on") { Description = "One corpus; default all that the folder holds", HelpName = "CORPUS" };
        Option<string[]> alter = new("--alter")
        {
            Description = "Alter the sound first, by a key of the config's augment section that alters copies, such as noise_db=10; "
                + "may be repeated",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => [],
        };
        Option<string?> normalise = new("--normalise")
        {
            Description = "Normalise by the mean and deviation of all scored clips of a speaker or corpus instead of those of the training "
                + "clips. It uses no labels, but needs many clips, in all emotions. Default: as the model was trained",
            HelpName = "speaker|corpus",
        };
        normalise.AcceptOnlyFromAmong("speaker", "corpus");
        Option<string?> output = new("--out")
        {
            Description = "Folder for the scores; default RUN/evaluations/CORPUS, with what is altered or normalised; "
                + "of a released model runs/evaluations/NAME/CORPUS, of another file beside it",
            HelpName = "DIR",
        };
        return new Verb(
            "evaluate",
            "Score a trained model on data that it neither trained nor selected on.",
            "ser evaluate runs/cnn-four-fold0-seed1 --data DIR --on cremad",
            "ser evaluate four --data DIR --on emodb                          # the released model in German",
            "ser evaluate four --data DIR --on emodb --normalise corpus       # and normalised by that corpus's own clips",
            "ser evaluate four --data DIR --alter noise_db=10 --alter room_seconds=0.6     # and in a noisy room")
        { run, data, corpus, alter, normalise, output }.Does((parse, console, stop) => Run(
            console,
            parse.GetRequiredValue(run),
            parse.GetValue(data),
            parse.GetValue(corpus),
            parse.GetRequiredValue(alter),
            parse.GetValue(normalise),
            Target.Folder(parse.GetValue(output), output.Name),
            RunListener.OnConsole(parse.InvocationConfiguration.Error, stop)));
    }

    private static int Run(
        IAnsiConsole console, string name, string? data, string? corpus, string[] alter, string? normalise, string? output,
        RunListener listener)
    {
        Alteration? alteration = alter.Length == 0 ? null : Alteration.Read(alter, "--alter");
        ScoredModel model = Directory.Exists(name)
            ? ScoredModel.Of(new RunFolder(name))
            : ScoredModel.Of(ModelFiles.Named(name));
        DataOptions source = new() { Root = data ?? model.Config.Data.Root, Corpora = corpus is null ? [] : [corpus] };
        string?[] how = [corpus ?? "all", alteration?.Name, normalise is null ? null : $"normalise={normalise}"];
        RunFolder folder = Evaluator.Run(
            model, SpeechData.Open(source, listener), corpus, alteration, normalise,
            output ?? Path.Combine(model.Home, string.Join(',', how.OfType<string>())), listener);
        PredictionTable table = PredictionsFile.Read(folder.Predictions);
        MetricsTable.Show(console, "test", table.Rows, table.Classes);
        if (ProtocolText.VoiceOf(table.Rows).Length > 0)
        {
            console.Line(ProtocolText.SyntheticVoiceInShort);
        }

        console.Line($"{folder.Path}: confusion.html, confusion.png, predictions.csv");
        return App.Done;
    }
}
