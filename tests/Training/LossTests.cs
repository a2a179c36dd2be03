using SpeechEmotion.Configuration;
using SpeechEmotion.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class LossTests
{
    [Fact]
    public void Balanced_weights_are_inverse_frequencies_with_mean_1_over_clips()
    {
        int[] labels = [0, 0, 0, 1];
        double[] always = [1, 1, 1, 1];
        float[] weights = Loss.Weights("balanced", labels, always, 2, CPU)!.data<float>().ToArray();
        Assert.Equal([4f / 6, 2f], weights);
        Assert.Equal(1, labels.Average(l => weights[l]), 1e-6);
        // The third class has no clip.
        Assert.Equal([.. weights, 0f], Loss.Weights("balanced", labels, always, 3, CPU)!.data<float>().ToArray());
        Assert.Null(Loss.Weights("none", labels, always, 2, CPU));
    }

    /// <summary>Speaker a has four clips of class 0, of which an epoch takes two; speaker b has two clips of class 1. So the clips of an
    /// epoch are balanced without weights.</summary>
    [Fact]
    public void Balance_is_of_what_an_epoch_draws()
    {
        string[] speakers = ["a", "a", "a", "a", "b", "b"];
        int[] labels = [0, 0, 0, 0, 1, 1];
        Assert.Equal([0.5, 0.5, 0.5, 0.5, 1, 1], BatchOrder.Chances(speakers, 2));
        Assert.Equal(Enumerable.Repeat(1.0, 6), BatchOrder.Chances(speakers, 0));
        Assert.Equal([1f, 1f], Loss.Weights("balanced", labels, BatchOrder.Chances(speakers, 2), 2, CPU)!.data<float>().ToArray());
        Assert.Equal([0.75f, 1.5f], Loss.Weights("balanced", labels, BatchOrder.Chances(speakers, 4), 2, CPU)!.data<float>().ToArray());
    }

    /// <summary>torch's cross_entropy with class weights and label smoothing, by its documentation: smoothing spreads a share over all
    /// classes, each with its own weight, and the sum is divided by the weights of the true ones.</summary>
    [Fact]
    public void Class_weights_and_smoothing_are_torchs()
    {
        double[][] logits = [[2, -1, 0.5], [0, 1, 3], [-2, 0.5, 0]];
        double[] weights = [0.5, 1, 2];
        int[] labels = [0, 1, 2];
        double[][] log = [.. logits.Select(row => row.Select(x => x - Math.Log(row.Sum(Math.Exp))).ToArray())];
        IEnumerable<double> losses = labels.Select((label, i) =>
            -(0.9 * weights[label] * log[i][label]) - (0.1 / 3 * weights.Zip(log[i], (w, l) => w * l).Sum()));
        double expected = losses.Sum() / labels.Sum(label => weights[label]);
        Loss loss = new(new TrainOptions { LabelSmoothing = 0.1 }, tensor(weights.Select(w => (float)w).ToArray()));
        Tensor rows = stack(logits.Select(row => tensor(row.Select(x => (float)x).ToArray())));
        Assert.Equal(expected, loss.Of(rows, tensor(labels.Select(label => (long)label).ToArray())).item<float>(), 1e-6);
    }

    [Fact]
    public void A_mix_of_share_1_is_the_plain_loss_and_of_a_half_the_mean_of_both()
    {
        manual_seed(1);
        Loss loss = new(new TrainOptions { LabelSmoothing = 0.1 }, null);
        Tensor logits = randn(6, 3), labels = tensor(new long[] { 0, 1, 2, 0, 1, 2 }), others = tensor(new long[] { 2, 2, 2, 1, 1, 0 });

        float plain = loss.Of(logits, labels).item<float>(), other = loss.Of(logits, others).item<float>();

        Assert.Equal(plain, loss.Of(logits, labels, others, tensor(1f)).item<float>());
        Assert.Equal((plain + other) / 2, loss.Of(logits, labels, others, tensor(0.5f)).item<float>(), 1e-6);
    }

    /// <summary>Keras 2.3's binary_crossentropy of [0.7, 0.2, 0.1] and [0.1, 0.8, 0.1] against classes 0 and 2, by hand.</summary>
    [Fact]
    public void Binary_cross_entropy_is_the_mean_over_clips_and_classes()
    {
        double[][] p = [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]];
        double expected = -(Math.Log(0.7) + Math.Log(0.8) + Math.Log(0.9) + Math.Log(0.9) + Math.Log(0.2) + Math.Log(0.1)) / 6;
        Tensor logits = stack(p.Select(row => tensor(row.Select(v => (float)Math.Log(v)).ToArray())));
        Loss loss = new(new TrainOptions { Loss = "binary", LabelSmoothing = 0 }, null);
        Assert.Equal(expected, loss.Of(logits, tensor(new long[] { 0, 2 })).item<float>(), 1e-6);

        // A confident mistake costs −ln 1e-7 in two of the four outputs, as Keras clips probabilities.
        Tensor sure = tensor(new float[] { 1000, 0, 0, 0 }).unsqueeze(0);
        // In single precision 1 - 1e-7 is 1 - 1.19e-7, so the larger of the two costs 0.18 less, of which a quarter counts.
        Assert.Equal(-Math.Log(1e-7) / 2, loss.Of(sure, tensor(new long[] { 1 })).item<float>(), 0.05);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e6)]
    public void Clipping_equals_torchs_own(double limit)
    {
        manual_seed(1);
        using Linear first = nn.Linear(5, 4), second = nn.Linear(5, 4);
        second.load_state_dict(first.state_dict());
        Tensor input = randn(3, 5) * 3;
        first.forward(input).pow(2).sum().backward();
        second.forward(input).pow(2).sum().backward();

        Gradients.Clip(first.parameters(), limit);
        nn.utils.clip_grad_norm_(second.parameters(), limit);

        foreach ((Parameter a, Parameter b) in first.parameters().Zip(second.parameters()))
        {
            Assert.True(a.grad!.allclose(b.grad!, 1e-6, 1e-7));
        }
    }
}
