using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Where a run stands after an epoch.</summary>
/// <param name="BestEpoch">Epoch of the best weights, from 1; 0 before the first.</param>
/// <param name="BestUar">Its validation UAR.</param>
/// <param name="Seconds">Wall time spent so far.</param>
/// <param name="History">One row a finished epoch.</param>
public sealed record TrainState(int BestEpoch, double BestUar, double Seconds, IReadOnlyList<EpochRow> History)
{
    /// <summary>Commits of the programs that trained it, in order: more than one where another build went on with it.</summary>
    public IReadOnlyList<string> Commits { get; init; } = [];

    /// <summary>SHA-256 of the clips that it trained and was judged on, as <see cref="Provenance.DataHash"/> gives it; null in files
    /// of earlier programs.</summary>
    public string? Clips { get; init; }

    /// <summary>Before the first epoch.</summary>
    public static TrainState Start { get; } = new(0, double.NegativeInfinity, 0, []);
}
