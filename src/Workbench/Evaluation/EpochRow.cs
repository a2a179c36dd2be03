namespace SpeechEmotion.Evaluation;

/// <summary>A row of history.csv.</summary>
/// <param name="Epoch">Epoch, from 1.</param>
/// <param name="TrainLoss">Mean training loss over the epoch's batches.</param>
/// <param name="ValidationLoss">Mean validation cross-entropy.</param>
/// <param name="ValidationUar">Validation UAR, 0 to 1.</param>
/// <param name="LearningRate">Learning rate at the epoch's end; NaN for a model that is solved in closed form.</param>
/// <param name="Seconds">Wall time of the epoch, in seconds.</param>
public sealed record EpochRow(
    int Epoch, double TrainLoss, double ValidationLoss, double ValidationUar, double LearningRate, double Seconds);
