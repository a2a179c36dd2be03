using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>`ser predict FILE...`: the emotion of sound files.</summary>
internal static class PredictCommand
{
    /// <summary>Least number of clips to normalise by; with fewer, the note says so.</summary>
    private const int Enough = 10;

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
            Description = "A run folder, a checkpoint, or a released model's name; default the first released model. "
                + "Only released models can answer 'not sure'",
            HelpName = "RUN",
        };
        Option<string> format = new("--format") { Description = "table, json (a line a file) or csv", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        Option<string?> normalise = new("--normalise")
        {
            Description = "Normalise by the mean and deviation of the given clips instead of those of the training clips. Give ten or "
                + "more, recorded alike and in all emotions: where emotions are missing it does harm. Default: as the model was trained",
            HelpName = "corpus",
        };
        normalise.AcceptOnlyFromAmong("corpus");
        return new Verb(
            "predict",
            "Tell the emotion of sound files.",
            "ser predict clip.wav",
            "ser predict clip.wav --model six                                # six emotions",
            "ser predict recordings/ --normalise corpus                      # ten or more, recorded alike, in all emotions",
            "ser predict recordings/ --model runs/cnn-four-fold0-seed1 --format csv > emotions.csv")
        { files, model, format, normalise }.Does((parse, console, stop) => Run(
            parse.GetRequiredValue(files),
            ModelFiles.Choose(parse.GetValue(model) is string named ? [named] : [], ModelFiles.Released())[0],
            parse.GetValue(normalise) is not null,
            AnswerWriter.For(parse.GetRequiredValue(format), console, parse.InvocationConfiguration.Output),
            RunListener.OnConsole(parse.InvocationConfiguration.Error, stop),
            stop));
    }

    private static int Run(
        string[] paths, ModelFile model, bool together, AnswerWriter answers, RunListener listener, CancellationToken stop)
    {
        string[] given = [.. paths.SelectMany(SoundPaths.Expand).Distinct()];
        List<string> files = [.. given];
        using EmotionClassifier classifier = new(model.Path);
        if (together)
        {
            classifier.Card.Normaliser.RequireReplaceable(model.Name);
            classifier.NormaliseBy(Features());
            if (files.Count == 0)
            {
                return App.WrongInput; // What is wrong with each file has been said.
            }

            listener.Say($"note: clips are normalised by all {files.Count:N0} together, so each answer depends on what the others are"
                + (files.Count < Enough ? $"; so few say little of how they were recorded: give {Enough} or more, in all emotions" : ""));
        }

        answers.Start(classifier.Card.Classes);
        int answered = 0;
        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                answered += Try(files[i], clip => Answer(files[i], clip)) ? 1 : 0;
                if (files.Count > 1 && !answers.OnTerminal)
                {
                    listener.Progress("predict", i + 1, files.Count);
                }
            }
        }
        finally
        {
            answers.End(); // Stopped or not, what was answered is shown.
        }

        return answered == given.Length ? App.Done : App.WrongInput;

        // Features of the clips that can be read; the others are removed, so that they are not classified afterwards. Features are not
        // kept, so that memory does not grow with the folder: each file is read a second time to be classified.
        IEnumerable<Feature> Features()
        {
            for (int i = 0; i < given.Length; i++)
            {
                Feature? heard = null;
                if (Try(given[i], clip => heard = clip.Feature))
                {
                    yield return heard!;
                }
                else
                {
                    files.Remove(given[i]);
                }

                listener.Progress("normalise", i + 1, given.Length);
            }
        }

        void Answer(string file, HeardClip clip)
        {
            if (clip.Part.Cut)
            {
                listener.Say($"note: {file}: the model hears at most {clip.Part.End - clip.Part.Start:0.#} s at a time; the answer is of "
                    + $"{clip.Part.Start:0.0} to {clip.Part.End:0.0} s");
            }

            EmotionAnswer answer = EmotionAnswer.Of(classifier.Card, classifier.Classify([clip.Feature])[0]);
            answers.Write(file, model.Name, answer, clip.Part);
        }

        // One file at a time, so that an answer does not depend on the other files, not even in rounding; and one bad file must not hide
        // other answers.
        bool Try(string file, Action<HeardClip> work)
        {
            HeardClip clip;
            try
            {
                clip = classifier.Hear(Recording.Read(file), file);
            }
            catch (Exception e) when (e is InputException or IOException)
            {
                string reason = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message;
                listener.Say($"error: {(e is InputException ? e.Message : $"{file}: {reason.ReplaceLineEndings(" ")}")}");
                return false;
            }

            work(clip); // Outside: an answer that cannot be written is no fault of the file's.
            return true;
        }
    }
}
