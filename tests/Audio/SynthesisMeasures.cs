namespace SpeechEmotion.Tests.Audio;

/// <summary>f0 by the normalised cross-correlation of two neighbouring spans.</summary>
internal static class PitchMeter
{
    /// <summary>f0 in Hz near a sample, or null where the sound does not repeat or ends too soon.</summary>
    public static double? At(ReadOnlySpan<float> sound, int centre, int rate)
    {
        const int Window = 640;
        int begin = centre - Window / 2;
        int longest = rate / 60;
        if (begin - longest / 2 < 0 || begin + Window + longest / 2 + 1 > sound.Length)
        {
            return null;
        }

        double[] correlation = new double[longest + 1];
        for (int lag = rate / 600; lag <= longest; lag++)
        {
            ReadOnlySpan<float> left = sound.Slice(begin - lag / 2, Window);
            ReadOnlySpan<float> right = sound.Slice(begin - lag / 2 + lag, Window);
            double product = 0, a = 1e-12, b = 1e-12;
            for (int i = 0; i < Window; i++)
            {
                product += left[i] * right[i];
                a += left[i] * left[i];
                b += right[i] * right[i];
            }

            correlation[lag] = product / Math.Sqrt(a * b);
        }

        // The first peak near the best one, since multiples of a period match as well as the period itself.
        double best = correlation.Max();
        for (int lag = rate / 600 + 1; lag < longest; lag++)
        {
            (double before, double here, double after) = (correlation[lag - 1], correlation[lag], correlation[lag + 1]);
            if (best > 0.5 && here > best - 0.04 && here >= before && here >= after)
            {
                return rate / (lag + 0.5 * (before - after) / (before - 2 * here + after));
            }
        }

        return null;
    }
}

/// <summary>Peaks of a linear-prediction spectrum (autocorrelation method, Levinson-Durbin recursion), in Hz.</summary>
internal static class LinearPrediction
{
    public static double[] Peaks(float[] sound, int order, int rate)
    {
        double[] r = [.. Enumerable.Range(0, order + 1).Select(
            lag => Enumerable.Range(lag, sound.Length - lag).Sum(i => (double)sound[i] * sound[i - lag]))];
        double[] a = new double[order + 1];
        a[0] = 1;
        double error = r[0];
        for (int i = 1; i <= order; i++)
        {
            double reflection = -Enumerable.Range(0, i).Sum(j => a[j] * r[i - j]) / error;
            double[] previous = [.. a];
            for (int j = 1; j <= i; j++)
            {
                a[j] = previous[j] + reflection * previous[i - j];
            }

            error *= 1 - reflection * reflection;
        }

        double[] gain = [.. Enumerable.Range(0, rate / 10).Select(k =>
        {
            System.Numerics.Complex sum = 0;
            for (int j = 0; j <= order; j++)
            {
                sum += System.Numerics.Complex.FromPolarCoordinates(a[j], -2 * Math.PI * 5 * k * j / rate);
            }

            return -sum.Magnitude;
        })];
        return [.. Enumerable.Range(1, gain.Length - 2).Where(k => gain[k] > gain[k - 1] && gain[k] >= gain[k + 1]).Select(k => 5.0 * k)];
    }
}
