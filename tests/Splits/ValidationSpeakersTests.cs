using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Reporting;
using SpeechEmotion.Splits;
using static SpeechEmotion.Tests.SmallCorpora;

namespace SpeechEmotion.Tests;

/// <summary>Which speakers validate, and which are left to train.</summary>
public class ValidationSpeakersTests
{
    /// <summary>The validation speakers of the committed results: with others those runs could not be repeated.</summary>
    [Theory]
    [InlineData("ravdess", 0, "ravdess/04 ravdess/06 ravdess/17")]
    [InlineData("ravdess", 3, "ravdess/10 ravdess/14 ravdess/23")]
    [InlineData("merged", 0, "ravdess/04 ravdess/06 ravdess/17 savee/DC")]
    public void A_seed_draws_the_validation_speakers_that_it_has_always_drawn(string kind, int fold, string speakers)
    {
        Assert.Equal(1856500578, Seeds.Of(1, "weights")); // the first four bytes of SHA-256 of `1 weights`
        Utterance[] data = kind == "merged" ? Merged() : [.. Merged().Where(u => u.Corpus == kind)];
        Split split = SplitFactory.Create(new SplitOptions { Kind = kind, Fold = fold, Validation = 0.15 }, data, 1);
        Assert.Equal(speakers, string.Join(' ', Speakers(split.Validation).Order()));
    }

    /// <summary>The sides of the committed results by random split and of grouped folds, as the first eight digits of the SHA-256 of their
    /// keys.</summary>
    [Theory]
    [InlineData("random", 0, "80D5244C")]
    [InlineData("random", 3, "5A148493")]
    [InlineData("grouped", 0, "45EB6936")]
    [InlineData("grouped", 3, "2266FDAD")]
    public void A_seed_draws_the_sides_that_it_has_always_drawn(string kind, int fold, string digest)
    {
        Split split = SplitFactory.Create(new SplitOptions { Kind = kind, Fold = fold }, Merged(), 1);
        string keys = string.Join('\n', split.Test.Order(StringComparer.Ordinal))
            + "\n\n" + string.Join('\n', split.Validation.Order(StringComparer.Ordinal));
        byte[] hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(keys));
        Assert.Equal(digest, Convert.ToHexString(hash)[..8]);
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
        string text = ProtocolText.Of([new RunConfig { Split = options }]);
        Assert.EndsWith(
            "All other speakers train and the last epoch is taken, by settings chosen before; test speakers are scored once.",
            text, StringComparison.Ordinal);
        Assert.DoesNotContain("are chosen on", text, StringComparison.Ordinal);
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
            Assert.Equal(share * (random.Validation.Count + random.Train.Count), random.Validation.Count, 1.0); // share, rounded down

            // Twenty actors train and validate. The share is rounded for men and for women separately, by up to half a speaker.
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
}
