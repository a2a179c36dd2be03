using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

/// <summary>No split that is returned leaks. Tested on random manifests with sounds that occur twice: under one speaker or under two, in
/// one container or in two.</summary>
public class LeakageTests
{
    private const int Cases = 500;

    /// <summary>A random clip: its speaker, its sound, and the container of its file. One clip in ten has a sound that other speakers may
    /// have too.</summary>
    private static Gen<Utterance> Clip(int speakers, int sounds) =>
        from speaker in Gen.Choose(0, speakers - 1)
        from own in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from sound in Gen.Choose(0, sounds)
        from container in Gen.Choose(0, 2)
        from label in Gen.Choose(0, 2)
        let content = own ? $"{speaker} {sound}" : $"all {sound}"
        select new Utterance(
            "", "c", "p.wav", $"{content} {container}", $"c/{speaker}", speaker % 2 == 0 ? "female" : "male", $"{label}", 1, 16000)
        {
            Sound = content,
        };

    private static Arbitrary<(Utterance[] Data, SplitOptions Options, int Seed)> Made(string kind) => Arb.From(
        from speakers in Gen.Choose(3, 12)
        from sounds in Gen.Choose(5, 40)
        from clips in Gen.ArrayOf(Clip(speakers, sounds), 60)
        from folds in Gen.Choose(2, 6)
        from fold in Gen.Choose(0, 5)
        from share in Gen.Choose(2, 50)
        from seed in Gen.Choose(0, 1000)
        select (
            clips.Select((clip, i) => clip with { Key = $"c/{i}" }).ToArray(),
            new SplitOptions { Kind = kind, Folds = folds, Fold = fold % folds, Validation = share / 100.0 },
            seed));

    [Theory]
    [InlineData("grouped", true)]
    [InlineData("random", false)]
    public void No_speaker_and_no_sound_is_on_two_sides(string kind, bool apart)
    {
        int given = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(1, 3), Prop.ForAll(Made(kind), made =>
        {
            Split split;
            try
            {
                split = SplitFactory.Create(made.Options, made.Data, made.Seed);
            }
            catch (InputException)
            {
                return true; // Refused, so nothing leaks.
            }

            given++;
            Dictionary<string, Utterance> byKey = made.Data.ToDictionary(u => u.Key);
            Utterance[][] sides =
                [.. new[] { split.Train, split.Validation, split.Test }.Select(side => side.Select(key => byKey[key]).ToArray())];
            return Disjoint(sides, u => u.Sound) && Disjoint(sides, u => u.Sha256) && (!apart || Disjoint(sides, u => u.Speaker))
                && sides.Sum(side => side.Length) == made.Data.Length;
        }));

        // Grouped splits whose speakers share a sound are refused; enough splits remain for the test to show something.
        Assert.True(given > Cases / 20, $"{given}");
    }

    [Fact]
    public void A_sound_that_two_speakers_share_is_refused_by_name_where_it_falls_on_two_sides() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(2, 3), Prop.ForAll(Made("grouped"), made =>
        {
            Utterance[] clean = [.. made.Data.Where(u => !u.Sound.StartsWith("all", StringComparison.Ordinal))];
            Split split;
            try
            {
                split = SplitFactory.Create(made.Options, clean, made.Seed);
            }
            catch (InputException)
            {
                return true;
            }

            // The same split with one test clip's sound given to a training clip, in another container.
            Utterance test = clean.First(u => u.Key == split.Test[0]);
            Utterance[] spoilt = [.. clean.Select(u => u.Key == split.Train[0] ? u with { Sound = test.Sound } : u)];
            InputException error = Assert.Throws<InputException>(() => SplitCheck.Verify(split, spoilt));
            return error.Message.Contains("the sound of ", StringComparison.Ordinal);
        }));

    private static bool Disjoint(Utterance[][] sides, Func<Utterance, string> of) =>
        sides.Sum(side => side.Select(of).Distinct().Count()) == sides.SelectMany(side => side).Select(of).Distinct().Count();
}
