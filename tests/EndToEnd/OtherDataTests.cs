using SpeechEmotion.Cli;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Splits;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests;

/// <summary>Runs that meet other data than they were trained on.</summary>
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

    /// <summary>Where speakers are on both sides, a clip that was trained on is known by its sound.</summary>
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

    /// <summary>Other takes of the same speakers, of other sound or of the same; beside the known ones or alone.</summary>
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
