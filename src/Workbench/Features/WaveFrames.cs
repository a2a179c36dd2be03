namespace SpeechEmotion.Features;

/// <summary>The samples themselves as features, as the published VGG reads them: consecutive rows of `features.hop` samples, the last
/// padded with zeros. A clip that is too long is cut to its beginning, where other front ends take the middle.</summary>
internal static class WaveFrames
{
    /// <summary>Cuts a clip into rows.</summary>
    /// <param name="samples">One channel at the options' rate.</param>
    /// <param name="options">Samples per row, sample rate and maximum length.</param>
    /// <returns>At least one row.</returns>
    public static Feature Of(ReadOnlySpan<float> samples, FeatureOptions options)
    {
        samples = Beginning(samples, options);
        int rows = Math.Max(1, (samples.Length + options.Hop - 1) / options.Hop);
        float[] values = new float[rows * options.Hop];
        samples.CopyTo(values);
        return new Feature(values, rows, options.Hop);
    }

    /// <summary>The samples of a clip that <see cref="Of"/> takes.</summary>
    public static ReadOnlySpan<float> Beginning(ReadOnlySpan<float> samples, FeatureOptions options) =>
        samples[..Math.Min(samples.Length, (int)Math.Round(options.MaxSeconds * options.SampleRate))];
}
