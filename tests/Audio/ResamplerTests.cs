using System.Text.Json;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests;

public class ResamplerTests
{
    [Theory]
    [InlineData(48000, 16000)]
    [InlineData(44100, 16000)]
    [InlineData(24414, 16000)]
    [InlineData(16000, 8000)]
    [InlineData(8000, 16000)]
    public void Agrees_with_torchaudio(int from, int to)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Golden", "resample_torchaudio.json");
        Golden golden = JsonSerializer.Deserialize<Golden[]>(File.ReadAllText(file), JsonSerializerOptions.Web)!
            .Single(c => (c.From, c.To) == (from, to));
        float[] output = Resampler.Resample(TestSound.Noise(golden.Input), from, to);

        Assert.Equal(golden.Output, output.Length);
        foreach ((int index, float value) in golden.Indices.Zip(golden.Values))
        {
            // Our values are sums of some 40 products below 1 in single precision, the golden ones in double: they differ by a few units of
            // 2^-24.
            Assert.Equal(value, output[index], 5e-7);
        }
    }

    [Fact]
    public void Equal_rates_copy()
    {
        float[] input = [1, 2, 3];
        float[] output = Resampler.Resample(input, 16000, 16000);
        Assert.Equal(input, output);
        Assert.NotSame(input, output);
    }

    [Theory]
    [InlineData(1, 48000, 16000)]
    [InlineData(5, 44100, 16000)]
    [InlineData(0, 8000, 16000)]
    [InlineData(3, 1000, 999983)]
    [InlineData(2000, 999983, 1000)]
    public void Any_length_and_rates_give_the_length_rounded_up(int length, int from, int to)
    {
        float[] output = Resampler.Resample(new float[length], from, to);
        Assert.Equal((int)Math.Ceiling((double)length * to / from), output.Length);
    }

    [Theory]
    [InlineData(0, 16000)]
    [InlineData(16000, -1)]
    [InlineData(int.MaxValue, 16000)]
    public void Rates_that_cannot_be_are_refused(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resample([1], from, to));

    [Fact]
    public void Keeps_what_both_rates_hold_and_drops_what_the_lower_cannot()
    {
        // This short filter has 1 % ripple in its pass band and attenuates by 50 dB well above the new Nyquist frequency.
        Assert.Equal(1, Tone.Amplitude(Resampler.Resample(Tone.Sine(1000, 48000, 48000), 48000, 16000)), 0.01);
        Assert.True(Tone.Amplitude(Resampler.Resample(Tone.Sine(12000, 48000, 48000), 48000, 16000)) < 3e-3);
    }

    private sealed record Golden(int From, int To, int Input, int Output, int[] Indices, float[] Values);
}
