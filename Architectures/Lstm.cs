using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="Lstm"/>.</summary>
public sealed record LstmOptions
{
    /// <summary>Adjacent frames that are stacked into one step of the LSTM.</summary>
    [Range(1, 32)]
    public int FramesPerStep { get; init; } = 3;

    /// <summary>Units of each direction.</summary>
    [Range(1, 2048)]
    public int Hidden { get; init; } = 96;

    /// <summary>Bidirectional layers.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 2;

    /// <summary>Hidden units of the attention that pools over time; 0 weights all steps equally.</summary>
    [Range(0, 1024)]
    public int Attention { get; init; } = 64;

    /// <summary>Dropout between layers and before the classifier.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.3;

    /// <summary>Precision of the LSTM while training; everything else, and scoring, is always in single precision. With `bfloat16` the
    /// LSTM takes about 60 % of the time on a CPU with AVX512-BF16; it is slow on one without AVX-512.</summary>
    [AllowedValues("float32", "bfloat16")]
    public string Precision { get; init; } = "float32";
}

/// <summary>Bidirectional LSTM over stacked frames, attentive statistics pooling over its steps, linear classifier.</summary>
public sealed class Lstm : EmotionModel
{
    private readonly BiLstm recurrent;
    private readonly StatisticsPool pool;
    private readonly Dropout drop;
    private readonly Linear classifier;
    private readonly int framesPerStep;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">Input width and classes.</param>
    public Lstm(LstmOptions options, ModelShape shape) : base("lstm")
    {
        framesPerStep = options.FramesPerStep;
        recurrent = new BiLstm(shape.Features * framesPerStep, options.Hidden, options.Layers, options.Dropout, options.Precision);
        pool = new StatisticsPool(2 * options.Hidden, options.Attention);
        drop = nn.Dropout(options.Dropout);
        classifier = nn.Linear(4 * options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <summary>Number of values in such a model's state: parameters and buffers.</summary>
    internal static long Weights(LstmOptions options, ModelShape shape) =>
        BiLstm.Weights((long)shape.Features * options.FramesPerStep, options.Hidden, options.Layers)
        + StatisticsPool.Weights(2L * options.Hidden, options.Attention) + shape.Classes * (4L * options.Hidden + 1);

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor x = FrameMask.Clear(features, FrameMask.Of(lengths, features.shape[1], features));
        // Zeros fill up the last step, both of a clip and of the batch.
        long missing = (framesPerStep - x.shape[1] % framesPerStep) % framesPerStep;
        x = nn.functional.pad(x, [0, 0, 0, missing]).reshape(x.shape[0], -1, framesPerStep * x.shape[2]);
        Tensor steps = FrameMask.Strided(lengths, framesPerStep);
        x = recurrent.call(x, steps);
        return classifier.call(drop.call(pool.call(x, FrameMask.Of(steps, x.shape[1], x)))).MoveToOuterDisposeScope();
    }
}
