using System.CommandLine;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser export RUN`: trained weights for other programs.</summary>
internal static class ExportCommand
{
    public static Command Build()
    {
        Argument<string> model = new("run") { Description = "A run folder, a checkpoint, or a released model's name", HelpName = "RUN" };
        Option<string> output = new("--out") { Description = "The file to write", HelpName = "FILE", Required = true };
        return new Verb(
            "export",
            "Write a trained model's weights as safetensors, for PyTorch and others "
                + "(docs/rebuild_in_pytorch.py rebuilds the main architectures and the released models).",
            "ser export runs/cnn-four-fold0-seed1 --out cnn.safetensors")
        { model, output }.Does((parse, console, _) =>
        {
            string file = Target.File(parse.GetRequiredValue(output), output.Name);
            ModelCard card = WeightExchange.Export(ModelFiles.Named(parse.GetRequiredValue(model)).Path, file);
            console.Line($"{file}: {card.Name}, {card.Classes.Count} classes ({string.Join(", ", card.Classes)})");
            return App.Done;
        });
    }
}
