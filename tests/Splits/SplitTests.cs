using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Tests;

public class SplitTests
{
    public static TheoryData<string> Kinds => ["merged", "ravdess", "savee", "grouped", "random"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_fold_keeps_its_promise_and_the_folds_test_each_clip_once(string kind)
    {
        IReadOnlyList<Utterance> data = kind switch
        {
            "savee" => [.. Merged().Where(u => u.Corpus == "savee")],
            "ravdess" => [.. Merged().Where(u => u.Corpus == "ravdess")],
            _ => Merged(),
        };
        SplitOptions options = new() { Kind = kind, Folds = 5 };
        List<string> tested = [];
        for (int fold = 0; fold < SplitFactory.FoldCount(options); fold++)
        {
            Split split = SplitFactory.Create(options with { Fold = fold }, data, seed: 3);
            Assert.Equal(data.Count, split.Train.Count + split.Validation.Count + split.Test.Count);
            Assert.Equal(kind != "random", split.SpeakersApart);
            tested.AddRange(split.Test);
        }

        string[] eligible = [.. data.Where(u => kind != "merged" || u.Corpus != "tess").Select(u => u.Key)];
        Assert.Equal(eligible.Order(), tested.Order());
    }

    [Fact]
    public void The_published_folds_are_EmoBoxs_with_one_of_SAVEE_in_each_of_the_first_four()
    {
        string[][] actors = [["01", "11", "20", "21"], ["04", "10", "12", "14"], ["08", "09", "19", "23"], ["03", "05", "07", "24"], ["02", "15", "16", "18"], ["06", "13", "17", "22"]];
        string?[] savee = ["JE", "KL", "DC", "JK", null, null];
        for (int fold = 0; fold < 6; fold++)
        {
            string[] expected = [.. actors[fold].Select(a => "ravdess/" + a), .. savee[fold] is string s ? ["savee/" + s] : Array.Empty<string>()];
            Assert.Equal(expected.Order(), Speakers(SplitFactory.Create(new SplitOptions { Kind = "merged", Fold = fold }, Merged(), 1).Test).Order());
        }
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
    public void Over_random_data_no_speaker_and_no_sound_is_on_two_sides()
    {
        Random random = new(5);
        for (int round = 0; round < 50; round++)
        {
            int speakers = random.Next(6, 30);
            Utterance[] data = [.. Enumerable.Range(0, random.Next(100, 400)).Select(i => Clip("cremad", $"{1000 + random.Next(speakers)}", i, sound: random.Next(300)))
                .GroupBy(u => u.Sha256).SelectMany(g => g.Where(u => u.Speaker == g.First().Speaker))];
            SplitOptions options = new() { Kind = round % 2 == 0 ? "grouped" : "random", Folds = 3, Fold = random.Next(3) };

            Split split = SplitFactory.Create(options, data, round);

            Dictionary<string, Utterance> byKey = data.ToDictionary(u => u.Key);
            string[][] sounds = [.. new[] { split.Train, split.Validation, split.Test }.Select(side => side.Select(k => byKey[k].Sha256).Distinct().ToArray())];
            Assert.Equal(sounds.Sum(s => s.Length), sounds.SelectMany(s => s).Distinct().Count());
            if (split.SpeakersApart)
            {
                string[][] voices = [.. new[] { split.Train, split.Validation, split.Test }.Select(side => side.Select(k => byKey[k].Speaker).Distinct().ToArray())];
                Assert.Equal(voices.Sum(s => s.Length), voices.SelectMany(s => s).Distinct().Count());
            }
        }
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
    [InlineData("grouped", 40, 0, "take fewer folds")]
    [InlineData("ravdess", 5, 0, "none of its test speakers is among the data")]
    public void What_cannot_be_split_says_why(string kind, int folds, int fold, string message)
    {
        IReadOnlyList<Utterance> data = [.. Merged().Where(u => u.Corpus == "savee")];
        Assert.Contains(message, Assert.Throws<InputException>(() => SplitFactory.Create(new SplitOptions { Kind = kind, Folds = folds, Fold = fold }, data, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fold_with_one_speaker_left_beside_the_test_side_says_so()
    {
        Utterance[] data = [.. Enumerable.Range(0, 20).Select(i => Clip("savee", i < 10 ? "DC" : "JE", i))];
        Assert.Contains("too few to train on one and validate on another", Assert.Throws<InputException>(() => SplitFactory.Create(new SplitOptions { Kind = "grouped", Folds = 2 }, data, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_split_comes_back_and_a_leak_in_it_is_found()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "split.json");
        Split split = SplitFactory.Create(new SplitOptions { Kind = "merged" }, Merged(), 1);
        SplitFile.Write(path, split);
        Assert.Equivalent(split, SplitFile.Read(path, Merged()));

        SplitFile.Write(path, split with { Test = [.. split.Test, split.Train[0]] });
        Assert.Contains("is on the train and the test side", Assert.Throws<InputException>(() => SplitFile.Read(path, Merged())).Message, StringComparison.Ordinal);

        string speaker = Merged().First(u => u.Key == split.Train[0]).Speaker;
        string moved = split.Train.First(k => Merged().First(u => u.Key == k).Speaker == speaker);
        SplitFile.Write(path, split with { Train = [.. split.Train.Where(k => k != moved)], Test = [.. split.Test, moved] });
        Assert.Contains($"speaker {speaker} is on", Assert.Throws<InputException>(() => SplitFile.Read(path, Merged())).Message, StringComparison.Ordinal);

        SplitFile.Write(path, split with { Test = ["ravdess/gone"] });
        Assert.Contains("ravdess/gone is not among the data", Assert.Throws<InputException>(() => SplitFile.Read(path, Merged())).Message, StringComparison.Ordinal);

        File.WriteAllText(path, "{\"version\": 1");
        Assert.StartsWith(path, Assert.Throws<InputException>(() => SplitFile.Read(path, Merged())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_sound_under_two_keys_on_two_sides_is_found()
    {
        Utterance[] data = [Clip("savee", "DC", 1, 7), Clip("savee", "JE", 2, 7), Clip("savee", "JK", 3, 8)];
        Split split = new("own", true, [data[0].Key], [data[2].Key], [data[1].Key]);
        Assert.Contains("the sound of", Assert.Throws<InputException>(() => SplitCheck.Verify(split, data)).Message, StringComparison.Ordinal);
    }

    private static string[] Speakers(IEnumerable<string> keys)
    {
        HashSet<string> wanted = [.. keys];
        return [.. Merged().Where(u => wanted.Contains(u.Key)).Select(u => u.Speaker).Distinct()];
    }

    /// <summary>RAVDESS, SAVEE and TESS in small: as many speakers, four clips each (forty of TESS's).</summary>
    private static Utterance[] Merged() =>
    [
        .. from actor in Enumerable.Range(1, 24) from i in Enumerable.Range(0, 4) select Clip("ravdess", $"{actor:00}", (100 * actor) + i),
        .. from speaker in new[] { "DC", "JE", "JK", "KL" } from i in Enumerable.Range(0, 4) select Clip("savee", speaker, 5000 + (speaker[0] * 10) + speaker[1] + (100 * i)),
        .. from speaker in new[] { "OAF", "YAF" } from i in Enumerable.Range(0, 40) select Clip("tess", speaker, 9000 + (1000 * speaker[0]) + i),
    ];

    private static Utterance Clip(string corpus, string speaker, int number, int? sound = null) => new(
        $"{corpus}/{speaker}_{number}", corpus, "p.wav", $"{corpus}{sound ?? number}", $"{corpus}/{speaker}", speaker[^1] % 2 == 0 ? "female" : "male", "l", 1, 16000);
}
