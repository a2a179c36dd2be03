using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Features;

/// <summary>One frame's voice.</summary>
/// <param name="Hertz">Fundamental frequency; 0 where the path has no voice.</param>
/// <param name="Strength">Highest normalised autocorrelation among the frame's candidates, 0 to 1: near 1 for a periodic sound, voiced or not by the path.</param>
/// <param name="Decibel">Level of the frame: mean power under the window in dB; silence is at -100.</param>
public readonly record struct Voice(double Hertz, double Strength, double Decibel);

/// <summary>Fundamental frequency by Boersma's method (Accurate short-term analysis of the fundamental frequency, IFA Proceedings 17, 1993; Praat's
/// `To Pitch (ac)`): the autocorrelation of each windowed frame, divided by the window's own; its peaks are candidates, and the cheapest path through
/// them (<see cref="PitchPath"/>) is the pitch. Peaks are placed by a parabola where Praat takes a sinc: some 0.1 % apart at 16 kHz.</summary>
public sealed class PitchTracker
{
    /// <summary>Lowest pitch, in Hz. Three periods of it are a window: 48 ms.</summary>
    public const double Floor = 62.5;

    /// <summary>Highest pitch, in Hz: actors who shout go past 500 now and then.</summary>
    public const double Ceiling = 600;

    private readonly int _rate;
    private readonly int _hop;
    private readonly int _size;
    private readonly int _longest;
    private readonly float[] _window;
    private readonly double _power;
    private readonly double[] _own; // the window's autocorrelation, 1 at lag 0
    private readonly Device _device;

    /// <summary>Prepares a window.</summary>
    /// <param name="sampleRate">In Hz, at least 4,000.</param>
    /// <param name="hop">Samples between frames; frame t is centred on sample t · hop.</param>
    /// <param name="device">Where the transforms run.</param>
    public PitchTracker(int sampleRate, int hop, Device device)
    {
        (_rate, _hop, _device) = (sampleRate, hop, device);
        _longest = (int)Math.Ceiling(sampleRate / Floor);
        int length = 3 * _longest;
        _window = [.. Enumerable.Range(0, length).Select(i => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / length)))];
        _power = _window.Sum(w => (double)w * w);
        _size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(length + _longest));
        _own = [.. Enumerable.Range(0, _longest + 2).Select(lag => _window.Skip(lag).Zip(_window, (a, b) => (double)a * b).Sum() / _power)];
    }

    /// <summary>Follows the voice through a clip.</summary>
    /// <param name="clip">Mono sound; silence is taken to follow one shorter than the window.</param>
    /// <returns>One value a frame, 1 + samples / hop of them. A frame at an end, where the window would leave the clip, takes the last that fits.</returns>
    public Voice[] Of(float[] clip)
    {
        int frames = 1 + clip.Length / _hop;
        float[] spread = new float[frames * _size];
        double[] loudest = new double[frames];
        for (int t = 0; t < frames; t++)
        {
            loudest[t] = Cut(clip, t * _hop, spread.AsSpan(t * _size, _window.Length));
        }

        float[] correlation = Correlate(spread, frames);
        double top = loudest.Max();
        PitchCandidate[][] candidates = new PitchCandidate[frames][];
        Voice[] voices = new Voice[frames];
        for (int t = 0; t < frames; t++)
        {
            ReadOnlySpan<float> lags = correlation.AsSpan(t * _size, _longest + 2);
            PitchCandidate[] voiced = Peaks(lags);
            candidates[t] = [new PitchCandidate(0, PitchPath.Silence(top > 0 ? loudest[t] / top : 0)), .. voiced];
            double strength = voiced.Length == 0 ? 0 : Math.Clamp(voiced.Max(c => c.Strength), 0, 1);
            voices[t] = new Voice(0, strength, 10 * Math.Log10(Math.Max(LogMel.LeastPower, lags[0] / _power)));
        }

        double[] path = PitchPath.Cheapest(candidates, _hop / (double)_rate);
        return [.. voices.Zip(path, (voice, hertz) => voice with { Hertz = hertz })];
    }

    /// <summary>A frame without its mean, under the window. Returns its loudest sample before that.</summary>
    private double Cut(float[] clip, int centre, Span<float> frame)
    {
        int start = Math.Clamp(centre - frame.Length / 2, 0, Math.Max(0, clip.Length - frame.Length));
        ReadOnlySpan<float> sound = clip.AsSpan(start, Math.Min(frame.Length, clip.Length - start));
        double mean = 0, loudest = 0;
        foreach (float sample in sound)
        {
            mean += sample;
        }

        mean /= Math.Max(1, sound.Length);
        for (int i = 0; i < sound.Length; i++)
        {
            double sample = sound[i] - mean;
            loudest = Math.Max(loudest, Math.Abs(sample));
            frame[i] = (float)(sample * _window[i]);
        }

        return loudest;
    }

    /// <summary>Autocorrelations of windowed frames (frames × size), by the transform of their power.</summary>
    private float[] Correlate(float[] frames, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Tensor spectrum = fft.rfft(tensor(frames, [count, _size], device: _device));
        // A product, not a power: the binding may free an exponent while torch still reads it, and clips are computed on several threads.
        Tensor magnitude = spectrum.abs();
        return fft.irfft(magnitude * magnitude, _size).cpu().data<float>().ToArray();
    }

    /// <summary>The peaks between floor and ceiling that are half as high as a voice must be.</summary>
    private PitchCandidate[] Peaks(ReadOnlySpan<float> lags)
    {
        if (!(lags[0] > LogMel.LeastPower * _power))
        {
            return [];
        }

        Span<double> r = stackalloc double[3];
        List<PitchCandidate> peaks = [];
        for (int lag = (int)(_rate / Ceiling); lag <= _longest; lag++)
        {
            (r[0], r[1], r[2]) = (At(lags, lag - 1), At(lags, lag), At(lags, lag + 1));
            if (r[1] < 0.5 * PitchPath.VoicingThreshold || r[1] <= r[0] || r[1] < r[2])
            {
                continue;
            }

            double slope = (r[2] - r[0]) / 2, bend = 2 * r[1] - r[0] - r[2];
            double hertz = _rate / (lag + slope / bend), strength = r[1] + slope * slope / (2 * bend);
            if (hertz is >= Floor and <= Ceiling)
            {
                // Of a short lag, noise can pass 1 by the division; Praat takes the inverse.
                peaks.Add(new PitchCandidate(hertz, strength > 1 ? 1 / strength : strength));
            }
        }

        return [.. peaks.OrderByDescending(PitchPath.Worth).Take(PitchPath.MostCandidates)];
    }

    private double At(ReadOnlySpan<float> lags, int lag) => lags[lag] / (lags[0] * _own[lag]);
}
