using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Audio;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser predict FILE...`: the emotion of sound files.</summary>
internal static class PredictCommand
{
    public static Command Build()
    {
        Argument<string[]> files = new("file")
        {
            Description = "Sound files, folders of them, or patterns such as 'clips/**/*.wav'",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> model = new("--model")
        {
            Description = "A run folder, a checkpoint, or a released model's name; default the first released model",
            HelpName = "RUN",
        };
        Option<string> format = new("--format") { Description = "table, json (a line a file) or csv", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        return new Verb(
            "predict",
            "Tell the emotion of sound files.",
            "ser predict clip.wav",
            "ser predict clip.wav --model six                                # six emotions",
            "ser predict recordings/ --model runs/cnn-four-fold0-seed1 --format csv > emotions.csv")
        { files, model, format }.Does((parse, console, stop) => Run(
            parse.GetRequiredValue(files),
            ModelFiles.Choose(parse.GetValue(model) is string named ? [named] : [], ModelFiles.Released())[0],
            AnswerWriter.For(parse.GetRequiredValue(format), console, parse.InvocationConfiguration.Output),
            RunListener.OnConsole(parse.InvocationConfiguration.Error, stop),
            stop));
    }

    private static int Run(string[] paths, ModelFile model, AnswerWriter answers, RunListener listener, CancellationToken stop)
    {
        string[] files = [.. paths.SelectMany(SoundPaths.Expand).Distinct()];
        using EmotionClassifier classifier = new(model.Path);
        answers.Start(classifier.Card.Classes);
        int failed = 0;
        try
        {
            for (int i = 0; i < files.Length; i++)
            {
                stop.ThrowIfCancellationRequested();
                failed += Answer(files[i]) ? 0 : 1;
                if (files.Length > 1 && !answers.OnTerminal)
                {
                    listener.Progress("predict", i + 1, files.Length);
                }
            }
        }
        finally
        {
            answers.End(); // Stopped or not, what was answered is shown.
        }

        return failed == 0 ? App.Done : App.WrongInput;

        bool Answer(string file)
        {
            try
            {
                // One at a time, so that what else is asked about changes not even the rounding.
                Waveform wave = Recording.Read(file);
                answers.Write(file, model.Name, EmotionAnswer.Of(classifier.Card, classifier.Classify([wave])[0]));
                return true;
            }
            catch (Exception e) when (e is InputException or IOException)
            {
                // One bad file must not hide the answers for the others.
                listener.Say($"error: {(e is InputException ? e.Message : $"{file}: {e.Message.ReplaceLineEndings(" ")}")}");
                return false;
            }
        }
    }
}
