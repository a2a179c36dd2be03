using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Hears how a run goes on. Progress may be called from several threads, one at a time; the rest from
/// the training thread.</summary>
public interface IRunListener
{
    /// <summary>A file that takes each line too while one run of a study is at work; null between them. A listener without files passes it
    /// over.</summary>
    string? RunLog
    {
        get => null;
        set { }
    }

    /// <summary>Something a person should know, one line.</summary>
    /// <param name="line">The line.</param>
    void Say(string line);

    /// <summary>Part of a long job is done.</summary>
    /// <param name="job">What is going on, such as `features` or `epoch 3/30`.</param>
    /// <param name="done">Parts done.</param>
    /// <param name="of">All parts.</param>
    /// <exception cref="OperationCanceledException">The work is to end here; what was written is kept.</exception>
    void Progress(string job, int done, int of);

    /// <summary>An epoch is finished.</summary>
    /// <param name="row">Its figures.</param>
    /// <param name="epochs">Epochs of the run at the most.</param>
    void Epoch(EpochRow row, int epochs);
}
