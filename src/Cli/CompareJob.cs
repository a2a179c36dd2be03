using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;
using SpeechEmotion.Studies;

namespace SpeechEmotion.Cli;

/// <summary>What `ser compare` was asked to do.</summary>
/// <param name="Study">The study.</param>
/// <param name="Folder">The study's output folder.</param>
/// <param name="Slurm">Whether a Slurm cluster does the runs.</param>
/// <param name="Jobs">Runs at a time; null chooses the number.</param>
/// <param name="Wait">Whether to wait for the cluster.</param>
/// <param name="Arguments">This process's own arguments, with an option and its value as separate entries.</param>
/// <param name="Listener">Receives messages and progress.</param>
internal sealed record CompareJob(Study Study, string Folder, bool Slurm, int? Jobs, bool Wait, string[] Arguments, RunListener Listener)
{
    /// <summary>All runs of the study, in order.</summary>
    public IReadOnlyList<StudyRun> Runs() => StudyRun.All(Study, Folder);

    /// <summary>What the study's report says besides the figures.</summary>
    /// <param name="runs">As <see cref="Runs"/>.</param>
    /// <param name="ofData">What a reader must know about the data; null for nothing.</param>
    public StudyNotes Notes(IReadOnlyList<StudyRun> runs, string? ofData) => new(
        ofData,
        ShellText.Line(["ser", .. Arguments]),
        [.. runs.Select(run => run.Key)]);
}
