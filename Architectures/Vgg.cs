using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="Vgg"/>.</summary>
public sealed record VggOptions
{
    /// <summary>Channels of each 3 × 3 convolution.</summary>
    [EachRange(1, 4096)]
    public IReadOnlyList<int> Channels { get; init; } = [64, 128, 256, 256, 256, 512, 512, 512, 512, 512];

    /// <summary>The convolutions, counted from 1, that 2 × 2 max pooling follows.</summary>
    [EachRange(1, 64)]
    public IReadOnlyList<int> PoolAfter { get; init; } = [1, 2, 5, 7, 9];

    /// <summary>Frames that the network sees: longer clips are cut at the end, shorter ones padded with zeros.</summary>
    [Range(1, 4096)]
    public int Frames { get; init; } = 161;

    /// <summary>Units of the hidden layer after the convolutions.</summary>
    [Range(1, 8192)]
    public int Hidden { get; init; } = 512;

    /// <summary>Dropout of whole channels after the last convolution.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.5;

    /// <summary>Precision of the products in the convolutions and the hidden layer while training; weights, normalisation, loss and scoring
    /// are always in single precision. `bfloat16` takes about half the time on a GPU or a CPU with AVX512-BF16, and is slow on
    /// a CPU without AVX-512.</summary>
    [AllowedValues("float32", "bfloat16")]
    public string Precision { get; init; } = "float32";
}

/// <summary>The published VGG: 3 × 3 convolutions with batch normalisation, then two linear layers. Its input plane is not a spectrogram
/// but the waveform broken into rows. With 161 rows of 101 samples it has 16,110,980 parameters.</summary>
public sealed class Vgg : EmotionModel
{
    private readonly Sequential layers;
    private readonly Linear hidden;
    private readonly Linear output;
    private readonly int frames;
    private readonly bool rounds;

    /// <summary>A model with fresh weights as torch draws them.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width (samples a row) and classes.</param>
    /// <exception cref="ArgumentException">The pooling layers leave nothing of the plane.</exception>
    public Vgg(VggOptions options, ModelShape shape) : base("vgg")
    {
        (frames, rounds) = (options.Frames, options.Precision == "bfloat16");
        long plane = Plane(options, shape);
        int channels = 1;
        layers = nn.Sequential();
        for (int i = 0; i < options.Channels.Count; i++)
        {
            layers.append(nn.Conv2d(channels, options.Channels[i], 3, padding: 1))
                .append(nn.BatchNorm2d(options.Channels[i]))
                .append(nn.ReLU());
            channels = options.Channels[i];
            if (options.PoolAfter.Contains(i + 1))
            {
                layers.append(nn.MaxPool2d(2));
            }
        }

        layers.append(nn.Dropout2d(options.Dropout));
        hidden = nn.Linear(channels * plane, options.Hidden);
        output = nn.Linear(options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(VggOptions options, ModelShape shape)
    {
        long weights = 0, inputs = 1;
        foreach (int outputs in options.Channels)
        {
            weights += outputs * (9 * inputs + 1) + 4L * outputs + 1; // The last 1 is batch normalisation's count of batches.
            inputs = outputs;
        }

        return weights + (inputs * Plane(options, shape) + 1) * options.Hidden + (options.Hidden + 1L) * shape.Classes;
    }

    /// <summary>Values that the pools leave of a channel's plane.</summary>
    /// <exception cref="ArgumentException">They leave none.</exception>
    private static long Plane(VggOptions options, ModelShape shape)
    {
        int pools = Enumerable.Range(1, options.Channels.Count).Count(options.PoolAfter.Contains);
        long plane = ((long)options.Frames >> pools) * ((long)shape.Features >> pools);
        return plane > 0 ? plane : throw new ArgumentException(
            $"model.pool_after: {pools} pools leave nothing of {options.Frames} frames of {shape.Features} values; "
            + "take fewer, or features.kind wave with hop 101");
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = FrameMask.Clear(features, FrameMask.Of(lengths, features.shape[1], features));
        x = x.shape[1] > frames ? x.narrow(1, 0, frames) : nn.functional.pad(x, [0, 0, 0, frames - x.shape[1]]);
        bool half = rounds && training && is_grad_enabled(); // A model that is scored in training mode computes no gradients.
        x = x.unsqueeze(1).to(half ? bfloat16 : x.dtype);
        foreach (nn.Module<Tensor, Tensor> layer in layers.children().Cast<nn.Module<Tensor, Tensor>>())
        {
            // The output is converted to channels last too: from one input channel torch cannot tell the memory order,
            // so it uses channels first and pools the largest plane slowly.
            x = layer is not Conv2d conv
                ? layer.call(x)
                : ChannelsLast.Of(half ? Bfloat16.Of(conv, ChannelsLast.Of(x)) : conv.call(ChannelsLast.Of(x)));
        }

        x = x.flatten(1);
        x = half ? Bfloat16.Of(hidden, x).to(features.dtype) : hidden.call(x);
        return output.call(x.relu()).MoveToOuterDisposeScope();
    }
}
