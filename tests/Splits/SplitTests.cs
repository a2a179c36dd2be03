using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

public class SplitTests
{
    public static TheoryData<string> Kinds => ["merged", "ravdess", "savee", "grouped", "corpora", "random"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_fold_keeps_its_promise_and_the_folds_test_each_clip_once(string kind)
    {
        Utterance[] data = kind switch
        {
            "savee" => [.. Merged().Where(u => u.Corpus == "savee")],
            "ravdess" => [.. Merged().Where(u => u.Corpus == "ravdess")],
            _ => Merged(),
        };
        SplitOptions options = new() { Kind = kind, Folds = kind == "corpora" ? 3 : 5 };
        List<string> tested = [];
        for (int fold = 0; fold < SplitFactory.FoldCount(options); fold++)
        {
            Split split = SplitFactory.Create(options with { Fold = fold }, data, seed: 3);
            Assert.Equal(data.Length, split.Train.Count + split.Validation.Count + split.Test.Count);
            Assert.Equal(kind != "random", split.SpeakersApart);
            tested.AddRange(split.Test);
        }

        string[] eligible = [.. data.Where(u => kind != "merged" || u.Corpus != "tess").Select(u => u.Key)];
        Assert.Equal(eligible.Order(), tested.Order());
    }

    [Fact]
    public void The_published_folds_are_EmoBoxs_with_one_of_SAVEE_in_each_of_the_first_four()
    {
        string[][] actors =
        [
            ["01", "11", "20", "21"], ["04", "10", "12", "14"], ["08", "09", "19", "23"],
            ["03", "05", "07", "24"], ["02", "15", "16", "18"], ["06", "13", "17", "22"],
        ];
        string?[] savee = ["JE", "KL", "DC", "JK", null, null];
        for (int fold = 0; fold < 6; fold++)
        {
            string[] expected =
            [
                .. actors[fold].Select(a => "ravdess/" + a),
                .. savee[fold] is string s ? ["savee/" + s] : Array.Empty<string>(),
            ];
            Split split = SplitFactory.Create(new SplitOptions { Kind = "merged", Fold = fold }, Merged(), 1);
            Assert.Equal(expected.Order(), Speakers(split.Test).Order());
        }
    }

    /// <summary>The speakers who validated in the committed results: with others those runs could not be repeated.</summary>
    [Theory]
    [InlineData("ravdess", 0, "ravdess/04 ravdess/06 ravdess/17")]
    [InlineData("ravdess", 3, "ravdess/10 ravdess/14 ravdess/23")]
    [InlineData("merged", 0, "ravdess/04 ravdess/06 ravdess/17 savee/DC")]
    public void A_seed_draws_the_validation_speakers_that_it_has_always_drawn(string kind, int fold, string speakers)
    {
        Assert.Equal(1856500578, Training.Seeds.Of(1, "weights")); // SHA-256 of `1 weights`, its first four bytes
        Utterance[] data = kind == "merged" ? Merged() : [.. Merged().Where(u => u.Corpus == kind)];
        Split split = SplitFactory.Create(new SplitOptions { Kind = kind, Fold = fold, Validation = 0.15 }, data, 1);
        Assert.Equal(speakers, string.Join(' ', Speakers(split.Validation).Order()));
    }

    [Fact]
    public void Corpora_are_tested_in_turn_and_never_validate_their_own_test()
    {
        foreach ((int fold, string corpus) in new[] { (0, "ravdess"), (1, "savee"), (2, "tess") })
        {
            Split split = SplitFactory.Create(new SplitOptions { Kind = "corpora", Folds = 3, Fold = fold }, Merged(), 1);
            Assert.All(split.Test, key => Assert.StartsWith(corpus, key, StringComparison.Ordinal));
            Assert.All(split.Train.Concat(split.Validation), key => Assert.False(key.StartsWith(corpus, StringComparison.Ordinal)));
        }

        InputException error = Assert.Throws<InputException>(() =>
            SplitFactory.Create(new SplitOptions { Kind = "corpora", Folds = 5 }, Merged(), 1));
        Assert.Contains("there are 3 (ravdess, savee, tess) for 5 folds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merged")]
    [InlineData("ravdess")]
    [InlineData("savee")]
    [InlineData("grouped")]
    [InlineData("corpora")]
    public void Without_validation_all_other_speakers_train(string kind)
    {
        SplitOptions options = new() { Kind = kind, Folds = 3, Validation = 0 };
        Split split = SplitFactory.Create(options, Merged(), 1);
        Split held = SplitFactory.Create(options with { Validation = 0.15 }, Merged(), 1);
        Assert.Empty(split.Validation);
        Assert.Equal(held.Test.Order(), split.Test.Order());
        Assert.Equal(held.Train.Concat(held.Validation).Order(), split.Train.Order());
        Assert.EndsWith(
            "All other speakers train and the last epoch is taken, by settings chosen before; test speakers are scored once.",
            Studies.ProtocolText.Of(options), StringComparison.Ordinal);
        Assert.DoesNotContain("are chosen on", Studies.ProtocolText.Of(options), StringComparison.Ordinal);
    }

    [Fact]
    public void In_merged_TESS_only_trains_and_both_sexes_validate()
    {
        for (int fold = 0; fold < 6; fold++)
        {
            Split split = SplitFactory.Create(new SplitOptions { Kind = "merged", Fold = fold }, Merged(), 1);
            Assert.Equal(2, Speakers(split.Train).Count(s => s.StartsWith("tess", StringComparison.Ordinal)));
            string[] validation = [.. Speakers(split.Validation).Where(s => s.StartsWith("ravdess", StringComparison.Ordinal))];
            Assert.Contains(validation, s => s[^1] % 2 == 1);
            Assert.Contains(validation, s => s[^1] % 2 == 0);
        }
    }

    [Fact]
    public void One_of_SAVEEs_speakers_validates_and_at_least_two_train()
    {
        foreach (string kind in new[] { "merged", "savee" })
        {
            SplitOptions options = new() { Kind = kind };
            Utterance[] data = [.. Merged().Where(u => kind == "merged" || u.Corpus == "savee")];
            for (int fold = 0; fold < SplitFactory.FoldCount(options); fold++)
            {
                Split split = SplitFactory.Create(options with { Fold = fold }, data, 1);
                Assert.Single(Speakers(split.Validation), IsSavee);
                Assert.True(Speakers(split.Train).Count(IsSavee) >= 2);
            }
        }

        static bool IsSavee(string speaker) => speaker.StartsWith("savee", StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_takes_about_its_share()
    {
        foreach (double share in new[] { 0.1, 0.15, 0.25, 0.4 })
        {
            Split random = SplitFactory.Create(new SplitOptions { Kind = "random", Validation = share }, Merged(), 1);
            Assert.Equal(share * (random.Validation.Count + random.Train.Count), random.Validation.Count, 1.0); // floor of the share

            // Twenty actors train and validate: of the men and of the women the share is rounded, half a speaker either way.
            Utterance[] actors = [.. Merged().Where(u => u.Corpus == "ravdess")];
            Split ravdess = SplitFactory.Create(new SplitOptions { Kind = "ravdess", Validation = share }, actors, 1);
            Assert.Equal(20 * share, Speakers(ravdess.Validation).Length, 1.0);
        }
    }

    [Fact]
    public void Where_no_corpus_and_sex_can_spare_a_speaker_one_validates_all_the_same()
    {
        Utterance[] data = [.. new[] { "a", "b", "c", "d" }.SelectMany(corpus =>
            Enumerable.Range(0, 8).Select(i => Clip(corpus, i < 4 ? "1" : "3", i)))];
        Split split = SplitFactory.Create(new SplitOptions { Kind = "grouped", Folds = 8 }, data, 1);
        Assert.Single(split.Validation.Select(key => data.First(u => u.Key == key).Speaker).Distinct());
    }

    [Fact]
    public void The_seed_decides_and_repeats()
    {
        SplitOptions options = new() { Kind = "grouped", Folds = 4 };
        Assert.Equal(SplitFactory.Create(options, Merged(), 1).Test, SplitFactory.Create(options, Merged(), 1).Test);
        Assert.NotEqual(SplitFactory.Create(options, Merged(), 1).Test, SplitFactory.Create(options, Merged(), 2).Test);
    }

    [Theory]
    [InlineData("grouped", 3, 9, "is too high")]
    [InlineData("grouped", 3, -1, "is too low")]
    [InlineData("savee", 9, 4, "'savee' has 4 folds")]
    [InlineData("grouped", 40, 0, "take fewer folds")]
    [InlineData("gruped", 3, 0, "did you mean grouped?")]
    [InlineData("ravdess", 5, 0, "none of its test speakers is among the data")]
    public void What_cannot_be_split_says_why(string kind, int folds, int fold, string message)
    {
        Utterance[] data = [.. Merged().Where(u => u.Corpus == "savee")];
        SplitOptions options = new() { Kind = kind, Folds = folds, Fold = fold };
        InputException error = Assert.Throws<InputException>(() => SplitFactory.Create(options, data, 1));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_with_one_speaker_left_beside_the_test_side_says_so()
    {
        Utterance[] data = [.. Enumerable.Range(0, 20).Select(i => Clip("savee", i < 10 ? "DC" : "JE", i))];
        SplitOptions options = new() { Kind = "grouped", Folds = 2 };
        InputException error = Assert.Throws<InputException>(() => SplitFactory.Create(options, data, 1));
        Assert.Contains("too few to train on one and validate on another", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_an_example_is_named_with_its_side()
    {
        LabelSet labels = new("two", ["calm", "loud"], new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["savee"] = new Dictionary<string, string> { ["n"] = "calm", ["a"] = "loud" },
        });
        Utterance[] data = [.. new[] { "DC", "JE", "JK" }.SelectMany((speaker, i) => new[]
        {
            Clip("savee", speaker, 2 * i) with { Label = "n" },
            Clip("savee", speaker, (2 * i) + 1) with { Label = "a" },
        })];
        Split split = new("own", true, Keys("DC"), Keys("JE"), Keys("JK"));
        SplitCheck.VerifyClasses(split, data, labels);
        Assert.StartsWith(
            "split own: class 'loud' of label set 'two' has no example on the train side",
            Said(split with { Train = split.Train.Take(1).ToArray() }), StringComparison.Ordinal);
        Assert.Contains(
            "class 'calm' of label set 'two' has no example on the validation side",
            Said(split with { Validation = split.Validation.Skip(1).ToArray() }), StringComparison.Ordinal);
        Assert.Contains("on the test side", Said(split with { Test = split.Test.Skip(1).ToArray() }), StringComparison.Ordinal);

        string[] Keys(string speaker) => [.. data.Where(u => u.Speaker == "savee/" + speaker).Select(u => u.Key)];
        string Said(Split wrong) => Assert.Throws<InputException>(() => SplitCheck.VerifyClasses(wrong, data, labels)).Message;
    }

    private static string[] Speakers(IEnumerable<string> keys)
    {
        HashSet<string> wanted = [.. keys];
        return [.. Merged().Where(u => wanted.Contains(u.Key)).Select(u => u.Speaker).Distinct()];
    }

    /// <summary>RAVDESS, SAVEE and TESS in small: as many speakers, four clips each (forty of TESS's).</summary>
    private static Utterance[] Merged() =>
    [
        .. from actor in Enumerable.Range(1, 24)
           from i in Enumerable.Range(0, 4)
           select Clip("ravdess", $"{actor:00}", (100 * actor) + i),
        .. from speaker in new[] { "DC", "JE", "JK", "KL" }
           from i in Enumerable.Range(0, 4)
           select Clip("savee", speaker, 5000 + (speaker[0] * 10) + speaker[1] + (100 * i)),
        .. from speaker in new[] { "OAF", "YAF" }
           from i in Enumerable.Range(0, 40)
           select Clip("tess", speaker, 9000 + (1000 * speaker[0]) + i),
    ];

    private static Utterance Clip(string corpus, string speaker, int number, int? sound = null)
    {
        string sex = corpus == "tess" || (corpus != "savee" && speaker[^1] % 2 == 0) ? "female" : "male";
        return new(
            $"{corpus}/{speaker}_{number}", corpus, "p.wav", $"{corpus}{sound ?? number}", $"{corpus}/{speaker}", sex, "l", 1, 16000);
    }
}
