using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Labels;
using SpeechEmotion.Reporting;
using SpeechEmotion.Splits;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Scores a trained run on other data.</summary>
public static class Evaluator
{
    /// <summary>Scores every utterance of a corpus that the run neither trained nor selected on, nor, where its split keeps speakers apart, any other of their
    /// speakers, and writes RUN/evaluations/NAME.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="config">Its config.</param>
    /// <param name="data">The sound to score.</param>
    /// <param name="corpus">One corpus of it, or null for all.</param>
    /// <param name="listener">Hears what was left out.</param>
    /// <returns>The folder that was written, and the metrics.</returns>
    /// <exception cref="InputException">Nothing is left to score, or the checkpoint cannot be read.</exception>
    public static (string Folder, MetricsSummary Metrics) Run(RunFolder run, RunConfig config, SpeechData data, string? corpus, IRunListener listener)
    {
        Device device = Devices.Open(config);
        LabelSet labels = LabelSets.Load(config.Data.Labels);
        (IReadOnlyList<Utterance> all, IReadOnlyDictionary<string, int> classes) = data.Select(labels);
        Split split = SplitFile.ReadKeys(run.Split);
        HashSet<string> seen = [.. split.Train, .. split.Validation];
        Utterance[] candidates = all.Where(u => corpus is null || u.Corpus == corpus).ToArray();

        // The same sound under another name is as well known.
        HashSet<string> heard = [.. all.Where(u => seen.Contains(u.Key)).Select(u => u.Sound)];
        HashSet<string> voices = [.. all.Where(u => seen.Contains(u.Key)).Select(u => u.Speaker)];
        Utterance[] used = candidates.Where(u => !seen.Contains(u.Key) && !heard.Contains(u.Sound) && !(split.SpeakersApart && voices.Contains(u.Speaker))).ToArray();
        bool overlap = used.Any(u => voices.Contains(u.Speaker));
        if (used.Length < candidates.Length)
        {
            listener.Say($"{candidates.Length - used.Length} utterances that the run trained or selected on{(split.SpeakersApart ? ", or of the same speakers," : "")} are left out");
        }

        if (used.Length == 0)
        {
            throw new InputException(
                $"{run.Path}: nothing to score: {(corpus is null ? "the data" : $"corpus {corpus}")} has {candidates.Length} utterances with labels of '{labels.Name}', and the run has seen them all");
        }

        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(run.Best);
        using EmotionModel owned = model;
        model.to(device);
        IReadOnlyDictionary<string, Feature> features = data.Features(used, card.Features, device, listener);
        if (card.Normaliser.Kind == "speaker")
        {
            Dictionary<string, string> speakers = used.ToDictionary(u => u.Key, u => u.Speaker);
            features = Normaliser.BySpeaker(speakers.Keys.ToDictionary(k => k, k => features[k]), k => speakers[k]).Features;
        }

        using ClipSet clips = new([.. used.Select(u => features[u.Key])], [.. used.Select(u => classes[u.Key])], card.Normaliser, device);
        IReadOnlyList<Prediction> rows = Predictor.Rows(
            Predictor.Logits(model, clips, config.Train.BatchSize), used, used.Select(u => classes[u.Key]).ToArray());

        RunFolder target = new(Path.Combine(run.Path, "evaluations", corpus ?? "all"));
        PredictionsFile.Write(target.Predictions, labels.Classes, rows);
        MetricsSummary metrics = Metrics.Compute(rows, labels.Classes);
        MetricsFile.Write(target.Metrics, rows, labels.Classes);
        RunResult result = new(config.Model.Name, labels.Name, labels.Classes, config.Split.Fold, config.Seed, rows, [], FactsFile.Read(run.Environment));
        RunReport.Write(target.Path, result, $"{Studies.ProtocolText.VoiceOf(rows)}Trained in {Path.GetFileName(run.Path)}, scored on {corpus ?? "all of the data"}.{(overlap ? " Speakers overlap between training and test: these figures flatter." : "")}");
        return (target.Path, metrics);
    }
}
