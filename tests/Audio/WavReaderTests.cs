using SpeechEmotion.Audio;
using static SpeechEmotion.Tests.SoundBytes;

namespace SpeechEmotion.Tests;

public class WavReaderTests
{
    private static readonly byte[] Half = Shorts(16384, -16384, 8192);
    private static readonly float[] HalfValues = [0.5f, -0.5f, 0.25f];

    public static TheoryData<int, int, byte[], float[]> Codings => new()
    {
        { 8, 1, [0, 64, 128, 255], [-1, -0.5f, 0, 127 / 128f] },
        { 16, 1, Shorts(-32768, 16384, 32767), [-1, 0.5f, 32767 / 32768f] },
        { 24, 1, [0, 0, 0x80, 0, 0, 0x40, 0xFF, 0xFF, 0xFF], [-1, 0.5f, -1 / 8388608f] },
        { 32, 1, Join(Little(int.MinValue, 4), Little(1 << 30, 4)), [-1, 0.5f] },
        { 12, 1, Shorts(16384), [0.5f] },
        { 32, 3, Singles(0.1f, -1.5f), [0.1f, -1.5f] },
        { 64, 3, Doubles(0.25, -2), [0.25f, -2] },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public void Every_width_gives_full_scale_one(int bits, int tag, byte[] data, float[] expected) =>
        Assert.Equal(expected, Samples(Wav(bits, data, tag: tag)));

    [Fact]
    public void Channels_are_averaged()
    {
        Assert.Equal([0.25f, -0.5f], Samples(Wav(16, Shorts(16384, 0, -32768, 0), channels: 2)));
        Assert.Equal([0.375f], Samples(Wav(32, Singles([.. Enumerable.Repeat(0.375f, 65)]), channels: 65, tag: 3)));
    }

    [Fact]
    public void Long_files_cross_blocks_whole()
    {
        short[] ramp = [.. Enumerable.Range(0, 99999).Select(i => (short)i)];
        Assert.Equal(ramp.Select(x => x / 32768f), Samples(Wav(16, Shorts(ramp))));
        byte[] stereo = [.. ramp.SelectMany(x => Shorts(x, x, x))];
        Assert.Equal(ramp.Select(x => x / 32768f), Samples(Wav(16, stereo, channels: 3)));
    }

    [Fact]
    public void Extensible_headers_name_their_coding_in_the_sub_format()
    {
        byte[] tail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        byte[] Extensible(int bits, int sub) => Chunk("fmt ", Join(
            Little(0xFFFE, 2), Little(1, 2), Little(44100, 4), Little(44100 * bits / 8, 4), Little(bits / 8, 2), Little(bits, 2),
            Little(22, 2), Little(bits, 2), Little(4, 4), Little(sub, 2), tail));
        Assert.Equal(HalfValues, Samples(Riff(Extensible(16, 1), Chunk("data", Half))));
        Assert.Equal([0.3f], Samples(Riff(Extensible(32, 3), Chunk("data", Singles(0.3f)))));
    }

    [Fact]
    public void Narrow_samples_may_stand_in_wide_ones() =>
        Assert.Equal([0.5f], Samples(Riff(Format(24, align: 4), Chunk("data", Little(1 << 30, 4)))));

    [Fact]
    public void Other_chunks_and_odd_sizes_are_skipped()
    {
        byte[] file = Riff(Chunk("FLLR", new byte[4001]), Format(16), Chunk("LIST", [1]), Chunk("data", Half), Chunk("afsp", new byte[7]));
        Assert.Equal(HalfValues, Samples(file));
        Assert.Equal(HalfValues, Samples(Riff(Chunk("data", Half), Format(16))));
        Assert.Equal([0.5f], Samples(Riff(Format(8), Chunk("data", [192]), Chunk("LIST", [1, 2]))));
    }

    [Theory]
    [InlineData(1000u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0u)]
    public void Sizes_that_lie_are_read_to_the_end(uint claimed)
    {
        byte[] file = Riff(Format(16), Chunk("data", Half, claimed));
        Little(claimed, 4).CopyTo(file, 4);
        Assert.Equal(HalfValues, Samples(file));
    }

    [Fact]
    public void Truncated_sound_keeps_whole_frames()
    {
        byte[] file = Wav(16, Half, channels: 1);
        Assert.Equal([0.5f, -0.5f], Samples(file[..^1]));
        Assert.Equal([0f], Samples(Wav(16, Half, channels: 2)));
    }

    [Fact]
    public void Rf64_takes_its_size_from_ds64()
    {
        byte[] sizes = Join(Little(0, 8), Little(6, 8), Little(3, 8), Little(0, 4));
        byte[] file = Riff(Chunk("ds64", sizes), Format(16), Chunk("data", Half, uint.MaxValue), Chunk("LIST", new byte[10]));
        Ascii("RF64").CopyTo(file, 0);
        Assert.Equal(HalfValues, Samples(file));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "holds no sound", Riff(Format(16), Chunk("data", [])) },
        { "holds no sound", Riff(Format(16), Chunk("data", [], uint.MaxValue)) },
        { "holds no sound", Wav(16, [1]) },
        { "holds no sound", Wav(16, Half, channels: 65535) },
        { "'data'", Riff(Format(16)) },
        { "'data'", Riff(Format(16), Chunk("LIST", [], 4_000_000_000)) },
        { "'fmt '", Riff(Chunk("data", Half)) },
        { "'fmt '", Riff(Chunk("fmt ", [1, 0])) },
        { "'fmt '", Ascii("RIFF\0\0\0\0WAVE") },
        { "0 channels", Wav(16, Half, channels: 0) },
        { "of 0 bits", Riff(Format(0), Chunk("data", Half)) },
        { "0 samples a second", Riff(Format(16, rate: 0), Chunk("data", Half)) },
        { "4294967295 samples a second", Riff(Format(16, rate: -1), Chunk("data", Half)) },
        { "µ-law", Wav(8, Half, tag: 7) },
        { "0x1234", Wav(16, Half, tag: 0x1234) },
        { "40 bits", Wav(40, new byte[10]) },
        { "float samples of 16", Wav(16, Half, tag: 3) },
        { "sample 1 is not a number", Wav(32, Singles(0, float.NaN), tag: 3) },
        { "sample 0 is infinite", Wav(32, Singles(float.NegativeInfinity), tag: 3) },
        { "sample 0 is infinite", Wav(64, Doubles(1e300), tag: 3) },
        { "sample 1 is -1e+20 times full scale", Wav(32, Singles(0, -1e20f), tag: 3) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_broken_is_named(string reason, byte[] file)
    {
        InputException e = Assert.Throws<InputException>(() => Samples(file));
        Assert.StartsWith("clip.wav: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static float[] Samples(byte[] file) => AudioFile.Read(new MemoryStream(file), "clip.wav").Samples;
}
