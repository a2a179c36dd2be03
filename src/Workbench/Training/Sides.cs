using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Splits;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>The clips that a run trains on, chooses its epoch on and is scored on, normalised and on the device. The features that they
/// were made from are not kept.</summary>
/// <param name="Normaliser">Fitted on the training clips.</param>
/// <param name="Train">Training clips, altered copies last.</param>
/// <param name="Validation">Clips on which the epoch is chosen; null if the split has none.</param>
/// <param name="Scored">Clips of the test side or, where settings are chosen (split.scored: validation), those of the validation
/// side.</param>
internal sealed record Sides(Normaliser Normaliser, Side Train, Side? Validation, Side Scored) : IDisposable
{
    /// <summary>Reads the features of a run and makes its sides.</summary>
    /// <param name="config">The run.</param>
    /// <param name="data">The sound.</param>
    /// <param name="split">Keys of each side.</param>
    /// <param name="used">Utterances of the split.</param>
    /// <param name="classes">Class of each key.</param>
    /// <param name="device">Where batches will be used.</param>
    /// <param name="listener">Receives progress.</param>
    /// <exception cref="InputException">A sound file cannot be read.</exception>
    public static Sides Open(
        RunConfig config, SpeechData data, Split split, IReadOnlyList<Utterance> used,
        IReadOnlyDictionary<string, int> classes, Device device, IRunListener listener)
    {
        // Where settings are chosen, no features of the test side are loaded.
        IReadOnlyList<string> scored = config.Split.Scored == "validation" ? split.Validation : split.Test;
        HashSet<string> heard = [.. split.Train, .. split.Validation, .. scored];
        Dictionary<string, Utterance> byKey = used.Where(u => heard.Contains(u.Key)).ToDictionary(u => u.Key);
        IReadOnlyDictionary<string, Feature> features = data.Features([.. byKey.Values], config.Features, device, listener);
        (Feature Feature, Utterance Utterance)[] copies = config.Augment.Copies == 0 ? [] : Copies();
        Normaliser normaliser;
        if (config.Train.Normalise == "speaker")
        {
            (features, normaliser) = Normaliser.BySpeaker(
                byKey.Keys.ToDictionary(k => k, k => features[k]), k => byKey[k].Speaker, split.Train);
        }
        else
        {
            normaliser = Normaliser.Fit(config.Train.Normalise, [.. split.Train.Select(k => features[k])]);
        }

        IReadOnlyList<AuxiliaryTask> tasks = AuxiliaryTask.Named(config.Train.Tasks);
        Side train = Make([.. split.Train.Select(k => (features[k], byKey[k])), .. copies], tasks);
        Side? validation = split.Validation.Count > 0 ? Own(split.Validation) : null;
        return new Sides(normaliser, train, validation, ReferenceEquals(scored, split.Validation) ? validation! : Own(scored));

        Side Own(IReadOnlyList<string> keys) => Make([.. keys.Select(k => (features[k], byKey[k]))], []);

        Side Make((Feature Feature, Utterance Utterance)[] clips, IReadOnlyList<AuxiliaryTask> asked)
        {
            Utterance[] utterances = [.. clips.Select(c => c.Utterance)];
            int[] labels = [.. utterances.Select(u => classes[u.Key])];
            long[][]? answers = asked.Count > 0 ? [.. utterances.Select(u => asked.Select(t => t.Label(u)).ToArray())] : null;
            return new Side(new ClipSet([.. clips.Select(c => c.Feature)], labels, normaliser, device, answers), utterances, labels);
        }

        (Feature, Utterance)[] Copies()
        {
            Utterance[] originals = [.. split.Train.Select(k => byKey[k])];
            IReadOnlyDictionary<string, Feature> altered = data.Features(
                originals, config.Features, device, listener, config.Augment, config.Seed);
            IEnumerable<int> numbers = Enumerable.Range(1, config.Augment.Copies);
            return [.. originals.SelectMany(u => numbers.Select(copy => (altered[$"{u.Key}#{copy}"], u)))];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Clips.Dispose();
        Validation?.Clips.Dispose();
        Scored.Clips.Dispose();
    }
}
