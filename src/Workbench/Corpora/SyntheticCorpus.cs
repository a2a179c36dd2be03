using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Synthesis;
using SpeechEmotion.Training;

namespace SpeechEmotion.Corpora;

/// <summary>How large the synthetic corpus is.</summary>
/// <param name="Speakers">Speakers, women and men in turn; 2 to 99.</param>
/// <param name="ClipsPerEmotion">Clips of each speaker and emotion; 1 to 99.</param>
/// <param name="Seed">Decides speakers, sentences and all else.</param>
public sealed record SyntheticOptions(int Speakers = 10, int ClipsPerEmotion = 10, int Seed = 1);

/// <summary>Writes the synthetic corpus as WAV files, which are then read as any corpus is. It shows that everything works where there is no other
/// corpus; its figures say nothing about people.</summary>
public static class SyntheticCorpus
{
    /// <summary>Raised when the same options come to sound otherwise.</summary>
    private const int Version = 1;

    /// <summary>Writes what is missing. The same options give the same files, whatever the order and number of threads.</summary>
    /// <param name="folder">The data folder; files go to `synthetic/F01/F01_anger_01.wav` below it.</param>
    /// <param name="options">Size and seed.</param>
    /// <param name="progress">Hears clips done, of how many.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string folder, SyntheticOptions options, Action<int, int>? progress = null)
    {
        string mark = Path.Combine(folder, "synthetic", "complete.txt"), content = $"version {Version}, {options}\n";
        if (File.Exists(mark) && File.ReadAllText(mark) == content)
        {
            return;
        }

        if (Directory.Exists(Path.Combine(folder, "synthetic")) && File.Exists(mark))
        {
            Directory.Delete(Path.Combine(folder, "synthetic"), recursive: true); // Of other options or an older version.
        }

        (string Speaker, string Emotion, int Clip)[] clips =
        [
            .. from speaker in Enumerable.Range(0, options.Speakers)
               from emotion in EmotionProsody.All.Keys
               from clip in Enumerable.Range(1, options.ClipsPerEmotion)
               select ($"{(speaker % 2 == 0 ? 'F' : 'M')}{(speaker / 2) + 1:00}", emotion, clip),
        ];
        int done = 0;
        Parallel.ForEach(clips, clip =>
        {
            string name = $"{clip.Speaker}_{clip.Emotion}_{clip.Clip:00}", path = Path.Combine(folder, "synthetic", clip.Speaker, name + ".wav");
            if (!File.Exists(path))
            {
                Voice voice = Voice.Draw(clip.Speaker[0] == 'F', new Random(Seeds.Of(options.Seed, clip.Speaker)));
                float[] sound = SentenceVoice.Speak(voice, EmotionProsody.All[clip.Emotion], new Random(Seeds.Of(options.Seed, name)));
                WavWriter.Write(path, sound, SentenceVoice.SampleRate);
            }

            progress?.Invoke(Interlocked.Increment(ref done), clips.Length);
        });
        AtomicFile.WriteText(mark, content);
    }
}
