using SpeechEmotion.Audio;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Features of clips: resampled, silence at the ends cut, framed and transformed in batches on a device.</summary>
public sealed class FeatureExtractor : IDisposable
{
    private const int Batch = 32;
    private readonly FeatureOptions _options;
    private readonly Device _device;
    private readonly FrontEnd _frontEnd;

    /// <summary>Prepares the front end.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="device">Where the transforms run.</param>
    /// <exception cref="InputException">Options that contradict each other.</exception>
    public FeatureExtractor(FeatureOptions options, Device device) => (_options, _device, _frontEnd) = (options, device, new FrontEnd(options, device));

    /// <summary>Computes the features of clips; what else is asked for at the same time has no effect on a clip.</summary>
    /// <param name="waves">Mono sound at any rate, at least one sample each.</param>
    /// <returns>One feature a clip, in order.</returns>
    public IReadOnlyList<Feature> Extract(IReadOnlyList<Waveform> waves)
    {
        float[][] clips = new float[waves.Count][];
        Parallel.For(0, waves.Count, i => clips[i] = Prepare(waves[i]));
        Feature[] features = new Feature[waves.Count];
        foreach (int[] batch in Enumerable.Range(0, clips.Length).OrderBy(i => clips[i].Length).Chunk(Batch))
        {
            Transform(batch, clips, features);
        }

        return features;
    }

    /// <inheritdoc/>
    public void Dispose() => _frontEnd.Dispose();

    private void Transform(int[] batch, float[][] clips, Feature[] features)
    {
        int half = _options.FftSize / 2, longest = batch.Max(i => clips[i].Length);
        float[] padded = new float[(long)batch.Length * (longest + (2 * half))];
        for (int row = 0; row < batch.Length; row++)
        {
            Reflect(clips[batch[row]], padded.AsSpan(row * (longest + (2 * half)), clips[batch[row]].Length + (2 * half)), half);
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        int[] frames = batch.Select(i => _frontEnd.FramesOf(clips[i].Length)).ToArray();
        Tensor result = _frontEnd.Apply(tensor(padded, new long[] { batch.Length, longest + (2 * half) }).to(_device), frames).cpu().contiguous();
        ReadOnlySpan<float> values = result.data<float>().ToArray();
        int rows = (int)result.shape[1], width = (int)result.shape[2];
        for (int row = 0; row < batch.Length; row++)
        {
            Feature feature = new(values.Slice(row * rows * width, frames[row] * width).ToArray(), frames[row], width);
            features[batch[row]] = _options.Deltas ? Deltas.Append(feature) : feature;
        }
    }

    private float[] Prepare(Waveform wave)
    {
        ReadOnlySpan<float> clip = Resampler.Resample(wave.Samples, wave.SampleRate, _options.SampleRate);
        clip = Trim(clip);
        int most = (int)(_options.MaxSeconds * _options.SampleRate);
        clip = clip.Length > most ? clip.Slice((clip.Length - most) / 2, most) : clip;

        // A reflection of half an FFT needs one sample more than that.
        float[] result = new float[Math.Max(clip.Length, (_options.FftSize / 2) + 1)];
        clip.CopyTo(result);
        return result;
    }

    /// <summary>Cuts the hops at both ends whose energy is more than TrimDb below that of the loudest hop.</summary>
    private ReadOnlySpan<float> Trim(ReadOnlySpan<float> clip)
    {
        if (_options.TrimDb == 0)
        {
            return clip;
        }

        int hops = (clip.Length + _options.Hop - 1) / _options.Hop;
        double[] energy = new double[hops];
        for (int h = 0; h < hops; h++)
        {
            ReadOnlySpan<float> hop = clip[(h * _options.Hop)..Math.Min(clip.Length, (h + 1) * _options.Hop)];
            foreach (float sample in hop)
            {
                energy[h] += sample * sample;
            }

            energy[h] /= hop.Length;
        }

        double floor = energy.Max() * Math.Pow(10, -_options.TrimDb / 10);
        int first = Array.FindIndex(energy, e => e >= floor), last = Array.FindLastIndex(energy, e => e >= floor);
        return clip[(first * _options.Hop)..Math.Min(clip.Length, (last + 1) * _options.Hop)];
    }

    /// <summary>The clip between its own mirror images, edges not repeated (NumPy's and torch's `reflect`).</summary>
    private static void Reflect(ReadOnlySpan<float> clip, Span<float> padded, int half)
    {
        clip.CopyTo(padded[half..]);
        for (int i = 0; i < half; i++)
        {
            padded[half - 1 - i] = clip[i + 1];
            padded[half + clip.Length + i] = clip[clip.Length - 2 - i];
        }
    }
}
