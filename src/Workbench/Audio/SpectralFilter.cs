using System.Numerics;
using static TorchSharp.torch;

namespace SpeechEmotion.Audio;

/// <summary>Filters a clip by its spectrum.</summary>
internal static class SpectralFilter
{
    /// <summary>Longer than a smooth gain rings, in samples: what goes beyond the clip's end must not come in at its beginning.</summary>
    private const int Ring = 2048;

    /// <summary>Multiplies the clip's spectrum.</summary>
    /// <param name="samples">One channel, at least a sample.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="gain">Factor at a frequency in Hz; smooth, for it has no phase.</param>
    /// <param name="impulse">What one sample sounds like, such as a room's response; empty leaves it.</param>
    /// <returns>As many samples: what rings on after the clip's end is cut.</returns>
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
