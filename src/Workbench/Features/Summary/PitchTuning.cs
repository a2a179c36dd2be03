using System.Numerics.Tensors;

namespace SpeechEmotion.Features.Summary;

/// <summary>Estimates how far the pitches of a sound lie from the notes of A440: librosa 0.7 core.estimate_tuning, built on core.piptrack
/// (spectral peaks from 150 to 4000 Hz, at least a tenth of their frame's strongest bin, refined by a parabola) and core.pitch_tuning. The
/// result is the fullest of a hundred histogram bins, and a single peak can decide it, so each step uses single or double precision exactly
/// where librosa does.</summary>
internal static class PitchTuning
{
    private const double LowestHz = 150;
    private const double HighestHz = 4000;
    private const float Threshold = 0.1f;
    private const int Steps = 100;
    private const int Notes = 12;

    // Each edge is rounded as numpy.linspace(-0.5, 0.5, 101) rounds it.
    private static readonly double[] Edges = [.. Enumerable.Range(0, Steps + 1).Select(i => i == Steps ? 0.5 : i * (1.0 / Steps) + -0.5)];

    /// <summary>Estimates the tuning.</summary>
    /// <param name="spectrum">Magnitudes at the default FFT size.</param>
    /// <param name="rate">In Hz.</param>
    /// <returns>Semitones from -0.5 to 0.5, in hundredths; 0 where there is no peak.</returns>
    public static double Of(Magnitudes spectrum, int rate)
    {
        List<float> pitches = [], levels = [];
        for (int t = 0; t < spectrum.Frames; t++)
        {
            Peaks(spectrum.Frame(t), rate, pitches, levels);
        }

        if (pitches.Count == 0)
        {
            return 0;
        }

        float median = Median([.. levels]);
        int[] counts = new int[Steps];
        for (int i = 0; i < pitches.Count; i++)
        {
            if (levels[i] >= median)
            {
                counts[Step(pitches[i])]++;
            }
        }

        return Edges[Array.IndexOf(counts, counts.Max())];
    }

    private static void Peaks(ReadOnlySpan<float> frame, int rate, List<float> pitches, List<float> levels)
    {
        float least = Threshold * TensorPrimitives.Max(frame);
        double binHz = rate / 2.0 / (frame.Length - 1);
        int first = Math.Max(1, (int)Math.Ceiling(LowestHz / binHz));
        for (int b = first; b < frame.Length - 1 && b * binHz < HighestHz; b++)
        {
            float below = Over(frame[b - 1]), middle = Over(frame[b]), above = Over(frame[b + 1]);
            if (!(middle > below && middle >= above))
            {
                continue;
            }

            float slope = 0.5f * (frame[b + 1] - frame[b - 1]);
            float curve = 2 * frame[b] - frame[b + 1] - frame[b - 1];
            float shift = slope / (Math.Abs(curve) < Magnitudes.Tiny ? curve + 1 : curve);
            float pitch = (float)((b + (double)shift) * rate / (2 * (frame.Length - 1)));
            if (pitch > 0)
            {
                pitches.Add(pitch);
                levels.Add(frame[b] + 0.5f * slope * shift);
            }
        }

        float Over(float value) => value > least ? value : 0;
    }

    private static float Median(float[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static int Step(float pitch)
    {
        float semitones = Notes * MathF.Log2(pitch / 27.5f);
        float residual = semitones - MathF.Floor(semitones);
        residual = residual >= 0.5f ? residual - 1 : residual;
        int step = Math.Clamp((int)((residual + 0.5) * Steps), 0, Steps - 1);
        while (residual < Edges[step])
        {
            step--;
        }

        while (step < Steps - 1 && residual >= Edges[step + 1])
        {
            step++;
        }

        return step;
    }
}
