using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

/// <summary>Runs on other data than they were trained on.</summary>
[Collection("miniature")]
public class OtherDataTests(MiniatureCorpus corpus)
{
    [Fact]
    public void Further_clips_of_speakers_whom_a_run_has_heard_are_left_out()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "heard")).Code);
        string further = Further(corpus.In("further"), both: false);
        (int code, _, string error) = Ser("evaluate", corpus.In("heard"), "--data", further, "--out", corpus.In("heard-further"));
        Assert.True(code == App.Done, error);
        string[] strangers = [.. SplitFile.ReadKeys(new RunFolder(corpus.In("heard")).Split).Test.Select(SpeakerOf).Distinct().Order()];
        IReadOnlyList<Prediction> scored = PredictionsFile.Read(corpus.In("heard-further/predictions.csv")).Rows;
        Assert.Equal(strangers, scored.Select(row => row.Speaker).Distinct().Order());
    }

    [Fact]
    public void What_refuses_to_go_on_with_more_data_leaves_the_run_as_it_was()
    {
        RunFolder run = new(corpus.In("kept"));
        string[] train = corpus.Train("mlp", "kept", "--set", "train.normalise=clip");
        Assert.Equal(App.Done, Ser(train).Code);
        string[] before = [File.ReadAllText(run.Config), File.ReadAllText(run.Split)];
        string more = Further(corpus.In("more"), both: true);
        (int code, _, string error) = Ser([.. train.Select(word => word == corpus.Data ? more : word), "--resume"]);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("was trained on other clips than this run's", error, StringComparison.Ordinal);
        Assert.Equal(before, new[] { File.ReadAllText(run.Config), File.ReadAllText(run.Split) });
    }

    /// <summary>A node of a cluster may hold other files under the same names.</summary>
    [Fact]
    public void Runs_of_other_sound_are_neither_made_nor_reported_beside_the_others()
    {
        string study = Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), folder = corpus.In("of-one-sound");
        Assert.Equal(App.Done, Compare(corpus.Data, folder, "--seeds", "1").Code);
        string other = corpus.Altered();
        (int code, _, string error) = Compare(other, folder, "--seeds", "1,2", "--only", "four/mlp/fold0-seed2");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("fold0-seed1: was made from other clips", error, StringComparison.Ordinal);

        Assert.Equal(App.Done, Compare(other, corpus.In("of-another"), "--seeds", "2").Code);
        Directory.Move(corpus.In("of-another/four/mlp/fold0-seed2"), Path.Combine(folder, "four/mlp/fold0-seed2"));
        (code, _, error) = Ser("report", folder);
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            "fold0-seed2: was made from other clips (data_hash in its environment.json) than ", error, StringComparison.Ordinal);

        (int Code, string Output, string Error) Compare(string data, string output, params string[] more) => Ser(
        [
            "compare", study, "--data", data, "--out", output, "--jobs", "1", .. Tiny, "--set", "models=[../../configs/models/mlp.yaml]",
            "--set", "labels=[four]", "--folds", "0", .. more,
        ]);
    }

    /// <summary>Where speakers are on both sides, a training clip is recognised by its sound.</summary>
    [Fact]
    public void A_twin_of_a_training_clip_under_another_name_is_left_out()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "twins", "--set", "split.kind=random")).Code);
        string renamed = Further(corpus.In("renamed"), both: true, same: true);
        (int code, _, string error) = Ser("evaluate", corpus.In("twins"), "--data", renamed, "--out", corpus.In("twins-scored"));
        Assert.True(code == App.Done, error);
        string[] test = [.. SplitFile.ReadKeys(new RunFolder(corpus.In("twins")).Split).Test];
        IEnumerable<string> twins = test.Select(key => key.Replace("_0", "_5", StringComparison.Ordinal));
        IReadOnlyList<Prediction> scored = PredictionsFile.Read(corpus.In("twins-scored/predictions.csv")).Rows;
        Assert.Equal(test.Concat(twins).Order(StringComparer.Ordinal), scored.Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    /// <summary>The corpus's name and speakers do not show where its clips are from; their sound does.</summary>
    [Fact]
    public void Copies_of_training_clips_are_left_out_of_a_corpus_of_another_name_also_where_it_alone_is_scored()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "copied")).Code);
        RunFolder run = new(corpus.In("copied"));
        string[] strangers = [.. SplitFile.ReadKeys(run.Split).Test.Select(CopyOf).Order(StringComparer.Ordinal)];
        string copies = Copied(corpus.In("copies"));

        // The run's training clips are in another folder. For the weights alone, the clips that they have heard lie beside the copies.
        Assert.Equal(strangers, Scored(run.Path, "copies-by-run"));
        Further(copies, both: true);
        Assert.Equal(strangers, Scored(run.Best, "copies-by-file"));

        string[] Scored(string model, string folder)
        {
            (int code, _, string error) = Ser("evaluate", model, "--data", copies, "--on", "mine", "--out", corpus.In(folder));
            Assert.True(code == App.Done, error);
            IReadOnlyList<Prediction> rows = PredictionsFile.Read(corpus.In($"{folder}/predictions.csv")).Rows;
            return [.. rows.Select(row => row.Key).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public void Clips_of_further_classes_that_train_are_not_said_to_be_left_out()
    {
        string copies = Copied(corpus.In("described"));
        const string LeftOut = "mine: 24 clips are left out, whose emotion 'four' does not know (disgust, fear)";
        Assert.Contains(LeftOut, Said("described-four", "null"), StringComparison.Ordinal);
        Assert.DoesNotContain("are left out", Said("described-six", "six"), StringComparison.Ordinal);

        string Said(string folder, string taught)
        {
            string[] train = corpus.Train("mlp", folder, "--set", $"train.labels={taught}");
            (int code, _, string error) = Ser([.. train.Select(word => word == corpus.Data ? copies : word)]);
            Assert.True(code == App.Done, error);
            return error;
        }
    }

    private static string CopyOf(string key) => key.Replace("synthetic/", "mine/copy-", StringComparison.Ordinal);

    /// <summary>Copies the clips under names of no known corpus, with the table that describes them; returns the folder.</summary>
    private string Copied(string folder)
    {
        List<string> table = ["file,speaker,emotion"];
        Directory.CreateDirectory(Path.Combine(folder, "mine"));
        foreach (string clip in Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(clip);
            File.Copy(clip, Path.Combine(folder, "mine", "copy-" + name));
            table.Add($"copy-{name},{string.Join(',', name.Split('_')[..2])}");
        }

        File.WriteAllLines(Path.Combine(folder, "mine", "corpus.csv"), table);
        return folder;
    }

    /// <summary>Writes further takes of the same speakers, with other sound, or with the same sound if <paramref name="same"/>; beside the
    /// known clips if <paramref name="both"/>, otherwise alone. Returns the folder.</summary>
    private string Further(string folder, bool both, bool same = false)
    {
        foreach (string clip in Directory.EnumerateFiles(corpus.Data, "*.wav", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(corpus.Data, clip));
            string further = copy.Replace("_0", "_5", StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            byte[] bytes = File.ReadAllBytes(clip);
            if (both)
            {
                File.WriteAllBytes(copy, bytes);
            }

            bytes[^1] ^= same ? (byte)0 : (byte)1;
            File.WriteAllBytes(further, bytes);
        }

        return folder;
    }
}
