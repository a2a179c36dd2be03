using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>Pitch, voicing and level of one frame.</summary>
/// <param name="Hertz">Fundamental frequency in Hz; 0 where the path is unvoiced.</param>
/// <param name="Strength">Highest normalised autocorrelation among the frame's candidates, 0 to 1: near 1 for a periodic sound, even where
/// the path is unvoiced.</param>
/// <param name="Decibel">Level of the frame: mean power under the window in dB; silence is at -100.</param>
public readonly record struct Voice(double Hertz, double Strength, double Decibel);

/// <summary>Fundamental frequency by Boersma's method (Accurate short-term analysis of the fundamental frequency, IFA Proceedings 17, 1993;
/// Praat's `To Pitch (ac)`): the autocorrelation of each windowed frame is divided by the window's own, its peaks are candidates, and the
/// cheapest path through them (<see cref="PitchPath"/>) is the pitch. Peaks are interpolated by a parabola, where Praat uses a sinc: the
/// pitches differ by some 0.1 % at 16 kHz.</summary>
public sealed class PitchTracker
{
    /// <summary>Lowest pitch, in Hz. The window holds three of its periods: 48 ms.</summary>
    public const double Floor = 62.5;

    /// <summary>Highest pitch, in Hz; actors who shout exceed 500 now and then.</summary>
    public const double Ceiling = 600;

    private readonly int _rate;
    private readonly int _hop;
    private readonly int _size;
    private readonly int _longest;
    private readonly int _length;
    private readonly float[] _window; // followed by zeros up to the transform's size
    private readonly double _power;
    private readonly double[] _own; // 1 over the window's normalised autocorrelation (1 at lag 0)

    /// <summary>Buffers of a thread, kept between clips.</summary>
    [ThreadStatic]
    private static float[]? keptCuts, keptSamples, keptLags;

    /// <summary>Prepares a window.</summary>
    /// <param name="sampleRate">In Hz, at least 4,000.</param>
    /// <param name="hop">Samples between frames; frame t is centred on sample t · hop.</param>
    public PitchTracker(int sampleRate, int hop)
    {
        (_rate, _hop) = (sampleRate, hop);
        _longest = (int)Math.Ceiling(sampleRate / Floor);
        _length = 3 * _longest;
        _size = (int)BitOperations.RoundUpToPowerOf2((uint)(_length + _longest));
        _window = [.. Enumerable.Range(0, _size)
            .Select(i => i < _length ? (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / _length)) : 0)];
        _power = _window.Sum(w => (double)w * w);
        _own = [.. Enumerable.Range(0, _longest + 2).Select(lag => _power / _window.Skip(lag).Zip(_window, (a, b) => (double)a * b).Sum())];
    }

    /// <summary>Tracks the pitch through a clip.</summary>
    /// <param name="clip">Mono sound; a clip shorter than the window is extended with silence.</param>
    /// <returns>One value per frame, 1 + samples / hop of them. Near the clip's ends, where a centred window would leave the clip, the
    /// nearest window that fits is used.</returns>
    public Voice[] Of(float[] clip)
    {
        int frames = 1 + clip.Length / _hop;
        double[] loudest = new double[frames];
        Voice[] voices = new Voice[frames];
        PitchCandidate[][] candidates = new PitchCandidate[frames][];
        (int lanes, int longest) = (RealFft<float>.Lanes, _longest + 2);
        RealFft<float> fft = RealFft<float>.OfThread(_size);
        Span<float> cuts = Aligned.Reuse(ref keptCuts, lanes * _size), lagsOfAll = Aligned.Reuse(ref keptLags, lanes * longest);
        for (int first = 0; first < frames; first += lanes)
        {
            int count = Math.Min(lanes, frames - first);
            for (int lane = 0; lane < count; lane++)
            {
                loudest[first + lane] = Cut(clip, (first + lane) * _hop, cuts.Slice(lane * _size, _length));
            }

            LaneTiles<float>.Deal(cuts, _size, _window, fft);

            // The autocorrelation is the inverse transform of the power.
            fft.ForwardPower();
            fft.Inverse();
            LaneTiles<float>.Collect(Interleaved(fft, longest), lagsOfAll, longest, longest);
            for (int lane = 0; lane < count; lane++)
            {
                ReadOnlySpan<float> lags = lagsOfAll.Slice(lane * longest, longest);
                PitchCandidate[] voiced = candidates[first + lane] = Peaks(lags);
                double strength = voiced.Length == 0 ? 0 : Math.Clamp(voiced.Max(c => c.Strength), 0, 1);
                voices[first + lane] = new Voice(0, strength, 10 * Math.Log10(Math.Max(LogMel.LeastPower, lags[0] / _power)));
            }
        }

        double top = loudest.Max();
        PitchCandidate[][] choices = [.. candidates.Zip(loudest, (voiced, loud) =>
            (PitchCandidate[])[new PitchCandidate(0, PitchPath.Silence(top > 0 ? loud / top : 0)), .. voiced])];
        double[] path = PitchPath.Cheapest(choices, _hop / (double)_rate);
        return [.. voices.Zip(path, (voice, hertz) => voice with { Hertz = hertz })];
    }

    /// <summary>Copies a frame and subtracts its mean. Returns its peak amplitude.</summary>
    private static float Cut(float[] clip, int centre, Span<float> frame)
    {
        int start = Math.Clamp(centre - frame.Length / 2, 0, Math.Max(0, clip.Length - frame.Length));
        ReadOnlySpan<float> sound = clip.AsSpan(start, Math.Min(frame.Length, clip.Length - start));
        frame[sound.Length..].Clear();
        if (sound.IsEmpty)
        {
            return 0;
        }

        TensorPrimitives.Subtract(sound, TensorPrimitives.Sum(sound) / sound.Length, frame);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(frame[..sound.Length]));
    }

    /// <summary>The strongest peaks between floor and ceiling, all at least half as high as the voicing threshold.</summary>
    private PitchCandidate[] Peaks(ReadOnlySpan<float> lags)
    {
        if (!(lags[0] > LogMel.LeastPower * _power))
        {
            return [];
        }

        List<PitchCandidate> peaks = [];
        int shortest = (int)(_rate / Ceiling);
        (double before, double here, double after) = (0, At(lags, shortest - 1), At(lags, shortest));
        for (int lag = shortest; lag <= _longest; lag++)
        {
            (before, here, after) = (here, after, At(lags, lag + 1));
            if (here < 0.5 * PitchPath.VoicingThreshold || here <= before || here < after)
            {
                continue;
            }

            double slope = (after - before) / 2, bend = 2 * here - before - after;
            double hertz = _rate / (lag + slope / bend), strength = here + slope * slope / (2 * bend);
            if (hertz is >= Floor and <= Ceiling)
            {
                // At short lags the division can lift noise above 1; Praat takes the inverse.
                peaks.Add(new PitchCandidate(hertz, strength > 1 ? 1 / strength : strength));
            }
        }

        return [.. peaks.OrderByDescending(PitchPath.Worth).Take(PitchPath.MostCandidates)];
    }

    private double At(ReadOnlySpan<float> lags, int lag) => lags[lag] * _own[lag] / lags[0];

    /// <summary>The transform's output with even and odd samples in order, one frame in each lane.</summary>
    private static ReadOnlySpan<Vector512<float>> Interleaved(RealFft<float> fft, int count)
    {
        Span<Vector512<float>> samples = Aligned.ReuseVectors(ref keptSamples, count + count % 2);
        Span<Vector512<float>> even = fft.ReVectors, odd = fft.ImVectors;
        for (int k = 0; k < samples.Length / 2; k++)
        {
            (samples[2 * k], samples[2 * k + 1]) = (even[k], odd[k]);
        }

        return samples;
    }
}
