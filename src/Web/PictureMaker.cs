using SpeechEmotion.Audio;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Web;

/// <summary>Makes the picture of a clip: all of it, as the model's front end sees it before its ends are cut.</summary>
internal static class PictureMaker
{
    private const int MostColumns = 600;

    public static ClipPicture Of(ShelvedModel model, Waveform wave)
    {
        (byte[] low, byte[] high) = Peaks(wave.Samples);
        int rate = model.Card.Features.SampleRate;
        float[] samples = Resampler.Resample(wave.Samples, wave.SampleRate, rate);
        Array.Resize(ref samples, Math.Max(samples.Length, model.LogMel.LeastSamples));

        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        Tensor levels = model.LogMel.Of([samples])[0];
        double range = model.Card.Features.TopDb;
        float[] values = levels.sub(levels.amax(0, 1)).div(range).add(1).mul(255).contiguous().data<float>().ToArray();
        int frames = (int)levels.shape[0], bands = (int)levels.shape[1], columns = Math.Min(frames, MostColumns);
        byte[] picture = new byte[columns * bands];
        for (int frame = 0; frame < frames; frame++)
        {
            // The loudest frame stands for those that share a column: a mean would blur onsets.
            int column = (int)((long)frame * columns / frames);
            for (int band = 0; band < bands; band++)
            {
                ref byte cell = ref picture[column * bands + band];
                cell = Math.Max(cell, (byte)Math.Clamp(values[frame * bands + band], 0, 255));
            }
        }

        return new ClipPicture(low, high, bands, columns, range, picture);
    }

    private static (byte[] Low, byte[] High) Peaks(float[] samples)
    {
        int columns = Math.Min(samples.Length, MostColumns);
        byte[] low = new byte[columns], high = new byte[columns];
        for (int column = 0; column < columns; column++)
        {
            int from = (int)((long)column * samples.Length / columns), to = (int)((long)(column + 1) * samples.Length / columns);
            float least = samples[from], most = samples[from];
            foreach (float sample in samples.AsSpan(from..to))
            {
                least = Math.Min(least, sample);
                most = Math.Max(most, sample);
            }

            (low[column], high[column]) = (Byte(least), Byte(most));
        }

        return (low, high);
    }

    private static byte Byte(float sample) => (byte)Math.Clamp(MathF.Round((sample + 1) * 127.5f), 0, 255);
}
