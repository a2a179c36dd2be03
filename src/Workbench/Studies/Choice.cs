using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Studies;

/// <summary>Validation result of one setting of a search or an ablation.</summary>
/// <param name="System">The setting.</param>
/// <param name="Labels">Label set.</param>
/// <param name="Runs">Number of finished runs in the score.</param>
/// <param name="Score">Mean over runs of the score (<see cref="ChoiceReport"/>), 0 to 1.</param>
/// <param name="Difference">Mean difference to the first setting over the runs (folds and seeds) that both have; NaN where there are
/// none.</param>
/// <param name="Error">Standard error of that mean difference; NaN for the first setting and for fewer than two runs.</param>
/// <param name="Seconds">Mean training time of a run, in seconds.</param>
public sealed record Choice(StudySystem System, string Labels, int Runs, double Score, double Difference, double Error, double Seconds)
{
    /// <summary>The score in percent.</summary>
    public string ScoreText => ReportText.Percent(Score);

    /// <summary>The difference in percentage points with its sign; empty where there is none.</summary>
    public string DifferenceText => double.IsNaN(Difference) ? "" : ReportText.Points(Difference);

    /// <summary>The standard error in percentage points; empty where there is none.</summary>
    public string ErrorText => double.IsNaN(Error) ? "" : ReportText.Percent(Error);

    /// <summary>Results of one model's settings that have at least one finished run, in the study's order.</summary>
    internal static Choice[] Of(IReadOnlyList<StudySystem> systems, IReadOnlyList<RunResult> results, string labels)
    {
        ILookup<string, RunResult> of = results.ToLookup(r => r.Model);
        Dictionary<(int, int), double> first = of[systems[0].Name].ToDictionary(r => (r.Fold, r.Seed), ScoreOf);
        return [.. systems.Where(s => of[s.Name].Any()).Select(system =>
        {
            RunResult[] runs = [.. of[system.Name]];
            double[] apart = [.. runs.Where(r => first.ContainsKey((r.Fold, r.Seed))).Select(r => ScoreOf(r) - first[(r.Fold, r.Seed)])];
            double mean = apart.Length == 0 ? double.NaN : apart.Average();
            double error = apart.Length < 2 || system == systems[0]
                ? double.NaN
                : Math.Sqrt(apart.Sum(d => (d - mean) * (d - mean)) / (apart.Length - 1) / apart.Length);
            return new Choice(system, labels, runs.Length, runs.Average(ScoreOf), mean, error, runs.Average(r => r.Facts.TrainSeconds));
        })];
    }

    private static double ScoreOf(RunResult run) => run.History.TakeLast(ChoiceReport.LastEpochs).Average(row => row.ValidationUar);
}
