using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

/// <summary>The same samples in two containers count as one sound, whatever the bytes of the files.</summary>
public sealed class SameSoundTests : IDisposable
{
    private readonly SoundFolder _folder = new();
    private readonly short[] _samples = [.. Enumerable.Range(0, 4000).Select(i => (short)(9000 * Math.Sin(0.1 * i)))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Container_bit_depth_and_header_make_no_other_sound()
    {
        byte[] plain = SoundBytes.Shorts(_samples);
        Write("DC_a01.wav", SoundBytes.Wav(16, plain));
        Write("DC_a02.wav", SoundBytes.Riff(
            SoundBytes.Format(16), SoundBytes.Chunk("LIST", new byte[30]), SoundBytes.Chunk("data", plain)));
        Write("DC_a03.wav", SoundBytes.Wav(24, [.. _samples.SelectMany(s => SoundBytes.Little(s << 8, 3))]));
        Write("DC_a04.wav", SoundBytes.Wav(32, SoundBytes.Singles([.. _samples.Select(s => s / 32768f)]), tag: 3));
        Write("DC_a05.aiff", SoundBytes.Aiff(16, SoundBytes.Swap(plain, 2), rate: 16000));
        Write("DC_a06.wav", SoundBytes.Wav(16, [.. _samples.SelectMany(s => SoundBytes.Shorts(s, s))], channels: 2));
        WavWriter.Write(_folder.In("DC_a07.wav"), [.. _samples.Select((s, i) => (s + (i == 99 ? 1 : 0)) / 32768f)], 16000);

        Utterance[] clips = [.. _folder.Scan("savee").Manifest.Utterances];

        Assert.Equal(7, clips.Select(c => c.Sha256).Distinct().Count());
        Assert.Single(clips[..6].Select(c => c.Sound).Distinct());
        Assert.NotEqual(clips[0].Sound, clips[6].Sound); // One sample differs by one step.
    }

    [Fact]
    public void One_sound_under_two_labels_is_an_error_in_another_container_too()
    {
        Write("DC_a01.wav", SoundBytes.Wav(16, SoundBytes.Shorts(_samples)));
        Write("DC_sa01.aiff", SoundBytes.Aiff(16, SoundBytes.Swap(SoundBytes.Shorts(_samples), 2), rate: 16000));
        Finding error = Assert.Single(_folder.Scan("savee").Findings, f => f.Severity == Severity.Error);
        Assert.Contains(
            "savee/DC_a01, savee/DC_sa01 are one sound under different speakers or labels", error.Message, StringComparison.Ordinal);
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(_folder.In(name), bytes);
}
