using SpeechEmotion.Audio;
using SpeechEmotion.Training;

namespace SpeechEmotion.Web;

/// <summary>A model's answers over a window that slides along a clip.</summary>
internal static class Timeline
{
    /// <summary>Length of the window in seconds: about that of the clips that the models were trained on.</summary>
    public const double WindowSeconds = 3;

    /// <summary>Longest hop from a window to the next, in seconds, except in long clips.</summary>
    private const double HopSeconds = 0.5;

    /// <summary>Maximum number of windows. A long clip takes longer hops, so that its cost is bounded, but none longer than the window, or
    /// part of the clip would be skipped.</summary>
    private const int MostWindows = (int)(ServeOptions.MostSeconds / WindowSeconds);

    /// <summary>Classifies each window of a clip; a silent window gets no answer.</summary>
    /// <returns>Windows in order of time, silent ones left out; empty for a clip that is not longer than one window.</returns>
    public static IReadOnlyList<TimelineWindow> Of(EmotionClassifier classifier, Waveform wave)
    {
        double last = wave.Seconds - WindowSeconds;
        if (last <= 0)
        {
            return [];
        }

        // Evenly spaced, so that the last window ends with the clip.
        int hops = Math.Min(MostWindows - 1, (int)Math.Ceiling(last / HopSeconds));
        double hop = last / hops;
        int length = (int)(WindowSeconds * wave.SampleRate);
        (double Start, Waveform Sound)[] windows = [.. Enumerable.Range(0, hops + 1)
            .Select(i => (Start: i * hop, From: (int)Math.Min(i * hop * wave.SampleRate, wave.Samples.Length - length)))
            .Select(at => (at.Start, new Waveform(wave.Samples[at.From..(at.From + length)], wave.SampleRate)))
            .Where(window => !Recording.IsSilent(window.Item2.Samples))];
        return [.. windows.Zip(classifier.Classify([.. windows.Select(window => window.Sound)]), (window, probabilities) =>
        {
            EmotionAnswer answer = EmotionAnswer.Of(classifier.Card, probabilities);
            return new TimelineWindow(window.Start, window.Start + WindowSeconds, answer.Emotion, answer.Sure, answer.Probabilities);
        })];
    }
}
