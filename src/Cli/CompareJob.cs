using SpeechEmotion.Configuration;
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
}
