namespace SpeechEmotion.Features;

/// <summary>What must hold between the options of a front end. A config and a model's card are checked by it, so that what computes the
/// features need not.</summary>
internal static class FeatureRules
{
    /// <summary>The rules that a front end breaks.</summary>
    /// <param name="f">The front end; each option is within its own range.</param>
    /// <returns>For each: what is wrong, and the config keys that it hangs on, the one to blame first.</returns>
    public static IEnumerable<(string Reason, string[] Keys)> Broken(FeatureOptions f)
    {
        double half = f.SampleRate / 2.0;
        if (f.Hop > f.FftSize)
        {
            yield return ($"{f.Hop} skips samples; at most features.fft_size ({f.FftSize})", ["features.hop", "features.fft_size"]);
        }

        if (f.MaxHz > half)
        {
            yield return (
                $"{f.MaxHz} is above half of features.sample_rate ({half}); lower it, or 0 for the half",
                ["features.max_hz", "features.sample_rate"]);
        }

        if (f.MinHz >= MelFilterBank.Highest(f))
        {
            yield return (
                $"{f.MinHz} is not below the highest frequency ({MelFilterBank.Highest(f)}); lower it",
                ["features.min_hz", "features.max_hz", "features.sample_rate"]);
        }
        else if (f.Banded && MelFilterBank.Empty(f) is (int band, double low, double high))
        {
            yield return (
                $"{f.Mels} are too many for features.fft_size {f.FftSize}: band {band} ({low:0} to {high:0} Hz) "
                    + "holds no frequency of it; take fewer bands or a longer FFT",
                ["features.mels", "features.fft_size", "features.sample_rate", "features.min_hz", "features.max_hz", "features.kind"]);
        }

        if (f.Kind == "mfcc" && f.Mfccs > f.Mels)
        {
            yield return (
                $"{f.Mfccs} coefficients need as many features.mels (there are {f.Mels}); take fewer",
                ["features.mfccs", "features.mels", "features.kind"]);
        }
    }
}
