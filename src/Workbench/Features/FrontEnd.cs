using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>Log-mel and MFCC of a batch, with the framing, mel scale, floor and DCT of torchaudio's MelSpectrogram, AmplitudeToDB("power", top_db) and
/// MFCC at their defaults. The floor is taken of each clip alone, so what else is in a batch has no effect.</summary>
public sealed class FrontEnd : IDisposable
{
    private const double LeastPower = 1e-10;
    private readonly FeatureOptions _options;
    private readonly Tensor _window;
    private readonly Tensor _bank;
    private readonly Tensor? _dct;

    /// <summary>Prepares window, filters and DCT on a device.</summary>
    /// <param name="options">The front end's options.</param>
    /// <param name="device">Where batches will be.</param>
    /// <exception cref="InputException">Options that contradict each other.</exception>
    public FrontEnd(FeatureOptions options, Device device)
    {
        if (options.Kind == "mfcc" && options.Mfccs > options.Mels)
        {
            throw new InputException($"features.mfccs: {options.Mfccs} coefficients are more than features.mels, {options.Mels}; take fewer");
        }

        _options = options;
        using DisposeScope scope = NewDisposeScope();
        _window = hann_window(options.FftSize, periodic: true).to(device).DetachFromDisposeScope();
        _bank = MelFilterBank.Make(options).to(device).DetachFromDisposeScope();
        _dct = options.Kind == "mfcc" ? Dct(options.Mfccs, options.Mels).to(device).DetachFromDisposeScope() : null;
    }

    /// <summary>Frames of a clip: one centred on its first sample, and one for every hop that it is long.</summary>
    /// <param name="samples">Samples of the clip.</param>
    public int FramesOf(int samples) => 1 + (samples / _options.Hop);

    /// <summary>Features of clips of any length, padded to the longest.</summary>
    /// <param name="padded">(N, half + S + half) float32: each clip between its own reflections of half an FFT, then zeros.</param>
    /// <param name="frames">Frames of each clip.</param>
    /// <returns>(N, T, Width) float32; rows past a clip's frames are of no meaning.</returns>
    public Tensor Apply(Tensor padded, IReadOnlyList<int> frames)
    {
        using DisposeScope scope = NewDisposeScope();
        // The clip's own reflection is already there, so the transform must not centre again.
        Tensor spectrum = stft(padded, _options.FftSize, _options.Hop, _options.FftSize, _window, center: false, onesided: true, return_complex: true);
        Tensor power = spectrum.abs().square().transpose(1, 2);
        Tensor level = power.matmul(_bank).clamp_min(LeastPower).log10() * 10;
        long count = Math.Min(level.shape[1], frames.Max());
        level = level.narrow(1, 0, count);
        Tensor valid = arange(count, device: level.device).unsqueeze(0) < tensor(frames.Select(f => (long)f).ToArray()).to(level.device).unsqueeze(1);
        Tensor top = level.masked_fill(valid.logical_not().unsqueeze(2), double.NegativeInfinity).amax([1, 2], keepdim: true);
        level = level.maximum(top - _options.TopDb);
        return (_dct is null ? level : level.matmul(_dct)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _window.Dispose();
        _bank.Dispose();
        _dct?.Dispose();
    }

    /// <summary>The orthonormal DCT-II, (Mels, Mfccs), as torchaudio.functional.create_dct(norm="ortho").</summary>
    private static Tensor Dct(int coefficients, int mels)
    {
        float[] dct = new float[mels * coefficients];
        for (int m = 0; m < mels; m++)
        {
            for (int k = 0; k < coefficients; k++)
            {
                dct[(m * coefficients) + k] = (float)(Math.Cos(Math.PI / mels * (m + 0.5) * k) * Math.Sqrt((k == 0 ? 1.0 : 2.0) / mels));
            }
        }

        return tensor(dct, new long[] { mels, coefficients });
    }
}
