using System.Runtime.InteropServices;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Clips of one side of a split, resident on the device as one long run of frames. A batch is one gather, without copying features
/// from the host.</summary>
public sealed class ClipSet : IDisposable
{
    private readonly Tensor _frames;
    private readonly Tensor _starts;
    private readonly Tensor _ends;
    private readonly Tensor _labels;
    private readonly int[] _lengths;
    private readonly int _width;

    /// <summary>Normalises the clips and moves them to the device.</summary>
    /// <param name="clips">Features, all of one width; at least one.</param>
    /// <param name="labels">Class of each clip.</param>
    /// <param name="normaliser">Fitted on training clips.</param>
    /// <param name="device">Where batches will be used.</param>
    /// <param name="answers">Labels of the auxiliary tasks for each clip, one per task; null if there are no such tasks.</param>
    public ClipSet(
        IReadOnlyList<Feature> clips, IReadOnlyList<int> labels, Normaliser normaliser, Device device,
        IReadOnlyList<long[]>? answers = null)
    {
        _width = clips[0].Width;
        _lengths = clips.Select(c => c.Frames).ToArray();
        long[] starts = new long[clips.Count];
        long at = 0;
        for (int i = 0; i < clips.Count; i++)
        {
            starts[i] = at;
            at += _lengths[i];
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor frames = empty(at + 1, _width);
        frames[at].zero_(); // The frame after all clips is the padding.
        Parallel.For(0, clips.Count, i =>
        {
            // Each clip's rows are a tensor of their own, since a span cannot cover more than 2 GB.
            using Tensor rows = frames.narrow(0, starts[i], _lengths[i]);
            normaliser.Apply(clips[i], MemoryMarshal.Cast<byte, float>(rows.bytes));
        });
        _frames = frames.to(device).DetachFromDisposeScope();
        Tensor begin = tensor(starts).to(device);
        _starts = begin.DetachFromDisposeScope();
        _ends = (begin + tensor(_lengths.Select(l => (long)l).ToArray()).to(device)).DetachFromDisposeScope();
        Tensor classes = tensor(labels.Select(l => (long)l).ToArray());
        Tensor targets = answers is null
            ? classes
            : column_stack(classes, tensor([.. answers.SelectMany(a => a)]).view(clips.Count, -1));
        _labels = targets.to(device).DetachFromDisposeScope();
    }

    /// <summary>Number of clips.</summary>
    public int Count => _lengths.Length;

    /// <summary>Frames of each clip.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>A padded batch, on the device; frames past a clip's end are zeros.</summary>
    /// <param name="clips">Indices of the clips.</param>
    /// <returns>Features (N, T, F), lengths (N) on the CPU, labels (N) or, with auxiliary tasks, (N, 1 + tasks).</returns>
    public Batch Gather(IReadOnlyList<int> clips)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] lengths = clips.Select(c => (long)_lengths[c]).ToArray();
        long longest = lengths.Max();
        Tensor index = tensor(clips.Select(c => (long)c).ToArray()).to(_frames.device);
        Tensor rows = _starts[index].unsqueeze(1) + arange(longest, device: _frames.device).unsqueeze(0);
        rows = rows.masked_fill_(rows >= _ends[index].unsqueeze(1), _frames.shape[0] - 1);
        Tensor features = _frames.index_select(0, rows.flatten()).view(clips.Count, longest, _width);
        return new Batch(
            features.MoveToOuterDisposeScope(), tensor(lengths).MoveToOuterDisposeScope(), _labels[index].MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frames.Dispose();
        _starts.Dispose();
        _ends.Dispose();
        _labels.Dispose();
    }
}

/// <summary>A padded batch.</summary>
/// <param name="Features">(N, T, F) float32 on the device.</param>
/// <param name="Lengths">(N) int64 on the CPU.</param>
/// <param name="Labels">(N) int64 on the device; (N, 1 + tasks) with auxiliary tasks, the class first.</param>
public sealed record Batch(Tensor Features, Tensor Lengths, Tensor Labels);
