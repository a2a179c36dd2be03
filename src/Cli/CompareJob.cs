using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Cli;

/// <summary>What `ser compare` was asked for.</summary>
/// <param name="Study">The study.</param>
/// <param name="Folder">Where it goes.</param>
/// <param name="Slurm">Whether a cluster does it.</param>
/// <param name="Jobs">Runs side by side; null chooses.</param>
/// <param name="Wait">Whether to wait for the cluster.</param>
/// <param name="Arguments">This process's own arguments, an option and its value apart.</param>
/// <param name="Listener">Hears how it goes.</param>
internal sealed record CompareJob(Study Study, string Folder, bool Slurm, int? Jobs, bool Wait, string[] Arguments, RunListener Listener)
{
    /// <summary>All runs of the study, in order.</summary>
    public IReadOnlyList<StudyRun> Runs() => StudyRun.All(Study.Config, Study.Resolve, Folder);

    /// <summary>What the study's report is to say beside the figures.</summary>
    /// <param name="runs">As <see cref="Runs"/>.</param>
    /// <param name="ofData">What a reader must know of the data; null says nothing.</param>
    public StudyNotes Notes(IReadOnlyList<StudyRun> runs, string? ofData) => new(
        ofData,
        ProtocolText.Of([.. runs.Select(r => r.Config)]),
        ShellText.Line(["ser", .. Arguments]),
        runs.Count,
        [
            .. from run in runs.DistinctBy(r => r.Model)
               let faults = KnownFaults.Of(run.Config)
               where faults.Count > 0
               select $"{run.Model}: {string.Join("; ", faults)}.",
        ],
        [.. runs.Select(run => run.Key)]);
}
