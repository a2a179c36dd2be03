using SpeechEmotion.Audio;
using static SpeechEmotion.Tests.SoundBytes;

namespace SpeechEmotion.Tests;

public sealed class AudioFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_content_decides_and_not_the_name()
    {
        Assert.Equal(24414, AudioFile.Read(Save("aiff-inside.wav", Aiff(16, Swap(Shorts(1, 2), 2)))).SampleRate);
        Assert.Equal(16000, AudioFile.Read(Save("wav-inside.mp3", Wav(16, Shorts(1, 2)))).SampleRate);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("R", "not a sound file")]
    [InlineData("RIFF\0\0\0\0AVI LIST", "not a sound file")]
    [InlineData(
        "\0\0\0\u0018ftypM4A mp42",
        "MP4 (M4A) is not read here, nor by libsndfile; convert it: ffmpeg -i IN -c:a pcm_s16le OUT.wav")]
    [InlineData("fLaC and no more", "FLAC")]
    [InlineData("OggS and no more", "OGG")]
    [InlineData("\u00FF\u00FBno MPEG frame", "MP3")]
    public void What_is_no_sound_is_named(string content, string reason)
    {
        string path = Save("clip.wav", Ascii(content));
        InputException e = Assert.Throws<InputException>(() => AudioFile.Read(path));
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_folder_is_named_and_a_missing_file_stays_an_io_error()
    {
        InputException e = Assert.Throws<InputException>(() => AudioFile.Read(_folder.Path));
        Assert.Contains("is a folder", e.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => AudioFile.Read(_folder["missing.wav"]));
    }

    [Fact]
    public void Streams_take_wav_and_aiff_only()
    {
        using MemoryStream flac = new(Ascii("fLaC............"));
        Assert.Contains("send WAV", Assert.Throws<InputException>(() => AudioFile.Read(flac, "upload")).Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libsndfile1", SndFile.Missing("a.flac", "FLAC").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flac_is_read_bit_for_bit_where_libsndfile_is_installed()
    {
        string path = Save("clip.wav", Flac([1000, -2000, 32767, -32768], rate: 16000));
        if (!SndFile.Installed)
        {
            Assert.Contains("libsndfile1", Assert.Throws<InputException>(() => AudioFile.Read(path)).Message, StringComparison.Ordinal);
            return;
        }

        Waveform wave = AudioFile.Read(path);
        Assert.Equal(16000, wave.SampleRate);
        Assert.Equal([1000 / 32768f, -2000 / 32768f, 32767 / 32768f, -1], wave.Samples);
    }

    [Fact]
    public void Flac_that_ends_early_is_damaged()
    {
        string path = Save("clip.flac", Flac([1, 2, 3, 4], rate: 16000, claimed: 5000));
        string message = Assert.Throws<InputException>(() => AudioFile.Read(path)).Message;
        Assert.Contains(SndFile.Installed ? "4 of 5000 samples" : "libsndfile1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Written_sound_reads_back_bit_for_bit_and_is_clipped_and_rounded()
    {
        string path = Path.Combine(_folder.Path, "new", "out.wav");
        float[] steps = [.. Enumerable.Range(-32768, 65536).Select(i => i / 32768f)];
        WavWriter.Write(path, steps, 44100);
        Waveform back = AudioFile.Read(path);
        Assert.Equal(steps, back.Samples);
        Assert.Equal(44100, back.SampleRate);

        WavWriter.Write(path, [1.5f, -1.5f, 0.6f / 32768, -0.4f / 32768], 16000);
        Assert.Equal([32767 / 32768f, -1, 1 / 32768f, 0], AudioFile.Read(path).Samples);
        Assert.Equal(44 + 8, new FileInfo(path).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => WavWriter.Write(path, [0], 0));
    }

    [Fact]
    public void Any_change_of_a_header_gives_sound_or_a_named_error()
    {
        Random random = new(1);
        byte[][] files =
        [
            Wav(16, new byte[64], channels: 2), Wav(32, new byte[64], tag: 3),
            Aiff(16, new byte[64]), Aiff(32, new byte[64], "fl32"),
        ];
        for (int i = 0; i < 4000; i++)
        {
            byte[] file = [.. files[i % files.Length]];
            for (int change = 0; change < 3; change++)
            {
                file[random.Next(12, file.Length - 60)] = (byte)random.Next(256);
            }

            using MemoryStream stream = new(file, 0, random.Next(12, file.Length + 1));
            Exception? e = Record.Exception(() => AudioFile.Read(stream, "clip"));
            Assert.True(e is null or InputException, e?.ToString());
        }
    }

    private string Save(string name, byte[] content)
    {
        string path = _folder[name];
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The smallest FLAC: a STREAMINFO block and one frame of verbatim 16-bit samples (RFC 9639).</summary>
    private static byte[] Flac(short[] samples, int rate, int? claimed = null)
    {
        long count = claimed ?? samples.Length;
        byte[] info = Join(Big(16, 2), Big(4096, 2), new byte[6], Big((long)rate << 44 | 15L << 36 | count, 8), new byte[16]);
        byte[] head = [0xFF, 0xF8, 0x65, 0x08, 0x00, (byte)(samples.Length - 1)];
        byte[] frame = Join(head, [(byte)Crc(head, 8, 0x07)], [0x02], Swap(Shorts(samples), 2));
        return Join(Ascii("fLaC"), [0x80], Big(info.Length, 3), info, frame, Big(Crc(frame, 16, 0x8005), 2));
    }

    private static int Crc(byte[] data, int width, int polynomial)
    {
        int crc = 0;
        foreach (byte value in data)
        {
            crc ^= value << (width - 8);
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ ((crc >> (width - 1) & 1) * polynomial);
            }

            crc &= (1 << width) - 1;
        }

        return crc;
    }
}
