using System.Numerics.Tensors;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Features.Summary;

/// <summary>The 193 features of the published system (shunitavni/Speech-Emotion-Recognition, 2020), one vector per clip: means over time of
/// what librosa 0.7 computes with its defaults (FFT 2048, hop 512, centred, periodic Hann) at the file's own rate.</summary>
public static class SummaryFeatures
{
    /// <summary>Values per clip.</summary>
    public const int Count = Cepstrum.Count + PitchClasses.Count + SlaneyMel.Bands + SpectralContrast.Bands + Tonnetz.Count;

    /// <summary>Index of the first mel value of the vector.</summary>
    public const int MelStart = Cepstrum.Count + PitchClasses.Count;

    /// <summary>Rates must be above this, in Hz: the top band of spectral contrast starts at half of it.</summary>
    public const int LowestRate = (int)(2 * SpectralContrast.HighestEdgeHz);

    /// <summary>Highest rate, in Hz; above it an FFT bin is about as wide as the lowest bands.</summary>
    public const int HighestRate = 384_000;

    /// <summary>Refuses sound for which the features are not defined.</summary>
    /// <param name="wave">Mono sound.</param>
    /// <exception cref="InputException">The rate is too low or too high, or the clip is too short (64 samples or less at 44.1 and
    /// 48 kHz).</exception>
    public static void Check(Waveform wave)
    {
        int rate = wave.SampleRate;
        if (rate is <= LowestRate or > HighestRate)
        {
            throw new InputException(
                $"{rate} samples a second: the 193 features need a rate above {LowestRate} and up to {HighestRate}; resample the file");
        }

        if (wave.Samples.Length < ConstantQ.LeastSamples(rate))
        {
            throw new InputException($"a clip of {wave.Samples.Length} samples is too short for the 193 features, "
                + $"which need {ConstantQ.LeastSamples(rate)} at {rate} Hz; leave it out");
        }
    }

    /// <summary>Computes the features of a clip.</summary>
    /// <param name="wave">Mono sound at the rate of its file; finite samples.</param>
    /// <returns><see cref="Count"/> finite values: 40 cepstral coefficients, 12 pitch classes, 128 mel powers, 7 of spectral contrast, 6 of
    /// the tonnetz.</returns>
    /// <exception cref="InputException">As <see cref="Check"/>.</exception>
    public static float[] Of(Waveform wave)
    {
        Check(wave);
        int rate = wave.SampleRate;
        using Spectrum spectrum = Stft.Forward(wave.Samples);
        using Magnitudes magnitudes = spectrum.Magnitudes();
        double[] mel = SlaneyMel.Of(magnitudes, rate);
        double[] meanMel = MeanOverTime(mel, SlaneyMel.Bands);
        Decibels.Of(mel);
        float[] harmonic = Hpss.Harmonic(spectrum, magnitudes, wave.Samples.Length);
        using Spectrum harmonicSpectrum = Stft.Forward(harmonic);
        using Magnitudes harmonicMagnitudes = harmonicSpectrum.Magnitudes();
        double tuning = PitchTuning.Of(harmonicMagnitudes, rate);
        double[] all =
        [
            .. Cepstrum.Of(MeanOverTime(mel, SlaneyMel.Bands)),
            .. PitchClasses.Of(magnitudes, rate),
            .. meanMel,
            .. SpectralContrast.Of(magnitudes, rate),
            .. Tonnetz.Of(ConstantQ.PitchClasses(harmonic, rate, tuning)),
        ];
        return [.. all.Select(value => (float)value)];
    }

    private static double[] MeanOverTime(double[] values, int width)
    {
        double[] mean = new double[width];
        for (int first = 0; first < values.Length; first += width)
        {
            TensorPrimitives.Add(mean, values.AsSpan(first, width), mean);
        }

        TensorPrimitives.Divide(mean, values.Length / width, mean);
        return mean;
    }
}
