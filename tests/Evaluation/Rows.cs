using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

/// <summary>Predictions made up for the tests.</summary>
internal static class Rows
{
    public static readonly string[] Four = ["anger", "happy", "neutral", "sad"];

    public static readonly string[] Six = ["anger", "happy", "neutral", "sad", "fear", "disgust"];

    /// <summary>A prediction that answers one class with a probability of 0.9.</summary>
    public static Prediction Row(int truth, int predicted, int classes, string speaker, string key) => new(
        key, "ravdess", speaker, "female", truth,
        [.. Enumerable.Range(0, classes).Select(c => c == predicted ? 0.9 : 0.1 / (classes - 1))]);

    /// <summary>Predictions for speakers with the same number of clips of each class. Each speaker has its own recall around the mean, as
    /// real ones do.</summary>
    public static Prediction[] Study(
        Random random, int speakers, int clipsPerClass, int classes = 4, double mean = 0.6, double spread = 0.12)
    {
        List<Prediction> rows = [];
        for (int s = 0; s < speakers; s++)
        {
            // Uniform and never clipped at 0 or 1, so that the mean over speakers is known exactly.
            double recall = mean + spread * Math.Sqrt(3) * (2 * random.NextDouble() - 1);
            for (int clip = 0; clip < classes * clipsPerClass; clip++)
            {
                int truth = clip % classes;
                int predicted = random.NextDouble() < recall ? truth : (truth + 1 + random.Next(classes - 1)) % classes;
                rows.Add(Row(truth, predicted, classes, $"s{s:00}", $"s{s:00}/{clip}"));
            }
        }

        return [.. rows];
    }

    public static RunResult Run(string model, string labels, int fold, int seed, IReadOnlyList<Prediction> predictions) => new(
        new RunKey(labels, model, fold, seed), labels == "six" ? Six : Four, predictions, [],
        new RunFacts(
            1000, 2000, 10 * seed, 100 * seed, 3, "patience", true, "cpu", "a machine", "abc", "def", new Dictionary<string, string>()));
}
