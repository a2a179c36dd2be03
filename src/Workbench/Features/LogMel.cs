using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Levels of mel bands in dB of one clip at a time: torchaudio's MelSpectrogram (centred, reflected ends, periodic Hann window,
/// power 2) and AmplitudeToDB("power", top_db) at their defaults.</summary>
public sealed class LogMel : IDisposable
{
    /// <summary>AmplitudeToDB's amin: silence is at -100 dB.</summary>
    internal const double LeastPower = 1e-10;

    private readonly FeatureOptions _options;
    private readonly Tensor _window;
    private readonly Tensor _bank;

    /// <summary>Prepares window and filters on a device.</summary>
    /// <param name="options">Framing, bands and floor; they keep <see cref="FeatureRules"/>.</param>
    /// <param name="device">Where it will compute.</param>
    public LogMel(FeatureOptions options, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        _options = options;
        _bank = MelFilterBank.Make(options).to(device).DetachFromDisposeScope();
        _window = hann_window(options.FftSize, periodic: true, device: device).DetachFromDisposeScope();
    }

    /// <summary>Fewest samples that can be reflected at both ends.</summary>
    /// <param name="options">The framing.</param>
    public static int LeastSamples(FeatureOptions options) => options.FftSize / 2 + 1;

    /// <summary>Computes one clip.</summary>
    /// <param name="clip">Mono sound at the options' rate, at least <see cref="LeastSamples"/>.</param>
    /// <returns>(1, T, Mels) float32 on the device, in dB: a frame centred on the first sample, then one per hop.</returns>
    public Tensor Of(float[] clip)
    {
        using DisposeScope scope = NewDisposeScope();
        int side = _options.FftSize / 2;
        float[] padded = new float[clip.Length + 2 * side];
        Reflect(clip, padded, side);

        // The clip is already padded with its own reflections, so stft must not pad again (center: false).
        Tensor sound = tensor(padded, [1, padded.Length], device: _bank.device);
        Tensor spectrum = stft(sound, _options.FftSize, _options.Hop, window: _window, center: false, onesided: true, return_complex: true);
        Tensor power = spectrum.abs().pow_(2).transpose(1, 2);
        Tensor level = power.matmul(_bank).clamp_min_(LeastPower).log10_().mul_(10);
        return level.maximum(level.max() - _options.TopDb).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _window.Dispose();
        _bank.Dispose();
    }

    /// <summary>Pads a clip with its mirror image at both ends, end samples not repeated (torch's pad mode `reflect`).</summary>
    internal static void Reflect(ReadOnlySpan<float> clip, Span<float> row, int side)
    {
        clip.CopyTo(row[side..]);
        for (int i = 0; i < side; i++)
        {
            row[side - 1 - i] = clip[i + 1];
            row[side + clip.Length + i] = clip[clip.Length - 2 - i];
        }
    }
}
