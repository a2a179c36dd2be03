using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class BatchWarpTests
{
    private static readonly FeatureOptions Front = new() { Mels = 64 };

    private static Normaliser Plain(FeatureOptions front) =>
        new("global", new float[front.Width], Enumerable.Repeat(1f, front.Width).ToArray());

    [Fact]
    public void Tempo_keeps_first_and_last_frame_and_reads_those_between_evenly()
    {
        manual_seed(1);
        long[] lengths = [80, 41, 2, 1];
        Tensor ramps = zeros(4, 80, 64);
        for (int i = 0; i < 4; i++)
        {
            ramps[i, ..(int)lengths[i]] = linspace(1, 3, lengths[i]).unsqueeze(1);
        }

        using BatchWarp warp = new(new AugmentOptions { Tempo = 0.25 }, Front, Plain(Front), CPU);
        HashSet<long> drawn = [];
        for (int draw = 0; draw < 20; draw++)
        {
            Batch result = warp.Apply(new Batch(ramps, tensor(lengths), tensor(lengths)));
            long[] changed = result.Lengths.data<long>().ToArray();
            Assert.Equal(changed.Max(), result.Features.shape[1]);
            for (int i = 0; i < 4; i++)
            {
                int frames = (int)changed[i];
                Assert.InRange(frames, Math.Max(1, Math.Floor(lengths[i] / 1.25)), Math.Ceiling(lengths[i] * 1.25));
                // 1e-5: weights of interpolation between frames up to 80 in single precision.
                Tensor error = result.Features[i, ..frames] - linspace(1, frames == 1 ? 1 : 3, frames).unsqueeze(1);
                Assert.InRange(error.abs().max().item<float>(), 0, 1e-5);
                Assert.Equal(0, result.Features[i, frames..].abs().sum().item<float>());
            }

            drawn.Add(changed[0]);
        }

        Assert.True(drawn.Count > 5, "the tempo is drawn anew each time");
    }

    [Fact]
    public void Warp_moves_a_peak_to_another_frequency_by_one_factor_in_all_frames()
    {
        manual_seed(1);
        double[] hz = [.. Enumerable.Range(0, 64).Select(b => 700 * (Math.Pow(10, (b + 1) * Mel(8000) / 65 / 2595) - 1))];
        Tensor batch = zeros(8, 5, 64);
        batch[.., .., 30] = 1;
        double from = hz[30];

        using BatchWarp warp = new(new AugmentOptions { Warp = 0.15 }, Front, Plain(Front), CPU);
        Batch result = warp.Apply(new Batch(batch, full(8, 5, ScalarType.Int64), full(8, 5, ScalarType.Int64)));

        float[][] rows = [.. Enumerable.Range(0, 8).Select(i => result.Features[i, 0].data<float>().ToArray())];
        Assert.Equal(8, rows.Select(r => r.Select((v, b) => v * b).Sum() / r.Sum()).Distinct().Count());
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(rows[i], result.Features[i, 4].data<float>().ToArray());
            int[] heard = [.. Enumerable.Range(0, 64).Where(b => rows[i][b] > 0)];
            // The peak reaches one band to each side, so it is found within one band of its new frequency.
            Assert.InRange(hz[heard[0]], from / 1.15 * (hz[29] / hz[30]), from * 1.15);
            Assert.InRange(hz[heard[^1]], from / 1.15, from * 1.15 * (hz[31] / hz[30]));
        }

        static double Mel(double f) => 2595 * Math.Log10(1 + f / 700);
    }

    [Fact]
    public void Differences_over_time_are_warped_like_their_bands()
    {
        manual_seed(1);
        Tensor bands = rand(3, 6, 64);
        using BatchWarp warp = new(new AugmentOptions { Warp = 0.2 }, Front, Plain(Front), CPU);
        Batch batch = new(cat([bands, bands, bands], 2), full(3, 6, ScalarType.Int64), full(3, 6, ScalarType.Int64));
        Tensor result = warp.Apply(batch).Features;
        Assert.True(result[.., .., ..64].equal(result[.., .., 64..128]).all().item<bool>());
        Assert.True(result[.., .., ..64].equal(result[.., .., 128..]).all().item<bool>());
        Assert.False(result[.., .., ..64].allclose(bands));
    }

    [Fact]
    public void Tracks_are_no_bands_and_pitch_falls_by_the_factor_that_moves_them()
    {
        manual_seed(1);
        FeatureOptions front = Front with { Prosody = true };
        Normaliser scaled = Plain(front) with { Deviation = [.. Enumerable.Range(0, 67).Select(f => f == 64 ? 0.25f : 1f)] };
        double[] hz = [.. Enumerable.Range(0, 64)
            .Select(b => 700 * (Math.Pow(10, (b + 1) * 2595 * Math.Log10(1 + 8000 / 700.0) / 65 / 2595) - 1))];
        Tensor batch = zeros(16, 4, 67);
        batch[.., .., 30] = 1;
        batch[.., ..3, 64..] = tensor(new float[] { 1, 2, 3 });
        batch[.., 3] = 0;
        using BatchWarp warp = new(new AugmentOptions { Warp = 0.2 }, front, scaled, CPU);
        Tensor result = warp.Apply(new Batch(batch, full(16, 3, ScalarType.Int64), full(16, 3, ScalarType.Int64))).Features;

        Assert.Equal(0, result[.., 3].abs().sum().item<float>());
        Assert.True(result[.., ..3, 65].eq(2).all().item<bool>());
        Assert.True(result[.., ..3, 66].eq(3).all().item<bool>());
        HashSet<double> drawn = [];
        for (int i = 0; i < 16; i++)
        {
            float[] row = result[i, 0].data<float>().ToArray();
            double octaves = (row[64] - 1) * 0.25;
            int peak = Enumerable.Range(0, 64).MaxBy(b => row[b]);
            Assert.InRange(octaves, -Math.Log2(1.2), Math.Log2(1.2));
            // The peak is on the band nearest to its new frequency: at most one band (5 % there) off.
            Assert.InRange(Math.Log2(hz[peak] / hz[30]) - octaves, -0.075, 0.075);
            drawn.Add(octaves);
        }

        Assert.Equal(16, drawn.Count);
    }
}
