using SpeechEmotion.Audio;
using static SpeechEmotion.Tests.SoundBytes;

namespace SpeechEmotion.Tests;

public class AiffReaderTests
{
    public static TheoryData<int, string?, byte[], float[]> Codings => new()
    {
        { 16, null, Swap(Shorts(16384, -32768), 2), [0.5f, -1] },
        { 8, null, [64, 0x80], [0.5f, -1] },
        { 24, null, [0x40, 0, 0, 0xFF, 0xFF, 0xFF], [0.5f, -1 / 8388608f] },
        { 32, "NONE", Big(1 << 30, 4), [0.5f] },
        { 16, "twos", Swap(Shorts(8192), 2), [0.25f] },
        { 16, "sowt", Shorts(8192, -8192), [0.25f, -0.25f] },
        { 32, "fl32", Swap(Singles(0.1f, -1.5f), 4), [0.1f, -1.5f] },
        { 64, "fl64", Swap(Doubles(0.25), 8), [0.25f] },
        { 8, "raw ", [192], [0.5f] },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public void Every_coding_gives_full_scale_one(int bits, string? codec, byte[] data, float[] expected) =>
        Assert.Equal(expected, Read(Aiff(bits, data, codec)).Samples);

    [Theory]
    [InlineData(1000)]
    [InlineData(24414)]
    [InlineData(48000)]
    [InlineData(96000)]
    public void The_rate_is_an_eighty_bit_float(int rate) => Assert.Equal(rate, Read(Aiff(8, [1, 2], rate: rate)).SampleRate);

    [Fact]
    public void Offsets_channels_and_frame_counts_are_kept_to()
    {
        byte[] stereo = Swap(Shorts(16384, 0, -16384, 0, 1, 1), 2);
        Assert.Equal([0.25f, -0.25f], Read(Aiff(16, stereo, channels: 2, offset: 6, frames: 2)).Samples);
        Assert.Equal(3, Read(Aiff(16, stereo, channels: 2, frames: 0)).Samples.Length);
        Assert.Equal(3, Read(Aiff(16, stereo, channels: 2, frames: uint.MaxValue)).Samples.Length);
        Assert.Equal(2, Read(Aiff(16, stereo, channels: 2)[..^1]).Samples.Length);
    }

    [Theory]
    [InlineData("ulaw", 16, 1, "'ulaw'")]
    [InlineData("NONE", 40, 1, "40 bits")]
    [InlineData("NONE", 16, 0, "0 channels")]
    [InlineData("NONE", 16, 4, "holds no sound")]
    public void What_is_broken_is_named(string codec, int bits, int channels, string reason)
    {
        InputException e = Assert.Throws<InputException>(() => Read(Aiff(bits, [1, 2, 3, 4], codec, channels, frames: 1)));
        Assert.StartsWith("clip: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_or_a_chunk_that_is_missing_is_named()
    {
        InputException e = Assert.Throws<InputException>(() => Read(Aiff(16, [1, 2], rate: 0)));
        Assert.Contains("0 samples a second", e.Message, StringComparison.Ordinal);
        Assert.Contains("'COMM'", Assert.Throws<InputException>(() => Read(Aiff(16, [1, 2])[..24])).Message, StringComparison.Ordinal);
        Assert.Contains("'SSND'", Assert.Throws<InputException>(() => Read(Aiff(16, [1, 2])[..60])).Message, StringComparison.Ordinal);
    }

    private static Waveform Read(byte[] file) => AudioFile.Read(new MemoryStream(file), "clip");
}
