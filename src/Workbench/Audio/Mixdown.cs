namespace SpeechEmotion.Audio;

/// <summary>Mixes channels down to one.</summary>
internal static class Mixdown
{
    /// <summary>Takes the mean of the channels.</summary>
    /// <param name="interleaved">Frames × channels.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <param name="mono">Receives one sample per frame.</param>
    public static void Mean(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 1)
        {
            interleaved.CopyTo(mono);
            return;
        }

        for (int frame = 0; frame < mono.Length; frame++)
        {
            double sum = 0;
            foreach (float sample in interleaved.Slice(frame * channels, channels))
            {
                sum += sample;
            }

            mono[frame] = (float)(sum / channels);
        }
    }
}
