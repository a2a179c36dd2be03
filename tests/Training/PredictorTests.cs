using SpeechEmotion.Architectures;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public class PredictorTests
{
    private static readonly Feature[] Sounds = [.. Enumerable.Range(20, 5).Select(frames => new Feature(
        [.. Enumerable.Range(0, frames * 8).Select(i => ((i * 31) + frames) % 7 - 3f)], frames, 8))];

    [Fact]
    public void Scoring_leaves_the_statistics_of_training()
    {
        using ClipSet clips = new(Sounds, [0, 1, 2, 3, 0], Normaliser.Fit("global", Sounds), CPU);
        using EmotionModel model = ModelCatalog.Create("cnn", new CnnOptions { Channels = [16], TimeHalvings = 1 }, new ModelShape(8, 4));
        float[][] before = Statistics();
        Assert.NotEmpty(before);
        Predictor.Logits(model, clips, 5, eval: false);
        Assert.Equal(before, Statistics());

        float[][] Statistics() => [.. model.buffers().Select(buffer => buffer.to(ScalarType.Float32).data<float>().ToArray())];
    }

    [Fact]
    public void A_model_scored_in_training_mode_draws_dropout_and_takes_clip_by_clip()
    {
        using ClipSet clips = new(Sounds, [0, 1, 2, 3, 0], Normaliser.Fit("global", Sounds), CPU);
        manual_seed(1);
        using EmotionModel model = ModelCatalog.Create("mlp", new MlpOptions { Dropout = 0.5 }, new ModelShape(8, 4));

        float[][] evaluated = Score(1, eval: true), trained = Score(1, eval: false);
        Assert.False(Same(evaluated, trained));
        Assert.Equal(trained, Score(5, eval: false)); // bit for bit: the batch size is not looked at, or other masks would be drawn
        Assert.True(Same(evaluated, Score(5, eval: true)));

        float[][] Score(int batch, bool eval)
        {
            manual_seed(2);
            return [.. Predictor.Logits(model, clips, batch, eval)];
        }

        // Single precision, of logits around one.
        static bool Same(float[][] a, float[][] b) =>
            a.Zip(b).All(rows => rows.First.Zip(rows.Second).All(p => Math.Abs(p.First - p.Second) < 1e-5));
    }
}
