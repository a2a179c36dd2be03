using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Receives the messages and progress of a run. <see cref="Progress"/> may be called from several threads, one at a time; the
/// other members are called from the training thread.</summary>
public interface IRunListener
{
    /// <summary>The run of a study that is in progress; null between runs.</summary>
    RunMark? Run
    {
        get => null;
        set { }
    }

    /// <summary>Reports one line that the user should know.</summary>
    /// <param name="line">The line.</param>
    void Say(string line);

    /// <summary>Reports that part of a long job is done.</summary>
    /// <param name="job">Name of the job, such as `features` or `epoch 3/30`.</param>
    /// <param name="done">Parts done.</param>
    /// <param name="of">Total number of parts.</param>
    /// <exception cref="OperationCanceledException">The work must stop here; what was written is kept.</exception>
    void Progress(string job, int done, int of);

    /// <summary>Reports a finished epoch.</summary>
    /// <param name="row">Its figures.</param>
    /// <param name="epochs">Maximum number of epochs of the run.</param>
    void Epoch(EpochRow row, int epochs);
}

/// <summary>Tells the lines of a run from those of other runs that are in progress at the same time.</summary>
/// <param name="Number">Stands before each of its lines, such as `[9/40] `; empty where no other run can be meant.</param>
/// <param name="Log">A file to which its lines are also added.</param>
public sealed record RunMark(string Number, string Log);
