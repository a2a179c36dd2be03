using SpeechEmotion.Evaluation;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>State of a run after an epoch.</summary>
/// <param name="BestEpoch">Epoch of the best weights, from 1; 0 before the first.</param>
/// <param name="BestUar">Validation UAR of that epoch.</param>
/// <param name="Seconds">Wall time spent so far.</param>
/// <param name="History">One row per finished epoch.</param>
public sealed record TrainState(int BestEpoch, double BestUar, double Seconds, IReadOnlyList<EpochRow> History)
{
    /// <summary>Commits of the builds that trained the run, in order: more than one if another build resumed it.</summary>
    public IReadOnlyList<string> Commits { get; init; } = [];

    /// <summary>Devices that trained the run, as <see cref="Provenance.Name"/> gives them, in order; without those of earlier versions of
    /// the program.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Machines that trained the run, as <see cref="Provenance.Machine"/> gives them, in order; without those of earlier
    /// versions.</summary>
    public IReadOnlyList<string> Machines { get; init; } = [];

    /// <summary>SHA-256 of the training and validation clips, as <see cref="Provenance.DataHash"/> gives it; null in files of earlier
    /// versions of the program.</summary>
    public string? Clips { get; init; }

    /// <summary>Those clips' classes, as <see cref="Provenance.ClassHash"/> gives them; null in files of earlier versions.</summary>
    public string? Classes { get; init; }

    /// <summary>State before the first epoch.</summary>
    public static TrainState Start { get; } = new(0, double.NegativeInfinity, 0, []);

    /// <summary>This state with the present build, device and machine among those that trained the run.</summary>
    /// <param name="device">The training device.</param>
    public TrainState Here(Device device) => this with
    {
        Commits = [.. Commits.Union([Provenance.Commit])],
        Devices = [.. Devices.Union([Provenance.Name(device)])],
        Machines = [.. Machines.Union([Provenance.Machine])],
    };
}
