namespace SpeechEmotion.Features.Summary;

/// <summary>The short-time Fourier transform and its inverse: librosa 0.7 core.stft and core.istft (centred, reflected ends; transformed
/// in double, kept in single precision).</summary>
internal static class Stft
{
    /// <summary>FFT size of every feature but the constant-Q transform.</summary>
    public const int Size = 2048;

    /// <summary>Samples between its frames.</summary>
    public const int Hop = Size / 4;

    private static readonly double[] HannWindow = Hann(Size);

    /// <summary>Transforms with the default size, hop and periodic Hann window.</summary>
    /// <param name="sound">At least one sample.</param>
    /// <returns>1 + samples / hop frames of 1025 bins.</returns>
    public static Spectrum Forward(ReadOnlySpan<float> sound) => Forward(sound, HannWindow, Hop);

    /// <summary>Transforms.</summary>
    /// <param name="sound">At least one sample.</param>
    /// <param name="window">As long as a frame, a power of two from 4.</param>
    /// <param name="hop">Samples between frames.</param>
    /// <returns>1 + samples / hop frames.</returns>
    public static Spectrum Forward(ReadOnlySpan<float> sound, double[] window, int hop)
    {
        int size = window.Length, bins = size / 2 + 1, lanes = RealFft<double>.Lanes;
        float[] padded = Reflect(sound, size / 2);
        int frames = 1 + (padded.Length - size) / hop;
        Spectrum spectrum = new(frames, bins);
        RealFft<double> fft = new(size);
        for (int first = 0; first < frames; first += lanes)
        {
            int count = Math.Min(lanes, frames - first);
            Span<double> re = fft.Re, im = fft.Im;
            for (int lane = 0; lane < count; lane++)
            {
                ReadOnlySpan<float> frame = padded.AsSpan((first + lane) * hop, size);
                for (int n = 0; n < size; n += 2)
                {
                    re[n / 2 * lanes + lane] = window[n] * frame[n];
                    im[n / 2 * lanes + lane] = window[n + 1] * frame[n + 1];
                }
            }

            fft.Forward();
            re = fft.Re;
            im = fft.Im;
            for (int lane = 0; lane < count; lane++)
            {
                Span<float> toRe = spectrum.Real(first + lane), toIm = spectrum.Imaginary(first + lane);
                for (int b = 0; b < bins; b++)
                {
                    toRe[b] = (float)re[b * lanes + lane];
                    toIm[b] = (float)im[b * lanes + lane];
                }
            }
        }

        return spectrum;
    }

    /// <summary>Sound of a spectrum that <see cref="Forward(ReadOnlySpan{float})"/> gave: overlapped frames, divided by the sum of squared
    /// windows.</summary>
    /// <param name="spectrum">Frames of the default size.</param>
    /// <param name="length">Samples wanted; zeros where frames end before (util.fix_length).</param>
    public static float[] Inverse(Spectrum spectrum, int length)
    {
        int lanes = RealFft<double>.Lanes;
        float[] sum = new float[Size + Hop * (spectrum.Frames - 1)], weight = new float[sum.Length];
        RealFft<double> fft = new(Size);
        for (int first = 0; first < spectrum.Frames; first += lanes)
        {
            int count = Math.Min(lanes, spectrum.Frames - first);
            Span<double> re = fft.Re, im = fft.Im;
            for (int lane = 0; lane < count; lane++)
            {
                ReadOnlySpan<float> fromRe = spectrum.Real(first + lane), fromIm = spectrum.Imaginary(first + lane);
                for (int b = 0; b < spectrum.Bins; b++)
                {
                    re[b * lanes + lane] = fromRe[b];
                    im[b * lanes + lane] = fromIm[b];
                }
            }

            fft.Inverse();
            re = fft.Re;
            im = fft.Im;
            for (int lane = 0; lane < count; lane++)
            {
                // Sums are rounded to single precision frame after frame, as there: the tuning is counted from what comes of it.
                int start = (first + lane) * Hop;
                Span<float> to = sum.AsSpan(start, Size), squares = weight.AsSpan(start, Size);
                for (int n = 0; n < Size; n++)
                {
                    double sample = (n % 2 == 0 ? re : im)[n / 2 * lanes + lane];
                    to[n] = (float)(to[n] + HannWindow[n] * sample);
                    squares[n] = (float)(squares[n] + HannWindow[n] * HannWindow[n]);
                }
            }
        }

        // The ends within half a frame are the reflections; there, and only there, the weights may vanish.
        float[] sound = new float[length];
        int kept = Math.Min(length, sum.Length - Size);
        for (int i = 0; i < kept; i++)
        {
            sound[i] = sum[Size / 2 + i] / weight[Size / 2 + i];
        }

        return sound;
    }

    /// <summary>The periodic Hann window.</summary>
    /// <param name="size">Its length.</param>
    public static double[] Hann(int size) => [.. Enumerable.Range(0, size).Select(n => 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / size))];

    /// <summary>Sound between its mirror images, the end samples not repeated; images of images where it is shorter than a side; a single
    /// sample is repeated (numpy.pad's mode `reflect`).</summary>
    internal static float[] Reflect(ReadOnlySpan<float> sound, int side)
    {
        float[] padded = new float[checked(sound.Length + 2 * side)];
        sound.CopyTo(padded.AsSpan(side));
        int period = Math.Max(1, 2 * (sound.Length - 1));
        for (int i = 0; i < side; i++)
        {
            padded[side - 1 - i] = sound[Fold(-1 - i, period)];
            padded[side + sound.Length + i] = sound[Fold(sound.Length + i, period)];
        }

        return padded;
    }

    private static int Fold(int i, int period)
    {
        int within = (i % period + period) % period;
        return Math.Min(within, period - within) * (period > 1 ? 1 : 0);
    }
}
