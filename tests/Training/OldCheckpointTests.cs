using System.Text.Json;
using SpeechEmotion.Architectures;
using SpeechEmotion.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

/// <summary>Checkpoints of earlier versions still load and give the same answers. They are in tests/Fixtures; make_checkpoints.cs made
/// them.</summary>
public class OldCheckpointTests
{
    private const int Width = 8;

    public OldCheckpointTests() => set_num_threads(1);

    private static (Tensor Features, Tensor Lengths) Clips
    {
        get
        {
            float[] values = [..
                from n in Enumerable.Range(0, 2)
                from t in Enumerable.Range(0, 12)
                from f in Enumerable.Range(0, Width)
                select t < 12 - 5 * n ? MathF.Sin(0.7f * (1 + n) * t + f) : 0];
            return (tensor(values, [2, 12, Width]), tensor(new long[] { 12, 7 }));
        }
    }

    public static TheoryData<string, string> Files
    {
        get
        {
            TheoryData<string, string> files = [];
            foreach (string folder in Directory.EnumerateDirectories(Fixture()).Order())
            {
                IEnumerable<string> models = Directory.EnumerateFiles(folder, "*.ser")
                    .Where(f => !f.EndsWith("-last.ser", StringComparison.Ordinal));
                foreach (string file in models.Order())
                {
                    files.Add(Path.GetFileName(folder), Path.GetFileNameWithoutExtension(file));
                }
            }

            return files;
        }
    }

    // 1e-5: other processors add float32 values in another order; the logits are of size 1.
    [Theory]
    [MemberData(nameof(Files))]
    public void A_checkpoint_of_an_earlier_program_gives_the_logits_that_it_gave_then(string folder, string name)
    {
        (ModelCard card, EmotionModel model) = Checkpoint.ReadModel(Fixture(folder, name + ".ser"));
        using EmotionModel owned = model;
        (Tensor features, Tensor lengths) = Clips;
        float[] expected = JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText(Fixture(folder, "logits.json")))![name];
        float[] given = model.forward(features, lengths).data<float>().ToArray();
        Assert.All(expected.Zip(given), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(["calm", "glad", "cross"], card.Classes);
        Assert.Equal(folder == "before-temperature" ? (1, 0) : (1.25, 0.4), (card.Temperature, card.Threshold));
    }

    [Theory]
    [InlineData("before-temperature")]
    [InlineData("with-temperature")]
    public void A_run_that_an_earlier_program_stopped_goes_on(string folder)
    {
        string path = Fixture(folder, "cnn-last.ser");
        ModelCard card = Checkpoint.ReadCard(path);
        using EmotionModel model = card.Build();
        using AdamW optimiser = optim.AdamW(model.parameters());
        TrainState state = Checkpoint.Read(path, card, model, optimiser);
        Assert.Null(card.Heard); // The file names no speakers that were heard; a card that does is accepted, too.
        Assert.Equal(state.History, Checkpoint.Read(path, card with { Heard = ["savee/DC"] }, model, optimiser).History);
        Assert.Equal((1, 0.5, 2.5, 1), (state.BestEpoch, state.BestUar, state.Seconds, state.History.Count));
    }

    internal static string Fixture(params string[] path) => Path.Combine([AppContext.BaseDirectory, "Fixtures", "checkpoints", .. path]);
}
