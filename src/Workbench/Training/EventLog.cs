using SpeechEmotion.Evaluation;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>TensorBoard events of a run: losses, validation UAR and learning rate by epoch. Rewritten on resume, so that no epoch appears
/// twice.</summary>
public sealed class EventLog
{
    private readonly SummaryWriter _writer;

    /// <summary>Opens the log and writes the epochs that are already done.</summary>
    /// <param name="folder">The run folder; events go into its `tensorboard` folder.</param>
    /// <param name="history">Finished epochs.</param>
    public EventLog(string folder, IReadOnlyList<EpochRow> history)
    {
        string path = Path.Combine(folder, "tensorboard");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
        _writer = utils.tensorboard.SummaryWriter(path, createRunName: false);
        foreach (EpochRow row in history)
        {
            Write(row);
        }
    }

    /// <summary>Adds one epoch.</summary>
    /// <param name="row">Its figures.</param>
    public void Write(EpochRow row)
    {
        _writer.add_scalar("loss/train", (float)row.TrainLoss, row.Epoch);
        _writer.add_scalar("loss/validation", (float)row.ValidationLoss, row.Epoch);
        _writer.add_scalar("uar/validation", (float)row.ValidationUar, row.Epoch);
        _writer.add_scalar("learning_rate", (float)row.LearningRate, row.Epoch);
    }
}
