namespace SpeechEmotion.Evaluation;

/// <summary>environment.json: what a run was made with and what it cost.</summary>
/// <param name="Parameters">Trainable parameters of the model.</param>
/// <param name="Macs">Multiply-accumulates of one 3 s clip's forward pass; 0 where those of a layer are not known.</param>
/// <param name="TrainSeconds">Wall time of training, validation included, in seconds.</param>
/// <param name="ClipsPerSecond">Training clips per second.</param>
/// <param name="BestEpoch">Epoch whose weights made the predictions.</param>
/// <param name="StopReason">Why training ended.</param>
/// <param name="SpeakersApart">True where train, validation and test share no speaker.</param>
/// <param name="Device">`cpu` with its threads, or `cuda:N`; several, separated by `; `, where a run was resumed on another.</param>
/// <param name="Machine">Processor, cores, operating system; several as <paramref name="Device"/>.</param>
/// <param name="Commit">Git commit that the program was built from, with `+` where tracked files had changes; `unknown` when
/// built outside a checkout; several, separated by `, `, where another build resumed a run.</param>
/// <param name="DataHash">SHA-256 over the used utterances' hashes.</param>
/// <param name="Versions">Package → version: TorchSharp, libtorch, .NET.</param>
/// <param name="LatencySeconds">Time of the forward pass of one 3 s clip, in seconds, the fastest of ten; null in older runs, which did not
/// measure it.</param>
/// <param name="ClassHash">SHA-256 over the used utterances' classes, in training those of train.labels; null in older runs.</param>
public sealed record RunFacts(
    long Parameters,
    long Macs,
    double TrainSeconds,
    double ClipsPerSecond,
    int BestEpoch,
    string StopReason,
    bool SpeakersApart,
    string Device,
    string Machine,
    string Commit,
    string DataHash,
    IReadOnlyDictionary<string, string> Versions,
    double? LatencySeconds = null,
    string? ClassHash = null);
