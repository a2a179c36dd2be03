using System.CommandLine;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser import FILE`: weights that another program has written.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        Argument<string> file = new("file") { Description = "A safetensors file", HelpName = "FILE" };
        Option<string> output = new("--out") { Description = "The checkpoint to write", HelpName = "MODEL", Required = true };
        Option<string?> like = new("--like")
        {
            Description = "A run folder, checkpoint or released model's name of the same model, where the file does not say what it is of",
            HelpName = "RUN",
        };
        return new Verb(
            "import",
            "Make a checkpoint of weights in a safetensors file, such as one that was trained further in PyTorch.",
            "ser import cnn.safetensors --out cnn.ser",
            "ser predict clip.wav --model cnn.ser")
        { file, output, like }.Does((parse, console, _) =>
        {
            string target = Target.File(parse.GetRequiredValue(output), output.Name);
            string? same = parse.GetValue(like) is string model ? ModelFiles.Named(model).Path : null;
            ModelCard card = WeightExchange.Import(parse.GetRequiredValue(file), target, same);
            console.Line($"{target}: {card.Name}, {card.Classes.Count} classes ({string.Join(", ", card.Classes)})");
            return App.Done;
        });
    }
}
