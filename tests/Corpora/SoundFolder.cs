using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

/// <summary>A folder of made-up sound files under the names of real ones.</summary>
internal sealed class SoundFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory().FullName;

    public string In(string path) => Path.Combine(Root, path);

    /// <summary>Writes a tone at 8 kHz; each pitch gives another sound.</summary>
    public void Tone(string path, int pitch, double seconds = 0.5, float level = 0.3f) => WavWriter.Write(
        In(path), Enumerable.Range(0, (int)(8000 * seconds)).Select(i => level * MathF.Sin(0.1f * pitch * i)).ToArray(), 8000);

    public ScanReport Scan(params string[] corpora) => CorpusScanner.Scan(Root, corpora, new Dictionary<string, SoundFacts>());

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
