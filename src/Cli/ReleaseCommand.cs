using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Cli;

/// <summary>`ser release STUDY`: a calibrated model with its card, to ship.</summary>
internal static class ReleaseCommand
{
    public static Command Build()
    {
        Argument<string> study = new("study") { Description = "The folder of a finished study, with its checkpoints", HelpName = "STUDY" };
        Option<string> labels = new("--labels") { Description = "Label set", HelpName = "NAME", Required = true };
        Option<string?> model = new("--model")
        {
            Description = "Architecture; by default the one with the best mean validation UAR",
            HelpName = "NAME",
        };
        Option<int> fold = new("--fold")
        {
            Description = "The fold whose run gives the weights",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        Option<int> seed = new("--seed") { Description = "The seed of that run", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string?> weights = new("--weights")
        {
            Description = "A further run of the same recipe that kept fewer speakers back: its weights are shipped",
            HelpName = "RUN",
        };
        Option<string> output = new("--out")
        {
            Description = "Folder of released models",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("results", "released"),
        };
        return new Verb(
            "release",
            "Make a model to ship out of a study: weights, calibration and a model card.",
            "ser release runs/merged --labels four --fold 4      # results/released/four.ser and its card")
        { study, labels, model, fold, seed, weights, output }.Does((parse, console, _) => Run(
            console,
            Release.Make(
                new StudyFolder(parse.GetRequiredValue(study)),
                parse.GetRequiredValue(labels),
                parse.GetValue(model),
                parse.GetValue(fold),
                parse.GetValue(seed),
                parse.GetValue(weights),
                Target.Folder(parse.GetRequiredValue(output), output.Name)),
            Path.Combine(parse.GetRequiredValue(output), parse.GetRequiredValue(labels))));
    }

    private static int Run(IAnsiConsole console, ReleaseFacts facts, string path)
    {
        string before = ReportText.Percent(Calibration.Error(facts.Scores.Before));
        string after = ReportText.Percent(Calibration.Error(facts.Scores.After));
        console.Line(
            $"{path}.ser: {facts.Run.Model}, temperature {facts.Scores.Temperature:0.00}, calibration error on test speakers "
            + $"{before} to {after} points; {path}.md is its card");
        return App.Done;
    }
}
