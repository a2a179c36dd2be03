using SpeechEmotion.Configuration;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class BatchTests
{
    private static readonly Normaliser Untouched = new("none", [0f, 0f], [1f, 1f]);

    [Fact]
    public void Gather_lays_each_clip_at_its_row_and_zeros_past_its_end()
    {
        Feature first = new([1, 2, 3, 4, 5, 6], 3, 2), second = new([7, 8], 1, 2);
        using ClipSet clips = new([first, second], [4, 5], Untouched, CPU);

        Batch batch = clips.Gather([1, 0]);

        Assert.Equal([2, 3, 2], batch.Features.shape);
        Assert.Equal([7, 8, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6], batch.Features.data<float>().ToArray());
        Assert.Equal([1, 3], batch.Lengths.data<long>().ToArray());
        Assert.Equal([5, 4], batch.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Global_normalisation_gives_mean_0_and_deviation_1_over_all_training_frames()
    {
        Random random = new(1);
        Feature[] clips = Enumerable.Range(1, 5).Select(n => new Feature(
            Enumerable.Range(0, n * 20).Select(i => (i % 2 == 0 ? 5 : -40) + (random.NextSingle() * 7)).ToArray(), n * 10, 2)).ToArray();

        Normaliser fitted = Normaliser.Fit("global", clips);
        float[][] bands = [[], []];
        foreach (float[] values in clips.Select(fitted.Apply))
        {
            bands = [.. bands.Select((b, f) => b.Concat(values.Where((_, i) => i % 2 == f)).ToArray())];
        }

        // Single precision over 150 values of size 40: the mean holds to 1e-5.
        Assert.All(bands, b => Assert.Equal(0, b.Average(), 1e-5));
        Assert.All(bands, b => Assert.Equal(1, b.Average(v => v * v), 1e-4));
    }

    /// <summary>As the mel powers of quiet speech are; and of a value that never changes, rounding is not taken for change.</summary>
    [Fact]
    public void A_small_value_is_scaled_like_a_large_one()
    {
        Normaliser fitted = Normaliser.Fit("global", [new Feature([1e-8f, 1e4f, 3e-8f, 1e4f, 2e-8f, 1e4f], 3, 2)]);
        Assert.Equal(Math.Sqrt(2.0 / 3) * 1e-8, fitted.Deviation[0], 1e-14); // single precision
        Assert.Equal(1e-3f, fitted.Deviation[1]);
    }

    [Fact]
    public void Clip_normalisation_takes_out_a_clips_own_level_and_spread()
    {
        Normaliser own = Normaliser.Fit("clip", [new Feature([1, 2, 3, 4], 2, 2)]);
        Assert.Equal([-1, -1, 1, 1], own.Apply(new Feature([1, 2, 5, 10], 2, 2)));
        Assert.Equal([-1, -1, 1, 1], own.Apply(new Feature([21, 22, 25, 30], 2, 2)));
    }

    [Fact]
    public void A_clips_mean_alone_can_be_taken_out()
    {
        Feature still = new([4, 6], 2, 1), lively = new([9, 3], 2, 1); // deviations 1 and 3, so √5 within clips
        Normaliser fitted = Normaliser.Fit("clip_mean", [still, lively]);
        float unit = 1 / MathF.Sqrt(5);

        Assert.Equal([-unit, unit], fitted.Apply(still), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([3 * unit, -3 * unit], fitted.Apply(lively), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(fitted.Apply(still), fitted.Apply(still with { Values = [24, 26] }));
    }

    [Fact]
    public void A_value_that_never_changes_stays_finite() =>
        Assert.All(Normaliser.Fit("global", [new Feature([3, 3, 3, 3], 2, 2)]).Apply(new Feature([3, 3], 1, 2)), v => Assert.Equal(0, v));

    [Fact]
    public void A_shuffled_order_holds_every_clip_once_and_little_padding()
    {
        Random lengths = new(3);
        int[] frames = Enumerable.Range(0, 1000).Select(_ => lengths.Next(50, 400)).ToArray();

        int[] all = [.. Enumerable.Range(0, 1000)];
        IReadOnlyList<int[]> order = BatchOrder.Shuffled(all, frames, 32, new Random(1));

        Assert.Equal(Enumerable.Range(0, 1000), order.SelectMany(b => b).Order());
        long padded = order.Sum(b => (long)b.Length * b.Max(i => frames[i]));
        Assert.True(padded < 1.15 * frames.Sum(), $"{padded} frames computed for {frames.Sum()}");
        Assert.Equal(order.SelectMany(b => b), BatchOrder.Shuffled(all, frames, 32, new Random(1)).SelectMany(b => b));
        Assert.NotEqual(order.SelectMany(b => b), BatchOrder.Shuffled(all, frames, 32, new Random(2)).SelectMany(b => b));
    }

    [Fact]
    public void A_limit_takes_so_many_clips_of_each_speaker_and_others_each_time()
    {
        string[] speakers = [.. Enumerable.Range(0, 100).Select(i => i < 90 ? "OAF" : "DC")];

        IReadOnlyList<int> first = BatchOrder.Draw(speakers, 20, new Random(1)), second = BatchOrder.Draw(speakers, 20, new Random(2));

        Assert.Equal(30, first.Distinct().Count());
        Assert.Equal(Enumerable.Range(90, 10), first.Where(i => i >= 90).Order());
        Assert.NotEqual(first.Order(), second.Order());
        Assert.Equal(100, BatchOrder.Draw(speakers, 0, new Random(1)).Count);
    }

    [Fact]
    public void Masks_hide_frames_and_bands_and_leave_the_rest_and_the_padding()
    {
        manual_seed(1);
        FeatureOptions front = new() { Mels = 16 };
        Normaliser plain = new("none", new float[16], Enumerable.Repeat(1f, 16).ToArray());
        using BatchAugment augment = new(new AugmentOptions { TimeMask = 10, FrequencyMask = 4 }, front, plain, CPU);
        Tensor lengths = tensor(new long[] { 60, 30 });
        Tensor ones = zeros(2, 60, 16);
        ones[0] = 1;
        ones[1, ..30] = 1;

        float hidden = 0;
        for (int draw = 0; draw < 50; draw++)
        {
            Tensor result = augment.Apply(new Batch(ones, lengths, lengths)).Features;
            Assert.Equal(0, result[1, 30..].abs().sum().item<float>());
            Assert.True(result.eq(0).logical_or(result.eq(1)).all().item<bool>());
            // Two runs of at most 10 frames and two of at most 4 bands leave at least 40 frames of 8 bands.
            Assert.InRange(result[0].sum().item<float>(), 40 * 8, 60 * 16);
            hidden += (60 * 16) - result[0].sum().item<float>();
        }

        Assert.True(hidden > 0);
    }

    [Fact]
    public void Gain_moves_all_bands_of_a_clip_by_one_level()
    {
        manual_seed(1);
        Normaliser halved = new("global", new float[16], Enumerable.Repeat(2f, 16).ToArray());
        using BatchAugment augment = new(new AugmentOptions { GainDb = 6 }, new FeatureOptions { Mels = 16 }, halved, CPU);
        Tensor batch = zeros(3, 5, 16);

        Tensor result = augment.Apply(new Batch(batch, tensor(new long[] { 5, 5, 5 }), batch)).Features;

        float[] levels = result.amax(1, 2).data<float>().ToArray();
        Assert.Equal(levels, result.amin(1, 2).data<float>().ToArray());
        Assert.Equal(3, levels.Distinct().Count());
        Assert.All(levels, l => Assert.InRange(l, -3, 3)); // 6 dB, divided by a deviation of 2
    }

    [Theory]
    [InlineData("clip")]
    [InlineData("clip_mean")]
    public void A_clip_without_its_own_mean_has_no_gain_to_alter(string kind)
    {
        Normaliser own = new(kind, new float[16], Enumerable.Repeat(2f, 16).ToArray());
        using BatchAugment augment = new(new AugmentOptions { GainDb = 6 }, new FeatureOptions { Mels = 16 }, own, CPU);
        Tensor batch = ones(3, 5, 16);
        Assert.True(augment.Apply(new Batch(batch, tensor(new long[] { 5, 5, 5 }), batch)).Features.equal(batch).all().item<bool>());
    }

    /// <summary>What a decibel does to MFCC is known from <see cref="Mfcc"/> itself, of a frame and of the same frame louder.</summary>
    [Fact]
    public void Gain_moves_the_first_of_the_mfcc_as_loudness_does()
    {
        manual_seed(1);
        FeatureOptions front = new() { Kind = "mfcc", Mels = 16, Mfccs = 8 };
        float[] quiet = [.. Enumerable.Range(0, 16).Select(i => -40f + (i * i % 7))];
        float[] rows = Mfcc.Rows(front), before = Mfcc.Of(new Feature(quiet, 1, 16), rows).Values;
        float[] after = Mfcc.Of(new Feature([.. quiet.Select(db => db + 1)], 1, 16), rows).Values;
        float[] moved = [.. after.Zip(before, (loud, soft) => loud - soft)];
        Normaliser fitted = new("global", new float[8], Enumerable.Repeat(2f, 8).ToArray());
        using BatchAugment augment = new(new AugmentOptions { GainDb = 6 }, front, fitted, CPU);
        Tensor batch = zeros(1, 5, 8);
        Tensor result = augment.Apply(new Batch(batch, tensor(new long[] { 5 }), batch)).Features;

        float decibels = result[0, 0, 0].item<float>() * 2 / moved[0];
        Assert.InRange(Math.Abs(decibels), 0.01, 6);
        Assert.All(moved[1..], change => Assert.Equal(0, change, 1e-4)); // single-precision sums of 16 values near 40
        Assert.Equal(0, result[.., .., 1..].abs().max().item<float>());
        Assert.Equal(4, moved[0], 1e-4); // the square root of 16
    }

    [Fact]
    public void Of_the_tracks_gain_moves_the_level_only_and_frequency_masks_none()
    {
        manual_seed(1);
        FeatureOptions front = new() { Mels = 16, Prosody = true, Deltas = true };
        Normaliser plain = new("global", new float[57], Enumerable.Repeat(1f, 57).ToArray());
        Tensor ones = full(4, 5, 57, 1f), lengths = full(4, 5, ScalarType.Int64);
        using BatchAugment gain = new(new AugmentOptions { GainDb = 6 }, front, plain, CPU);
        Tensor louder = gain.Apply(new Batch(ones, lengths, lengths)).Features;
        Assert.True(louder[.., .., 16..18].eq(1).all().item<bool>());
        Assert.True(louder[.., .., 18].eq(louder[.., .., 0]).all().item<bool>());
        Assert.True(louder[.., .., 18].ne(1).all().item<bool>());
        Assert.True(louder[.., .., 19..].eq(1).all().item<bool>()); // differences over time do not depend on gain

        using BatchAugment masks = new(new AugmentOptions { FrequencyMask = 8 }, front, plain, CPU);
        float hidden = 0;
        for (int draw = 0; draw < 20; draw++)
        {
            Tensor masked = masks.Apply(new Batch(ones, lengths, lengths)).Features;
            foreach (int block in new[] { 0, 19, 38 })
            {
                Assert.True(masked[.., .., (block + 16)..(block + 19)].eq(1).all().item<bool>());
            }

            hidden += masked.eq(0).sum().item<long>();
        }

        Assert.True(hidden > 0);
    }
}
