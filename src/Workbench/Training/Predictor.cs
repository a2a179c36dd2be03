using System.Diagnostics;
using SpeechEmotion.Architectures;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Scores clips with a trained model.</summary>
public static class Predictor
{
    /// <summary>Scores every clip as a run's config asks, into rows of predictions.csv. Each call starts from the run's own seed, so that
    /// random draws of a model scored in training mode do not depend on what was scored before.</summary>
    /// <param name="model">The model, on the clips' device.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="utterances">The utterance of each clip.</param>
    /// <param name="labels">The class of each clip.</param>
    /// <param name="config">Batch size, mode and seed.</param>
    /// <param name="temperature">As in <see cref="Softmax"/>.</param>
    public static IReadOnlyList<Prediction> Score(
        EmotionModel model, ClipSet clips, IReadOnlyList<Utterance> utterances, IReadOnlyList<int> labels, RunConfig config,
        double temperature = 1)
    {
        manual_seed(Seeds.Of(config.Seed, "score"));
        return Rows(Logits(model, clips, config.Train.BatchSize, config.Train.Eval), utterances, labels, temperature);
    }

    /// <summary>Scores every clip, with the model put in evaluation mode unless <paramref name="eval"/> is false.</summary>
    /// <param name="model">The model, on the clips' device.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="batchSize">Clips per batch.</param>
    /// <param name="eval">False scores clip by clip in training mode, like a script that never calls eval(); but the running statistics of
    /// batch normalisation stay those of training.</param>
    /// <returns>Logits of each clip, in the set's order, one per class.</returns>
    public static IReadOnlyList<float[]> Logits(EmotionModel model, ClipSet clips, int batchSize, bool eval = true)
    {
        model.train(!eval);
        using IDisposable off = no_grad();
        using DisposeScope all = NewDisposeScope();
        Tensor[] statistics = eval ? [] : [.. model.buffers().Select(buffer => buffer.clone())];
        float[][] logits = new float[clips.Count][];
        foreach (int[] order in BatchOrder.Sorted(clips.Lengths, eval ? batchSize : 1))
        {
            using DisposeScope scope = NewDisposeScope();
            Batch batch = clips.Gather(order);
            float[] rows = model.forward(batch.Features, batch.Lengths).cpu().data<float>().ToArray();
            int classes = rows.Length / order.Length;
            for (int i = 0; i < order.Length; i++)
            {
                logits[order[i]] = rows[(i * classes)..((i + 1) * classes)];
            }
        }

        foreach ((Tensor buffer, Tensor kept) in model.buffers().Zip(statistics))
        {
            buffer.copy_(kept);
        }

        return logits;
    }

    /// <summary>Times the forward pass of one clip: the fastest of ten, after two to warm up.</summary>
    /// <param name="model">The model, on the device; it is put in evaluation mode.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="frames">Frames of the clip.</param>
    /// <param name="device">The device.</param>
    /// <returns>Seconds, including the copy of the logits to the CPU.</returns>
    public static double Latency(EmotionModel model, ModelShape shape, int frames, Device device)
    {
        model.eval();
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor clip = linspace(-1, 1, frames * shape.Features, device: device).view(1, frames, shape.Features);
        Tensor length = tensor([(long)frames]);
        return Enumerable.Range(0, 12).Select(_ => Once()).Skip(2).Min();

        double Once()
        {
            using DisposeScope round = NewDisposeScope();
            long start = Stopwatch.GetTimestamp();
            model.forward(clip, length).cpu();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <summary>Rows of predictions.csv.</summary>
    /// <param name="logits">Logits of each utterance.</param>
    /// <param name="utterances">The utterances, in the same order.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="temperature">As in <see cref="Softmax"/>.</param>
    /// <returns>Predictions with softmax probabilities in double precision.</returns>
    public static IReadOnlyList<Prediction> Rows(
        IReadOnlyList<float[]> logits, IReadOnlyList<Utterance> utterances, IReadOnlyList<int> labels, double temperature = 1) =>
        utterances.Select((u, i) => new Prediction(u.Key, u.Corpus, u.Speaker, u.Sex, labels[i], Softmax(logits[i], temperature))).ToList();

    /// <summary>Softmax in double precision.</summary>
    /// <param name="logits">One per class.</param>
    /// <param name="temperature">Above 1 makes the answer less sure, below 1 surer.</param>
    /// <returns>Probabilities that sum to 1.</returns>
    public static double[] Softmax(IReadOnlyList<float> logits, double temperature = 1)
    {
        double top = logits.Max();
        double[] powers = logits.Select(l => Math.Exp((l - top) / temperature)).ToArray();
        double sum = powers.Sum();
        return powers.Select(p => p / sum).ToArray();
    }
}
