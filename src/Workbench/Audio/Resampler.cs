using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpeechEmotion.Audio;

/// <summary>Changes the sample rate, band-limited: a windowed-sinc low-pass with one short kernel for each phase of the output. Within
/// single precision, the result equals that of torchaudio.functional.resample with its defaults (sinc_interp_hann, lowpass_filter_width 6,
/// rolloff 0.99) on a tensor in double precision. (On a single-precision tensor torchaudio's own kernels are off by up to 3.5e-4 where the
/// rates share few factors.) The zeros that torchaudio keeps around each kernel are left out. Source: J. O. Smith, Digital Audio
/// Resampling; torchaudio 0.13.</summary>
public static class Resampler
{
    private const int ZeroCrossings = 6;
    private const double Rolloff = 0.99;
    private const int LargestCache = 1 << 24;

    private static readonly ConcurrentDictionary<(int From, int To), Kernels> Cache = new();
    private static long cached;

    /// <summary>Changes the rate.</summary>
    /// <param name="samples">One channel.</param>
    /// <param name="from">Its rate in Hz.</param>
    /// <param name="to">The wanted rate in Hz.</param>
    /// <returns>ceil(samples × to / from) samples; a copy where the rates are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive or above <see cref="AudioFile.HighestRate"/>,
    /// or the result is too long for an array.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] Resample(ReadOnlySpan<float> samples, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(from, to), AudioFile.HighestRate, nameof(from));
        int divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        (from, to) = (from / divisor, to / divisor);
        if (from == to || samples.IsEmpty)
        {
            return samples.ToArray();
        }

        long length = ((long)samples.Length * to + from - 1) / from;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength, nameof(samples));
        Kernels kernels = For(from, to);

        float[] output = new float[length], edge = new float[kernels.Taps];
        int phase = 0;
        int block = 0;
        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<float> kernel = kernels.Values.AsSpan(phase * kernels.Taps, kernels.Taps);
            int start = block + kernels.First[phase];
            ReadOnlySpan<float> stretch = start >= 0 && start <= samples.Length - kernel.Length
                ? samples.Slice(start, kernel.Length)
                : WithSilence(samples, start, edge);
            output[i] = DotProduct.Of(kernel, stretch);
            if (++phase == to)
            {
                phase = 0;
                block += from;
            }
        }

        return output;
    }

    /// <summary>A stretch that begins before the sound or ends after it, with silence there.</summary>
    private static ReadOnlySpan<float> WithSilence(ReadOnlySpan<float> samples, int start, float[] stretch)
    {
        Array.Clear(stretch);
        int first = Math.Clamp(start, 0, samples.Length), end = Math.Clamp(start + stretch.Length, first, samples.Length);
        samples[first..end].CopyTo(stretch.AsSpan(Math.Max(0, first - start)));
        return stretch;
    }

    private static Kernels For(int from, int to)
    {
        if (Cache.TryGetValue((from, to), out Kernels? kernels))
        {
            return kernels;
        }

        kernels = Kernels.Make(from, to);

        // Unusual rates have thousands of kernels. The cache is therefore bounded, and kernels that do not fit are made on each call.
        if (Interlocked.Read(ref cached) + kernels.Values.Length <= LargestCache && Cache.TryAdd((from, to), kernels))
        {
            Interlocked.Add(ref cached, kernels.Values.Length);
        }

        return kernels;
    }

    /// <summary>One kernel for each of the `to` output samples that `from` input samples give.</summary>
    /// <param name="Taps">Length of a kernel, padded with zeros at its end to whole vectors.</param>
    /// <param name="First">Input sample of each kernel's first tap, counted from the block's first sample.</param>
    /// <param name="Values">Kernels × taps.</param>
    private sealed record Kernels(int Taps, int[] First, float[] Values)
    {
        public static Kernels Make(int from, int to)
        {
            double cutoff = Math.Min(from, to) * Rolloff;
            double reach = ZeroCrossings * from / cutoff;
            int count = (int)Math.Floor(2 * reach) + 1;
            int taps = (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            int[] first = new int[to];
            float[] values = new float[to * taps];
            for (int phase = 0; phase < to; phase++)
            {
                double centre = (double)phase * from / to;
                first[phase] = (int)Math.Ceiling(centre - reach);
                for (int tap = 0; tap < count; tap++)
                {
                    double t = (first[phase] + tap - centre) / from * cutoff;
                    if (Math.Abs(t) < ZeroCrossings)
                    {
                        double window = Math.Cos(t * Math.PI / ZeroCrossings / 2);
                        double sinc = t == 0 ? 1 : Math.Sin(t * Math.PI) / (t * Math.PI);
                        values[phase * taps + tap] = (float)(sinc * window * window * cutoff / from);
                    }
                }
            }

            return new Kernels(taps, first, values);
        }
    }
}
