using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Architectures.Blocks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures;

/// <summary>Options of <see cref="Lstm"/>.</summary>
public sealed record LstmOptions
{
    /// <summary>Frames that make one step: fewer, wider steps train much faster and lose little.</summary>
    [Range(1, 32)]
    public int Stack { get; init; } = 3;

    /// <summary>Units of the layer that narrows a step.</summary>
    [Range(1, 4096)]
    public int Projection { get; init; } = 96;

    /// <summary>Units of each direction.</summary>
    [Range(1, 4096)]
    public int Hidden { get; init; } = 96;

    /// <summary>LSTM layers.</summary>
    [Range(1, 8)]
    public int Layers { get; init; } = 2;

    /// <summary>Dropout between layers and before the classifier.</summary>
    [Range(0, 0.95)]
    public double Dropout { get; init; } = 0.4;
}

/// <summary>A bidirectional LSTM over stacked frames with attentive statistics pooling.</summary>
public sealed class Lstm : EmotionModel
{
    private readonly Linear project;
    private readonly LayerNorm norm;
    private readonly BiLstm lstm;
    private readonly AttentivePooling pool;
    private readonly Dropout drop;
    private readonly Linear classify;
    private readonly int _stack;

    /// <summary>Makes the network.</summary>
    /// <param name="options">Sizes.</param>
    /// <param name="shape">What it must fit.</param>
    public Lstm(LstmOptions options, ModelShape shape) : base("lstm")
    {
        _stack = options.Stack;
        project = nn.Linear(shape.Features * options.Stack, options.Projection);
        norm = nn.LayerNorm(options.Projection);
        lstm = new BiLstm(options.Projection, options.Hidden, options.Layers, options.Dropout);
        pool = new AttentivePooling(2 * options.Hidden);
        drop = nn.Dropout(options.Dropout);
        classify = nn.Linear(4 * options.Hidden, shape.Classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor steps = norm.call(nn.functional.relu(project.call(Stacked(features, lengths))));
        Tensor left = Frames.Strided(lengths, _stack);
        return classify.call(drop.call(pool.call(lstm.call(steps, left), left))).MoveToOuterDisposeScope();
    }

    /// <summary>(N, T, F) → (N, ⌈T / stack⌉, stack · F); a last step that is not full is filled with zeros.</summary>
    private Tensor Stacked(Tensor x, Tensor lengths)
    {
        x = x * Frames.Mask(lengths, x.shape[1], x).unsqueeze(2);
        long missing = (_stack - (x.shape[1] % _stack)) % _stack;
        return nn.functional.pad(x, [0, 0, 0, missing]).reshape(x.shape[0], -1, _stack * x.shape[2]);
    }
}
