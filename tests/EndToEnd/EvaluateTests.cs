using SpeechEmotion.Architectures;
using SpeechEmotion.Cli;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Labels;
using SpeechEmotion.Training;
using static SpeechEmotion.Tests.MiniatureCorpus;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>Evaluation of and prediction with a finished run.</summary>
[Collection("miniature")]
public class EvaluateTests(MiniatureCorpus corpus)
{
    [Fact]
    public void Speakers_that_a_run_knows_are_named_where_it_is_evaluated()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "run-at-random", "--set", "split.kind=random")).Code);
        Assert.Equal(App.Done, Ser("evaluate", corpus.In("run-at-random"), "--data", corpus.Data, "--on", "synthetic").Code);
        string page = File.ReadAllText(corpus.In("run-at-random/evaluations/synthetic/confusion.html"));
        Assert.Contains("Speakers overlap", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_can_be_normalised_by_their_own_speaker_or_corpus()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "run-to-adapt")).Code);
        string one = SpeakerOf(PredictionsFile.Read(corpus.In("run-to-adapt/predictions.csv")).Rows[0].Key);
        foreach (string clip in Directory.EnumerateFiles(Path.Combine(corpus.Data, one)))
        {
            Directory.CreateDirectory(corpus.In($"alone/{one}"));
            File.Copy(clip, corpus.In($"alone/{one}/{Path.GetFileName(clip)}"), overwrite: true);
        }

        // Normalised by speaker, an answer does not depend on other speakers; by corpus, it does.
        double[] speaker = Answers("speaker", corpus.Data), corpusOfTwo = Answers("corpus", corpus.Data);
        double[] speakerAlone = Answers("speaker", corpus.In("alone")), corpusOfOne = Answers("corpus", corpus.In("alone"));
        Assert.Equal(speakerAlone, corpusOfOne);
        // 1e-5: in another batch, in single precision.
        Assert.All(speaker.Zip(speakerAlone), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Contains(corpusOfTwo.Zip(corpusOfOne), pair => Math.Abs(pair.First - pair.Second) > 0.01);

        // A model file whose own mean and deviation are those of the clips gives the same.
        string best = corpus.In("run-to-adapt/checkpoints/best.ser");
        SpeechData data = SpeechData.Open(new DataOptions { Root = corpus.In("alone") }, new Silence());
        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(best);
        using EmotionModel owned = model;
        IReadOnlyList<Utterance> clips = data.Select(LabelSets.Load(card.Labels)).Utterances;
        Normaliser own = Normaliser.Fit("global", [.. data.Features(clips, card.Features, CPU, new Silence()).Values]);
        Checkpoint.Write(corpus.In("run-to-adapt/by-itself.ser"), card with { Normaliser = own }, model);
        string byItself = corpus.In("by-itself");
        Assert.Equal(
            App.Done, Ser("evaluate", corpus.In("run-to-adapt/by-itself.ser"), "--data", corpus.In("alone"), "--out", byItself).Code);
        Assert.Equal(AnswersIn(byItself), corpusOfOne);

        // So does `ser predict`, which knows no labels; a file that cannot be read has no effect.
        string[] files = [.. clips.Select(clip => corpus.In($"alone/{one}/{clip.Key.Split('/')[1]}.wav")), corpus.In("alone/none.wav")];
        (int predicted, string lines, string missing) =
            Ser(["predict", .. files, "--model", corpus.In("run-to-adapt"), "--normalise", "corpus", "--format", "csv"]);
        Assert.Equal(App.WrongInput, predicted);
        Assert.Single(missing.Split('\n'), line => line.Contains("none.wav", StringComparison.Ordinal));
        Assert.Contains($"normalised by all {clips.Count} together", missing, StringComparison.Ordinal);
        const string Few = "; so few say little of how they were recorded: give 10 or more, in all emotions";
        Assert.InRange(clips.Count, 1, 9);
        Assert.Contains(Few, missing, StringComparison.Ordinal);
        (_, _, string many) = Ser(["predict", corpus.Data, "--model", corpus.In("run-to-adapt"), "--normalise", "corpus"]);
        Assert.Contains("together, so each answer depends on what the others are", many, StringComparison.Ordinal);
        Assert.DoesNotContain(Few, many, StringComparison.Ordinal);
        Assert.All(
            lines.TrimEnd().Split('\n')[1..].SelectMany(line => line.Split(',')[4..]).Zip(corpusOfOne, (p, q) => (double.Parse(p), q)),
            pair => Assert.Equal(pair.q, pair.Item1, 1e-5));

        string page = File.ReadAllText(corpus.In("run-to-adapt/evaluations/synthetic,normalise=corpus/confusion.html"));
        Assert.Contains("Clips are normalised by all that are scored of their corpus", page, StringComparison.Ordinal);

        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "run-by-clip", "--set", "train.normalise=clip")).Code);
        (int code, _, string error) = Ser("evaluate", corpus.In("run-by-clip"), "--data", corpus.Data, "--normalise", "speaker");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains(
            "--normalise: takes the place of train.normalise: global, and run-by-clip was trained with clip; leave it out",
            error, StringComparison.Ordinal);

        double[] Answers(string by, string data)
        {
            (int code, _, string error) =
                Ser("evaluate", corpus.In("run-to-adapt"), "--data", data, "--on", "synthetic", "--normalise", by);
            Assert.True(code == App.Done, error);
            return AnswersIn(corpus.In($"run-to-adapt/evaluations/synthetic,normalise={by}"));
        }

        double[] AnswersIn(string folder) =>
        [
            .. PredictionsFile.Read(Path.Combine(folder, "predictions.csv")).Rows
                .Where(row => SpeakerOf(row.Key) == one)
                .SelectMany(row => row.Probabilities),
        ];
    }

    [Fact]
    public void A_run_can_be_evaluated_on_what_it_has_not_seen_and_asked_about_files()
    {
        Assert.Equal(App.Done, Ser(corpus.Train("mlp", "run-to-use")).Code);

        (int code, string output, string error) = Ser("evaluate", corpus.In("run-to-use"), "--data", corpus.Data, "--on", "synthetic");
        Assert.True(code == App.Done, error);
        Assert.Contains("are left out", error, StringComparison.Ordinal);
        Assert.Equal(
            PredictionsFile.Read(corpus.In("run-to-use/predictions.csv")).Rows.Select(r => r.Key),
            PredictionsFile.Read(corpus.In("run-to-use/evaluations/synthetic/predictions.csv")).Rows.Select(r => r.Key));

        // The model file alone, like a released model: it names the speakers that it has heard. If it does not, the scores say so.
        string best = corpus.In("run-to-use/checkpoints/best.ser");
        (code, output, error) = Ser("evaluate", best, "--data", corpus.Data, "--out", corpus.In("by-file"));
        Assert.True(code == App.Done, error);
        Assert.Equal(
            File.ReadAllText(corpus.In("run-to-use/evaluations/synthetic/predictions.csv")),
            File.ReadAllText(corpus.In("by-file/predictions.csv")));

        // The facts of the evaluation are kept beside the scores, which can be reported again. A run's own folder is refused as the output.
        EvaluationFacts facts = FactsFile.Read<EvaluationFacts>(corpus.In("by-file/environment.json"));
        Assert.Equal(("best", "mlp", "four", (string?)null), (facts.Model, facts.Architecture, facts.Labels, facts.Corpus));
        string first = File.ReadAllText(corpus.In("by-file/confusion.html"));
        File.Delete(corpus.In("by-file/confusion.html"));
        Assert.Equal(App.Done, Ser("report", corpus.In("by-file")).Code);
        Assert.Equal(first, File.ReadAllText(corpus.In("by-file/confusion.html")));
        (code, _, error) = Ser("evaluate", best, "--data", corpus.Data, "--out", corpus.In("run-to-use"));
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("is a run's own folder, whose predictions would be lost", error, StringComparison.Ordinal);

        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(best);
        using EmotionModel owned = model;
        Checkpoint.Write(corpus.In("old.ser"), card with { Heard = null }, model);
        (code, output, error) = Ser("evaluate", corpus.In("old.ser"), "--data", corpus.Data, "--out", corpus.In("by-old-file"));
        Assert.True(code == App.Done, error);
        string page = File.ReadAllText(corpus.In("by-old-file/confusion.html"));
        Assert.Contains("Its file does not say whom it has heard", page, StringComparison.Ordinal);

        // Altered sound gives other answers for the same clips, and the same answers when repeated.
        string[] noisy = ["evaluate", best, "--data", corpus.Data, "--alter", "noise_db=1", "--alter", "room_seconds=0.4", "--out"];
        Assert.Equal(App.Done, Ser([.. noisy, corpus.In("noisy")]).Code);
        Assert.Equal(App.Done, Ser([.. noisy, corpus.In("noisy-again")]).Code);
        PredictionTable clean = PredictionsFile.Read(corpus.In("by-file/predictions.csv"));
        PredictionTable altered = PredictionsFile.Read(corpus.In("noisy/predictions.csv"));
        Assert.Equal(clean.Rows.Select(r => r.Key), altered.Rows.Select(r => r.Key));
        Assert.All(clean.Rows.Zip(altered.Rows), pair => Assert.NotEqual(pair.First.Probabilities, pair.Second.Probabilities));
        Assert.Equal(File.ReadAllText(corpus.In("noisy/predictions.csv")), File.ReadAllText(corpus.In("noisy-again/predictions.csv")));
        (code, output, error) = Ser("evaluate", best, "--data", corpus.Data, "--alter", "gain_db=6");
        Assert.Equal(App.WrongInput, code);
        Assert.Contains("--alter gain_db: alters no copy's sound; valid here: noise_db, ", error, StringComparison.Ordinal);
        (_, _, error) = Ser("evaluate", best, "--data", corpus.Data, "--alter", "nois_db=6");
        Assert.Contains("--alter nois_db: unknown key; did you mean noise_db?", error, StringComparison.Ordinal);
        (_, _, error) = Ser("evaluate", best, "--data", corpus.Data, "--alter", "noise_db");
        Assert.Contains("--alter noise_db: expected KEY=VALUE, such as noise_db=10", error, StringComparison.Ordinal);
        page = File.ReadAllText(corpus.In("noisy/confusion.html"));
        Assert.Contains("its sound altered (noise_db=1, room_seconds=0.4)", page, StringComparison.Ordinal);

        Prediction known = PredictionsFile.Read(corpus.In("run-to-use/predictions.csv")).Rows[0];
        string file = Path.Combine(corpus.Data, "synthetic", known.Key.Split('/')[1][..3], known.Key.Split('/')[1] + ".wav");
        (code, output, error) = Ser("predict", file, "--model", corpus.In("run-to-use"), "--format", "csv");
        Assert.True(code == App.Done, error);
        double[] shares = [.. output.Split('\n')[1].Split(',')[^4..].Select(double.Parse)];
        Assert.Equal(1, shares.Sum(), 1e-12);
        // 1e-5: one clip alone against the same clip in a padded batch, in single precision.
        Assert.All(shares.Zip(known.Probabilities), p => Assert.Equal(p.Second, p.First, 1e-5));

        // The GPU that the run was trained on need not be present.
        string config = File.ReadAllText(corpus.In("run-to-use/config.yaml"));
        Assert.Contains("device: auto", config, StringComparison.Ordinal);
        File.WriteAllText(corpus.In("run-to-use/config.yaml"), config.Replace("device: auto", "device: cuda:99", StringComparison.Ordinal));
        (code, _, error) = Ser("evaluate", corpus.In("run-to-use"), "--data", corpus.Data, "--out", corpus.In("elsewhere"));
        Assert.True(code == App.Done, error);

        // Training data that can no longer be scanned is named, since copies of its clips then pass for unheard.
        Directory.CreateDirectory(corpus.In("broken/mine"));
        File.WriteAllText(corpus.In("broken/mine/corpus.csv"), "file,emotion\n");
        File.WriteAllText(corpus.In("run-to-use/config.yaml"), config.Replace(corpus.Data, corpus.In("broken"), StringComparison.Ordinal));
        (code, _, error) = Ser("evaluate", corpus.In("run-to-use"), "--data", corpus.Data, "--out", corpus.In("copies-untold"));
        Assert.True(code == App.Done, error);
        Assert.Contains($"note: {corpus.In("broken/mine/corpus.csv")}: its first line must name", error, StringComparison.Ordinal);
        Assert.Contains("; copies of training clips there cannot be told", error, StringComparison.Ordinal);
    }
}
