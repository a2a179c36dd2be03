using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;
using static SpeechEmotion.Tests.SmallCorpora;

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

        string[] eligible = [.. data.Where(u => kind is not ("merged" or "grouped") || u.Corpus != "tess").Select(u => u.Key)];
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

    [Fact]
    public void The_seed_decides_and_repeats()
    {
        SplitOptions options = new() { Kind = "grouped", Folds = 4 };
        Assert.Equal(SplitFactory.Create(options, Merged(), 1).Test, SplitFactory.Create(options, Merged(), 1).Test);
        Assert.NotEqual(SplitFactory.Create(options, Merged(), 1).Test, SplitFactory.Create(options, Merged(), 2).Test);
    }

    [Theory]
    [InlineData("grouped", 40, "take fewer folds")]
    [InlineData("ravdess", 5, "none of its test speakers is among the data")]
    public void What_cannot_be_split_says_why(string kind, int folds, string message)
    {
        Utterance[] data = [.. Merged().Where(u => u.Corpus == "savee")];
        SplitOptions options = new() { Kind = kind, Folds = folds };
        InputException error = Assert.Throws<InputException>(() => SplitFactory.Create(options, data, 1));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_with_one_speaker_left_beside_the_test_side_says_so()
    {
        Utterance[] data = [.. Enumerable.Range(0, 20).Select(i => Clip("savee", i < 10 ? "DC" : "JE", i))];
        SplitOptions options = new() { Kind = "grouped", Folds = 2 };
        InputException error = Assert.Throws<InputException>(() => SplitFactory.Create(options, data, 1));
        Assert.Equal(
            "split grouped-0: 1 speaker beside the test side, too few to train on one and validate on another; give more speakers, "
                + "take more folds, or set split.validation: 0, train.select: last and train.patience: 0",
            error.Message);
        Assert.Equal(10, SplitFactory.Create(options with { Validation = 0 }, data, 1).Train.Count);
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
}
