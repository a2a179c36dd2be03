using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Tests;

/// <summary>The same config and seed give the same numbers: when repeated, with a warm cache, and in another folder, culture and time
/// zone.</summary>
[Collection("small study")]
public class SameNumbersTests(SmallStudy study)
{
    [Fact]
    public void In_another_folder_culture_and_time_zone_with_a_cold_and_a_warm_cache_the_numbers_are_the_same()
    {
        // The locale of a shell in Turkey or Germany, a time zone up to fourteen hours off, and another working directory for each run.
        (string Language, string Zone)[] places = Heavy.Has("SER_SAME")
            ? [("tr_TR.UTF-8", "Pacific/Kiritimati"), ("de_DE.UTF-8", "America/St_Johns"), ("C", "UTC")]
            : [("tr_TR.UTF-8", "Pacific/Kiritimati"), ("de_DE.UTF-8", "UTC")];
        for (int i = 0; i < places.Length; i++)
        {
            string output = study.In($"place {i}/ü/study");
            ProcessStartInfo start = study.Command(output, study.In("place-cache"));
            start.WorkingDirectory = Directory.CreateDirectory(study.In($"elsewhere{i}")).FullName;
            (string language, string zone) = places[i];
            (start.Environment["LANG"], start.Environment["LC_ALL"], start.Environment["TZ"]) = (language, language, zone);
            Assert.Equal((0, ""), SmallStudy.Finish(Process.Start(start)!));
            Heavy.Same(study.Whole, SmallStudy.Numbers(output), $"{places[i]}");
        }

        Heavy.Say(
            $"same numbers: {places.Length} runs in {string.Join(", ", places)}, the first with a cold cache, "
            + "each from a folder of its own: equal bit for bit");
    }

    /// <summary>With one run left there is one process, which could have all cores: a thread more gives other numbers.</summary>
    [Fact]
    public void What_is_left_of_a_study_is_done_with_the_threads_that_the_whole_was_begun_with()
    {
        (string output, string cache) = (study.In("left"), study.In("left-cache"));
        ProcessStartInfo command = study.Command(output, cache, jobs: 2, "--set", "threads=0");
        Assert.Equal((0, ""), SmallStudy.Finish(Process.Start(command)!));
        IReadOnlyDictionary<string, string> whole = SmallStudy.Numbers(output);
        Directory.Delete(study.In("left/four/lstm"), recursive: true);
        Assert.Equal((0, ""), SmallStudy.Finish(Process.Start(command)!));
        Heavy.Same(whole, SmallStudy.Numbers(output), "one run left");
    }

    /// <summary>The program runs in the invariant culture whatever the machine's settings; code that hosts the library may not.</summary>
    [Fact]
    public void A_culture_with_commas_that_hosts_the_library_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "−";
        string[] folders = ["plain", "comma"];
        try
        {
            foreach (string folder in folders)
            {
                CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = folder == "comma" ? comma : before;
                using WithVariable cache = new("SER_CACHE", study.In($"{folder}-cache")); // else the second run reads the first one's cache
                (int code, _, string error) = MiniatureCorpus.Ser(
                    "train", MiniatureCorpus.Config("base.yaml"), MiniatureCorpus.Config("models/mlp.yaml"), "--data", study.Data,
                    "--out", study.In(folder), "--set", "train.epochs=1", "--set", "features.mels=8", "--set", "split.folds=3",
                    "--set", "threads=1", "--set", "augment.gain_db=2.5");
                Assert.True(code == App.Done, error);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.DefaultThreadCurrentCulture = null;
        }

        // Pictures are for people: their labels may follow the host's culture.
        Dictionary<string, string>[] numbers =
        [
            .. folders.Select(folder => SmallStudy.Numbers(study.In(folder))
                .Where(n => !n.Key.EndsWith(".png", StringComparison.Ordinal))
                .ToDictionary()),
        ];
        Heavy.Same(numbers[0], numbers[1], "commas");
    }

    /// <summary>Several threads may add sums in another order. `heavy same` reports for each architecture whether the predictions then
    /// differ.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("lstm")]
    [InlineData("cnn_lstm")]
    public void Two_threads_against_one(string model)
    {
        Assert.SkipUnless(
            Heavy.Has("SER_SAME"), "measured by tests/Reliability/heavy: what torch does with threads is not ours to promise");
        foreach (int threads in new[] { 1, 2 })
        {
            using WithVariable cache = new("SER_CACHE", study.In($"{model}{threads}-cache"));
            (int code, _, string error) = MiniatureCorpus.Ser(
                "train", MiniatureCorpus.Config("base.yaml"), MiniatureCorpus.Config($"models/{model}.yaml"), "--data", study.Data,
                "--out", study.In($"{model}{threads}"), "--set", "train.epochs=3", "--set", "split.folds=3",
                "--set", $"threads={threads}");
            Assert.True(code == App.Done, error);
        }

        IReadOnlyDictionary<string, string> one = SmallStudy.Numbers(study.In(model + "1"));
        IReadOnlyDictionary<string, string> two = SmallStudy.Numbers(study.In(model + "2"));
        double[][] shares =
        [
            .. new[] { "1", "2" }
                .Select(t => SpeechEmotion.Evaluation.PredictionsFile.Read(study.In($"{model}{t}/predictions.csv")))
                .Select(table => table.Rows.SelectMany(r => r.Probabilities).ToArray()),
        ];
        string predictions = one["predictions.csv"] == two["predictions.csv"] ? "equal predictions" : "predictions that differ";
        double difference = shares[0].Zip(shares[1], (a, b) => Math.Abs(a - b)).Max();
        Heavy.Say(
            $"threads, {model}, 3 epochs at full size: one and two give {predictions}, "
            + $"largest difference of a probability {difference:g2}");
    }
}
