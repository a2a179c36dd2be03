using SpeechEmotion.Audio;
using SpeechEmotion.Features;

namespace SpeechEmotion.Web;

/// <summary>Makes the picture of a clip: all of it, as the model's front end sees it before its ends are cut.</summary>
internal static class PictureMaker
{
    private const int MostColumns = 600;

    public static ClipPicture Of(ShelvedModel model, Waveform wave)
    {
        (byte[] low, byte[] high) = Peaks(wave.Samples);
        Feature levels = model.Picture.Extract([wave])[0];
        double range = model.Card.Features.TopDb;
        (int frames, int bands) = (levels.Frames, levels.Width);
        int columns = Math.Min(frames, MostColumns);
        float top = levels.Values.Max();
        byte[] picture = new byte[columns * bands];
        for (int frame = 0; frame < frames; frame++)
        {
            // A column shows the loudest of its frames: a mean would blur onsets.
            int column = (int)((long)frame * columns / frames);
            for (int band = 0; band < bands; band++)
            {
                ref byte cell = ref picture[column * bands + band];
                cell = Math.Max(cell, (byte)Math.Clamp(((levels.Values[frame * bands + band] - top) / range + 1) * 255, 0, 255));
            }
        }

        return new ClipPicture(low, high, bands, columns, range, picture);
    }

    /// <summary>Lowest and highest sample of each column, relative to the clip's largest magnitude: the picture shows the shape, and that
    /// of a quiet clip would otherwise be a few steps high.</summary>
    private static (byte[] Low, byte[] High) Peaks(float[] samples)
    {
        float loudest = Math.Max(float.Epsilon, samples.Max(MathF.Abs));
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

            (low[column], high[column]) = (Byte(least / loudest), Byte(most / loudest));
        }

        return (low, high);
    }

    private static byte Byte(float sample) => (byte)Math.Clamp(MathF.Round((sample + 1) * 127.5f), 0, 255);
}
