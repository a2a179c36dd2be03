using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Training;

/// <summary>Scores a trained model on other data.</summary>
public static class Evaluator
{
    /// <summary>Scores the utterances of a corpus and writes predictions, metrics and pictures. Utterances that the model trained or was
    /// selected on are left out, and so are all others of the same speakers if the model's split is speaker-independent.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data to score.</param>
    /// <param name="corpus">One corpus of the data, or null for all.</param>
    /// <param name="alteration">How the clips' sound is altered before its features are computed; null leaves it as it is.</param>
    /// <param name="normalise">`speaker` or `corpus`: clips are normalised by the mean and deviation of all scored clips of their speaker
    /// or corpus, instead of those of the training clips (Schuller et al., IEEE Transactions on Affective Computing 1(2), 2010); null keeps
    /// the model's own normalisation.</param>
    /// <param name="target">The folder to write.</param>
    /// <param name="listener">Receives messages about what was left out and how to read the scores.</param>
    /// <returns>The folder that was written.</returns>
    /// <exception cref="InputException">The folder is a run's own, nothing is left to score, the checkpoint cannot be read, or
    /// <paramref name="normalise"/> is given and the model's normalisation cannot be replaced.</exception>
    public static RunFolder Run(
        ScoredModel model, SpeechData data, string? corpus, Alteration? alteration, string? normalise, string target, IRunListener listener)
    {
        RunFolder folder = new(target);
        if (File.Exists(folder.Config))
        {
            throw new InputException($"{target}: is a run's own folder, whose predictions would be lost; choose another with --out");
        }

        LabelSet labels = Labels(model, listener);
        (IReadOnlyList<Utterance> all, IReadOnlyDictionary<string, int> classes) = data.Select(labels);
        data.SayLeftOut(labels, listener);
        (Utterance[] used, string note) = Unheard(model, all, data, labels, corpus, listener);

        using TrainedModel trained = new(model.Checkpoint, labels, model.Config);
        if (normalise is not null)
        {
            trained.Card.Normaliser.RequireReplaceable(model.Name);
        }

        Func<Utterance, string>? groupOf = normalise switch { "speaker" => u => u.Speaker, "corpus" => u => u.Corpus, _ => null };
        if (groupOf is not null)
        {
            string own = $"clips are normalised by all that are scored of their {normalise}, whatever emotion each has, "
                + "so these figures stand apart from those of single clips";
            note += $" {Findings.Capital(own)}.";
            listener.Say($"note: {own}");
        }

        IReadOnlyList<Prediction> rows = trained.Score(data, used, classes, alteration, listener, groupOf);
        string altered = alteration is null ? "" : $", its sound altered ({alteration.Title})";
        string about = $"{ProtocolText.VoiceOf(rows)}{model.Name}, scored on {corpus ?? "all of the data"}{altered}.{note}";
        PredictionsFile.Write(folder.Predictions, labels.Classes, rows);
        EvaluationFacts facts = new(
            model.Name, trained.Card.Name, labels.Name, corpus, alteration?.Name, normalise, about,
            trained.DeviceName, Provenance.Machine, Provenance.Commit, Provenance.DataHash(used), Provenance.Versions);
        FactsFile.Write(folder.Environment, facts);
        Report(folder, facts, new PredictionTable(labels.Classes, rows));
        return folder;
    }

    /// <summary>Writes metrics and pictures again, from the saved predictions.</summary>
    /// <param name="folder">What <see cref="Run"/> has written.</param>
    /// <exception cref="InputException">A file in the folder is damaged.</exception>
    public static void Report(RunFolder folder) =>
        Report(
            folder,
            FactsFile.Read<EvaluationFacts>(folder.Environment),
            PredictionsFile.Read(folder.Predictions));

    private static void Report(RunFolder folder, EvaluationFacts facts, PredictionTable table)
    {
        MetricsFile.Write(folder.Metrics, table.Rows, table.Classes);
        RunReport.Write(folder.Path, facts.Architecture, facts.Labels, table, facts.About);
    }

    /// <summary>The label set that the model was trained on, as its file is now, since corpora may have been added to it; where that is not
    /// here, as it was.</summary>
    private static LabelSet Labels(ScoredModel model, IRunListener listener)
    {
        bool here = LabelSets.WhyNone(model.Labels) is null;
        if (here && model.OwnLabels is string own && File.ReadAllText(own) != File.ReadAllText(model.Labels))
        {
            listener.Say($"note: {model.Labels} has changed since {model.Name} was trained, and is taken as it is now; as it was: {own}");
        }

        return LabelSets.Load(
            here ? model.Labels : model.OwnLabels ?? model.Labels,
            $"{model.Name}: the labels that it was trained on (a file of that name may stand in configs/labels of the working folder)");
    }

    /// <summary>The utterances to score, and a note that a reader of the scores must know.</summary>
    private static (Utterance[] Used, string Note) Unheard(
        ScoredModel model, IReadOnlyList<Utterance> all, SpeechData data, LabelSet labels, string? corpus, IRunListener listener)
    {
        Utterance[] candidates = [.. all.Where(u => corpus is null || u.Corpus == corpus)];
        if (candidates.Length == 0)
        {
            throw data.NoneTaken(labels, $"that of {model.Name}", corpus);
        }

        // The same sound under another key counts as known too.
        Utterance[] known =
        [
            .. There(model, data, corpus, listener)
                .Where(u => model.Keys.Contains(u.Key) || model.Speakers?.Contains(u.Speaker) == true),
        ];
        HashSet<string> heard = [.. known.Select(u => u.Sound)], voices = [.. known.Select(u => u.Speaker)];
        Utterance[] used = [.. candidates.Where(u => !model.Keys.Contains(u.Key)
            && !heard.Contains(u.Sound)
            && !(model.SpeakersApart && voices.Contains(u.Speaker)))];
        if (used.Length < candidates.Length)
        {
            string others = model.SpeakersApart ? ", or of the same speakers," : "";
            listener.Say(
                $"{candidates.Length - used.Length:N0} of {candidates.Length:N0} utterances "
                + $"that {model.Name} trained or was selected on{others} are left out");
        }

        string note = model.Speakers is null
            ? " Its file does not say whom it has heard: where these speakers are among them, the figures flatter."
            : used.Any(u => voices.Contains(u.Speaker))
                ? " Speakers overlap between training and test: these figures flatter."
                : "";
        if (model.Speakers is null)
        {
            listener.Say($"note:{note}");
        }

        return used.Length > 0
            ? (used, note)
            : throw new InputException(
                $"{model.Name}: nothing to score: it has heard all {candidates.Length:N0} utterances of {corpus ?? "the data"} "
                + $"that have labels of '{labels}', or their speakers");
    }

    /// <summary>All clips in the folder of those to score and in the folder of the training data: one corpus alone does not show that its
    /// files are copies of another corpus's files.</summary>
    private static IEnumerable<Utterance> There(ScoredModel model, SpeechData data, string? corpus, IRunListener listener)
    {
        IEnumerable<string> folders = new[] { data.Manifest.Root, model.Config.Data.Root }
            .OfType<string>()
            .Where(Directory.Exists)
            .Select(Path.GetFullPath)
            .Distinct()
            .Except(corpus is null ? [data.Manifest.Root] : []);
        return data.Manifest.Utterances.Concat(folders.SelectMany(Clips));

        IEnumerable<Utterance> Clips(string folder)
        {
            try
            {
                return SpeechData.Scan(folder, [], listener).Manifest.Utterances;
            }
            catch (InputException e)
            {
                listener.Say($"note: {e.Message}; copies of training clips there cannot be told");
                return [];
            }
        }
    }
}
