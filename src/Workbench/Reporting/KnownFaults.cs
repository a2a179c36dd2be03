using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;

namespace SpeechEmotion.Reporting;

/// <summary>Settings of a config that flatter or hinder a model. The published system had all of these faults; a report names each one that
/// a run keeps.</summary>
public static class KnownFaults
{
    /// <summary>A sentence for each model that has faults, in the order of the runs.</summary>
    /// <param name="runs">Model and config of each run.</param>
    public static IReadOnlyList<string> Lines(IEnumerable<(string Model, RunConfig Config)> runs) =>
    [
        .. from run in runs.DistinctBy(run => run.Model)
           let faults = Of(run.Config)
           where faults.Count > 0
           select $"{run.Model}: {string.Join("; ", faults)}.",
    ];

    /// <summary>The faults of a run.</summary>
    /// <param name="run">Its config.</param>
    /// <returns>Parts of a sentence; empty for a sound protocol.</returns>
    public static IReadOnlyList<string> Of(RunConfig run)
    {
        List<string> faults = [];
        bool shared = run.Split.File is null && !run.Split.SpeakersApart;
        Add(shared, "speakers are on both sides of the split");
        Add(run.Split.Scored == "all", "rows that it trained on are scored along with the test rows");
        Add(!run.Train.Eval,
            "it is scored in training mode (no eval()): dropout stays on, and each clip is normalised by its own statistics");
        Add(run.Train.Normalise == "none", "features are not scaled");
        Add(run.Model.Name == "feature_lstm", "it recurs over features, from one mel band to the next, and not over time");
        Add(run.Model.Name == "vgg", "it takes rows of the waveform for a picture");
        Add(run.Train.Loss == "binary", "binary cross-entropy is used for classes that exclude each other");
        Add(!ModelCatalog.IsClosedForm(run.Model.Name) && run.Split.Validation == 0 && shared,
            "nothing validates: the last epoch is taken as it comes");
        return faults;

        void Add(bool kept, string fault)
        {
            if (kept)
            {
                faults.Add(fault);
            }
        }
    }
}
