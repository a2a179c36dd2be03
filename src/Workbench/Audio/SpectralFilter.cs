using System.Numerics;
using static TorchSharp.torch;

namespace SpeechEmotion.Audio;

/// <summary>Filters a clip by its spectrum.</summary>
internal static class SpectralFilter
{
    /// <summary>Padding in samples, longer than a smooth gain rings: sound that rings beyond the clip's end must not wrap around to its
    /// beginning.</summary>
    private const int Ring = 2048;

    /// <summary>Multiplies the clip's spectrum.</summary>
    /// <param name="samples">One channel, at least a sample.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="gain">Factor at a frequency in Hz; null applies none. It must be smooth, because it is applied with zero phase.</param>
    /// <param name="impulse">Impulse response to apply, such as a room's; empty applies none.</param>
    /// <returns>As many samples: the ringing after the clip's end is cut off.</returns>
    public static float[] Apply(float[] samples, int sampleRate, Func<double, double>? gain, float[] impulse)
    {
        long size = BitOperations.RoundUpToPowerOf2((uint)(samples.Length + impulse.Length + Ring));
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor spectrum = fft.rfft(tensor(samples), size);
        if (impulse.Length > 0)
        {
            spectrum *= fft.rfft(tensor(impulse), size);
        }

        if (gain is not null)
        {
            spectrum *= tensor([.. Enumerable.Range(0, (int)(size / 2) + 1).Select(k => (float)gain(k * (double)sampleRate / size))]);
        }

        return fft.irfft(spectrum, size)[..samples.Length].data<float>().ToArray();
    }
}
