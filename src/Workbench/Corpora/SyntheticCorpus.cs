using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Synthesis;

namespace SpeechEmotion.Corpora;

/// <summary>How large the built-in corpus is.</summary>
/// <param name="Speakers">Number of speakers, 1 to 198; women and men alternate: F01, M01, F02, ….</param>
/// <param name="ClipsPerEmotion">Clips of each speaker and emotion, 1 to 99.</param>
/// <param name="Seed">Another seed gives other speakers.</param>
public sealed record SyntheticOptions(int Speakers = 10, int ClipsPerEmotion = 10, int Seed = 1);

/// <summary>Writes the built-in corpus: acted speech of a source-filter voice in six emotions (see <see cref="EmotionProsody"/>),
/// for trying the workbench without data. Results on it say nothing about human speech.</summary>
public static class SyntheticCorpus
{
    /// <summary>Version of the generator. Raise it with any change that alters a sample, so that corpora on disk are written
    /// anew.</summary>
    private const int Version = 1;

    /// <summary>Name of the marker file beside the clips, which records the generator's version and the options.</summary>
    private const string Marker = "made-by.txt";

    /// <summary>Writes `synthetic/F01/F01_anger_03.wav` and so on, 16 kHz, 16 bit. Clips that an earlier call with the same options
    /// finished are kept; clips of other options are deleted first. The bytes depend on the options alone, not on threads or
    /// order.</summary>
    /// <param name="folder">The data folder; `synthetic` is made in it.</param>
    /// <param name="options">Size and seed.</param>
    /// <param name="progress">Called with the number of clips done and to do in this call, one call at a time; not called where nothing is
    /// to do.</param>
    /// <exception cref="InputException">A size is out of range.</exception>
    /// <exception cref="IOException">A file cannot be written; the clips that were finished stay.</exception>
    public static void Write(string folder, SyntheticOptions options, Action<int, int>? progress = null)
    {
        Check("speakers", options.Speakers, 198);
        Check("clips per emotion", options.ClipsPerEmotion, 99);
        string root = Path.Combine(folder, "synthetic");
        string marker = Path.Combine(root, Marker);
        string made = $"Synthetic speech, generator {Version}, seed {options.Seed}, {options.Speakers} speakers, "
            + $"{options.ClipsPerEmotion} clips per emotion\n";
        if (!File.Exists(marker) || File.ReadAllText(marker) != made)
        {
            DeleteClips(root);
            AtomicFile.WriteText(marker, made);
        }

        (SyntheticSpeaker Speaker, string Emotion, int Take, string Path)[] missing = [..
            from index in Enumerable.Range(0, options.Speakers)
            let speaker = SyntheticSpeaker.Draw($"{(index % 2 == 0 ? 'F' : 'M')}{index / 2 + 1:00}", options.Seed)
            from emotion in EmotionProsody.Table.Keys
            from take in Enumerable.Range(1, options.ClipsPerEmotion)
            let path = Path.Combine(root, speaker.Name, $"{speaker.Name}_{emotion}_{take:00}.wav")
            where !File.Exists(path)
            select (speaker, emotion, take, path)];
        int done = 0;
        Lock gate = new();
        InParallel.Each(missing.Length, i =>
        {
            var clip = missing[i];
            SyntheticClip made = SyntheticClip.Make(clip.Speaker, clip.Emotion, clip.Take, options.Seed);
            WavWriter.Write(clip.Path, made.Sound.Samples, made.Sound.SampleRate);
            lock (gate)
            {
                progress?.Invoke(++done, missing.Length);
            }
        });
    }

    private static void Check(string what, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new InputException($"synthetic corpus: {value} {what} cannot be made; give 1 to {most}");
        }
    }

    /// <summary>Deletes clips, which are told by their names, and nothing else in the folder.</summary>
    private static void DeleteClips(string root)
    {
        if (Directory.Exists(root))
        {
            Synthetic names = new();
            foreach (string path in Directory.EnumerateFiles(root, "*.wav", SearchOption.AllDirectories).ToArray())
            {
                if (names.Parse(Path.GetFileName(path)) is not null)
                {
                    File.Delete(path);
                }
            }
        }
    }
}
