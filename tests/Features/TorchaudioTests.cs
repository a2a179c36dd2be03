using System.Text.Json;
using SpeechEmotion.Features;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class TorchaudioTests
{
    private const double WholeClip = 120;

    [Theory]
    [InlineData("melspec", 0)]
    [InlineData("melspec", 1)]
    [InlineData("melspec", 2)]
    [InlineData("mfcc", 0)]
    [InlineData("mfcc", 1)]
    public void Features_are_those_of_torchaudio(string file, int number)
    {
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file + "_torchaudio.json"));
        JsonElement options = JsonDocument.Parse(json).RootElement[number];
        Golden golden = options.Deserialize<Golden>(JsonSerializerOptions.Web)!;
        FeatureOptions front = options.Deserialize<FeatureOptions>(JsonSerializerOptions.Web)! with { TrimDb = 0, MaxSeconds = WholeClip };
        using FeatureExtractor extractor = new(front, CPU);
        Feature ours = extractor.Extract([TestSound.Make(golden.Count, front.SampleRate)])[0];

        Assert.Equal(golden.Frames, ours.Frames);
        Assert.Equal(front.Width, ours.Width);

        // Our values differ by at most 3e-4 dB here: another FFT library rounds weak bins beside strong ones differently, and torchaudio's
        // filters are in single precision. A wrong window, scale, edge or floor is off by tenths of a dB or more.
        double worst = 0;
        foreach ((int frame, float[] row) in golden.Kept.Zip(golden.Rows))
        {
            Assert.Equal(ours.Width, row.Length);
            for (int f = 0; f < row.Length; f++)
            {
                worst = Math.Max(worst, Math.Abs(row[f] - ours.Values[frame * ours.Width + f]));
            }
        }

        Assert.InRange(worst, 0, 1e-3);
    }

    /// <summary>As torchaudio's `sample_rate // 2`.</summary>
    [Fact]
    public void At_an_odd_rate_the_bands_end_at_half_of_it_rounded_down()
    {
        FeatureOptions odd = new() { SampleRate = 11025 };
        Assert.Equal(Filters(odd with { MaxHz = 5512 }), Filters(odd));

        static float[] Filters(FeatureOptions options)
        {
            using Tensor bank = MelFilterBank.Make(options);
            return bank.data<float>().ToArray();
        }
    }

    private sealed record Golden(int Count, int Frames, int[] Kept, float[][] Rows);
}
