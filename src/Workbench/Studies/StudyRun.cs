using SpeechEmotion.Configuration;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;

namespace SpeechEmotion.Studies;

/// <summary>One run of a study: a cell of its matrix of models, label sets, folds and seeds.</summary>
/// <param name="Key">Which run it is; its model is the <see cref="StudySystem.Name"/>.</param>
/// <param name="Config">The run's resolved config.</param>
/// <param name="Folder">The run's folder.</param>
/// <param name="Conditions">The conditions under which the test clips are scored again.</param>
public sealed record StudyRun(RunKey Key, RunConfig Config, RunFolder Folder, IReadOnlyList<Condition> Conditions)
{
    /// <summary>The conditions for which there are no predictions yet.</summary>
    public IEnumerable<Condition> Unscored => Conditions.Where(c => CsvTable.Stored(Folder.Condition(c)) is null);

    /// <summary>True if there is nothing more to do: the run is finished and scored under every condition. Without weights, as in published
    /// results, a finished run counts as done.</summary>
    public bool Done => Folder.Finished && (!Unscored.Any() || !File.Exists(Folder.Best));

    /// <summary>All runs of a study. For each seed, a fold is done for every model and label set before the next fold begins, so that early
    /// results can be compared.</summary>
    /// <param name="study">The study.</param>
    /// <param name="output">The study's folder.</param>
    /// <returns>The runs in the order in which to do them.</returns>
    /// <exception cref="InputException">The study names a fold that its split does not have.</exception>
    public static IReadOnlyList<StudyRun> All(Study study, string output)
    {
        StudyConfig asked = study.Config;
        IReadOnlyList<StudySystem> systems = StudySystem.Of(asked);
        IReadOnlyList<Condition> conditions = asked.ReadConditions();
        SplitOptions split = study.Resolve(systems[0], asked.Labels[0], 0, asked.Seeds[0]).Split;
        IReadOnlyList<int> folds = asked.Folds.Count > 0 ? asked.Folds : Enumerable.Range(0, SplitFactory.FoldCount(split)).ToArray();
        return
        [
            .. from seed in asked.Seeds
               from fold in folds
               from labels in asked.Labels
               from system in systems
               let key = new RunKey(LabelSets.NameOf(labels), system.Name, fold, seed)
               select new StudyRun(key, study.Resolve(system, labels, fold, seed), RunFolder.Of(output, key), conditions),
        ];
    }
}
