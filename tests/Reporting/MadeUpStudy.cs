using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

/// <summary>Results from a seeded generator, as a real study would leave them.</summary>
internal static class MadeUpStudy
{
    public static readonly StudyConfig Study = new()
    {
        Name = "made-up",
        Question = "Which of four architectures hears acted emotion best in speakers it never heard, "
            + "and what do six classes cost over four?",
        Models = ["mlp.yaml", "cnn.yaml", "lstm.yaml", "cnn_lstm.yaml"],
        Labels = ["four", "six"],
        Folds = [0, 1, 2],
        Seeds = [1],
    };

    public static readonly StudyNotes Notes = new(
        "The voice is synthetic: pitch, rate and loudness follow the emotion by rule. These figures say nothing about people.",
        "dotnet run -c Release --project src/Cli -- compare experiments/quickstart/study.yaml")
    {
        Protocol = "Three folds; training, validation and test share no speaker.",
    };

    public static IReadOnlyList<RunResult> Results(bool apart = true, string[]? models = null) =>
        [.. new[] { ("four", Rows.Four), ("six", Rows.Six) }.SelectMany(set => (models ?? ["MLP", "CNN", "LSTM", "CNN-LSTM"])
            .SelectMany((model, m) => Enumerable.Range(0, 3).Select(fold => Run(model, m, set.Item1, set.Item2, fold, apart))))];

    public static RunResult Run(string model, int skill, string labels, string[] classes, int fold, bool apart = true)
    {
        Random random = new(1000 * skill + 10 * fold + classes.Length);
        double strength = 0.7 + 0.25 * skill - (skill == 3 ? 0.22 : 0);
        Prediction[] predictions =
        [
            .. from speaker in Enumerable.Range(0, 8)
               from clip in Enumerable.Range(0, 48)
               let truth = clip % 6
               where truth < classes.Length
               select new Prediction(
                   $"synthetic/{fold}-{speaker}-{clip}", "synthetic", $"synthetic/{fold * 8 + speaker:00}",
                   speaker % 2 == 0 ? "female" : "male", truth, Probabilities(random, truth, classes.Length, strength)),
        ];
        EpochRow[] history = [.. Enumerable.Range(1, 18 + random.Next(12)).Select(epoch => new EpochRow(
            epoch,
            1.5 * Math.Exp(-epoch / 9.0) + 0.05 * random.NextDouble(),
            1.0 * Math.Exp(-epoch / 6.0) + 0.5 + 0.012 * epoch + 0.06 * random.NextDouble(),
            1.0 / classes.Length + (0.25 + 0.1 * skill) * (1 - Math.Exp(-epoch / 5.0)) + 0.06 * random.NextDouble(),
            1e-3,
            2.5))];
        long parameters = new long[] { 61_444, 98_212, 182_300, 512_004 }[skill];
        return new RunResult(new RunKey(labels, model, fold, 1), classes, predictions, history, new RunFacts(
            parameters, parameters * (skill % 2 == 0 ? 12 : 130), 42.5 * (skill + 1), 850.0 / (skill + 1),
            history.Length - 6, "no better validation UAR for 6 epochs", apart, "cpu", "Intel Xeon, 2 cores, Debian 12",
            "1f3c9ab+", "ab12cd34ef56ab12cd34ef56ab12cd34ef56ab12cd34ef56ab12cd34ef56ab12",
            new Dictionary<string, string> { ["TorchSharp"] = "0.107.0", ["libtorch"] = "2.10.0", [".NET"] = "10.0.0" }));
    }

    private static double[] Probabilities(Random random, int truth, int count, double strength)
    {
        double[] scores = [.. Enumerable.Range(0, count).Select(c =>
        {
            double known = (c == truth ? strength : 0) + (c == (truth + 1) % count ? 0.5 : 0);
            return Math.Exp(known + 2 * random.NextDouble());
        })];
        return [.. scores.Select(score => score / scores.Sum())];
    }
}
