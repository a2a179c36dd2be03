using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

/// <summary>Properties of every split of any data, tested on random manifests.</summary>
public class SplitPropertyTests
{
    private const int Rounds = 60;

    [Theory]
    [InlineData("grouped")]
    [InlineData("merged")]
    [InlineData("random")]
    public void Sides_share_no_speaker_and_no_sound_and_hold_everything(string kind) => Each(kind, (data, split) =>
    {
        Dictionary<string, Utterance> byKey = data.ToDictionary(u => u.Key);
        Utterance[][] sides = [.. new[] { split.Train, split.Validation, split.Test }
            .Select(side => side.Select(key => byKey[key]).ToArray())];
        Assert.All(sides, Assert.NotEmpty);
        Assert.Equal(data.Select(u => u.Key).Order(), sides.SelectMany(s => s).Select(u => u.Key).Order());
        Disjoint(sides, u => u.Sha256);
        if (kind != "random")
        {
            Disjoint(sides, u => u.Speaker);
        }

        // TESS's two speakers are too few to be tested beside other corpora.
        Assert.DoesNotContain(kind == "random" ? [] : sides[1].Concat(sides[2]), u => u.Corpus == "tess");
        Assert.DoesNotContain(kind == "merged" ? sides[1].Concat(sides[2]) : [], u => u.Corpus == "cremad");
    });

    [Theory]
    [InlineData("grouped")]
    [InlineData("merged")]
    public void Folds_test_every_eligible_speaker_once(string kind)
    {
        for (int round = 0; round < Rounds; round++)
        {
            (Utterance[] data, SplitOptions options) = Made(kind, round);
            Dictionary<string, string> speakers = data.ToDictionary(u => u.Key, u => u.Speaker);
            string[] tested = [.. Enumerable.Range(0, SplitFactory.FoldCount(options)).SelectMany(fold =>
                SplitFactory.Create(options with { Fold = fold }, data, round).Test.Select(key => speakers[key]).Distinct())];
            IEnumerable<string> eligible = data
                .Where(u => kind == "merged" ? u.Corpus is "ravdess" or "savee" : u.Corpus != "tess")
                .Select(u => u.Speaker);
            Assert.Equal(eligible.Distinct().Order(), tested.Order());
        }
    }

    /// <summary>Within each sex, the next largest speaker goes to the fold with the fewest clips, so no two folds differ by more clips than
    /// the largest speaker has.</summary>
    [Fact]
    public void Grouped_folds_are_balanced_by_sex_and_clips()
    {
        for (int round = 0; round < Rounds; round++)
        {
            (Utterance[] data, SplitOptions options) = Made("grouped", round);
            Dictionary<string, Utterance> byKey = data.ToDictionary(u => u.Key);
            Utterance[][] tests = [.. Enumerable.Range(0, options.Folds).Select(fold =>
                SplitFactory.Create(options with { Fold = fold }, data, round).Test.Select(key => byKey[key]).ToArray())];
            foreach (IGrouping<string, Utterance> sex in data.Where(u => u.Corpus != "tess").GroupBy(u => u.Sex))
            {
                int[] clips = [.. tests.Select(test => test.Count(u => u.Sex == sex.Key))];
                Assert.InRange(clips.Max() - clips.Min(), 0, sex.GroupBy(u => u.Speaker).Max(s => s.Count()));
            }
        }
    }

    private static void Disjoint(Utterance[][] sides, Func<Utterance, string> of) =>
        Assert.Equal(sides.Sum(side => side.Select(of).Distinct().Count()), sides.SelectMany(side => side).Select(of).Distinct().Count());

    private static void Each(string kind, Action<Utterance[], Split> check)
    {
        for (int round = 0; round < Rounds; round++)
        {
            (Utterance[] data, SplitOptions options) = Made(kind, round);
            check(data, SplitFactory.Create(options with { Fold = round % SplitFactory.FoldCount(options) }, data, round));
        }
    }

    /// <summary>Random data: corpora with their real number of speakers (24 in RAVDESS, 4 in SAVEE, 2 in TESS; 3 to 29 in CREMA-D), a
    /// random number of clips, and some sounds twice under one speaker.</summary>
    private static (Utterance[] Data, SplitOptions Options) Made(string kind, int seed)
    {
        Random random = new(seed);
        List<Utterance> data = [];
        foreach ((string corpus, string[] speakers) in new[]
        {
            ("ravdess", Enumerable.Range(1, 24).Select(i => $"{i:00}").ToArray()),
            ("savee", ["DC", "JE", "JK", "KL"]),
            ("tess", ["OAF", "YAF"]),
            ("cremad", Enumerable.Range(1001, random.Next(3, 30)).Select(i => $"{i}").ToArray()),
        })
        {
            // `merged` needs RAVDESS; the other corpora may be missing.
            if (corpus != "ravdess" && random.Next(3) == 0)
            {
                continue;
            }

            foreach (string speaker in speakers)
            {
                int clips = random.Next(5, corpus == "tess" ? 60 : 15);
                string sex = corpus == "tess" || (corpus != "savee" && speaker[^1] % 2 == 0) ? "female" : "male";
                data.AddRange(Enumerable.Range(0, clips).Select(i => new Utterance(
                    $"{corpus}/{speaker}_{i}", corpus, "p.wav", $"{corpus}{speaker}{random.Next(2 * clips)}",
                    $"{corpus}/{speaker}", sex, "l", 1, 16000)));
            }
        }

        return ([.. data], new SplitOptions { Kind = kind, Folds = random.Next(2, 7), Validation = 0.05 + (0.3 * random.NextDouble()) });
    }
}
