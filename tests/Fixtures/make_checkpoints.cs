// Made the checkpoints in the folder beside this file. Run it in a clone at the commit whose checkpoint format is wanted
// (before-temperature: 6bcefd7, with-temperature: 5b14eb5):
//
// git clone REPOSITORY old && cd old && git checkout COMMIT && cp PATH/make_checkpoints.cs . \
//     && dotnet run -c Release make_checkpoints.cs -- FOLDER
//
// Each is a tiny trained model; logits.json holds its logits for OldCheckpointTests.Clips (tests/Training).
#:project src/Workbench/Workbench.csproj
#:property RootNamespace=Fixtures
#:property GenerateDocumentationFile=false
#:property PublishAot=false
#:property AssemblyName=Fixtures
using System.Text.Json;
using SpeechEmotion.Architectures;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

const int Width = 8;
string folder = args[0];
Directory.CreateDirectory(folder);
set_num_threads(1);
Dictionary<string, object> options = new()
{
    ["mlp"] = new MlpOptions { Hidden = [6] },
    ["cnn"] = new CnnOptions { Channels = [3, 4], TimeHalvings = 1, Attention = 3 },
    ["lstm"] = new LstmOptions { FramesPerStep = 2, Hidden = 4, Layers = 2, Attention = 3 },
    ["cnn_lstm"] = new CnnLstmOptions { Channels = [3], TimeHalvings = 1, Projection = 5, Hidden = 4, Attention = 3 },
};
IEnumerable<float> values =
    from n in Enumerable.Range(0, 2)
    from t in Enumerable.Range(0, 12)
    from f in Enumerable.Range(0, Width)
    select t < 12 - 5 * n ? MathF.Sin(0.7f * (1 + n) * t + f) : 0;
Tensor clips = tensor(values.ToArray(), [2, 12, Width]);
Tensor lengths = tensor(new long[] { 12, 7 });
Dictionary<string, float[]> logits = [];
foreach ((string name, object option) in options)
{
    Normaliser normaliser = new(
        "global", [.. Enumerable.Range(0, Width).Select(i => -40f - i)], [.. Enumerable.Range(0, Width).Select(i => 10f + i)]);
    ModelCard card = new(
        name, option, new ModelShape(Width, 3), "three", ["calm", "glad", "cross"], new FeatureOptions { Mels = Width }, normaliser);

    // Properties that later versions added.
    typeof(ModelCard).GetProperty("Temperature")?.SetValue(card, 1.25);
    typeof(ModelCard).GetProperty("Threshold")?.SetValue(card, 0.4);
    manual_seed(7);
    EmotionModel model = card.Build();
    AdamW optimiser = optim.AdamW(model.parameters(), lr: 0.01);
    model.train();
    for (int step = 0; step < 3; step++)
    {
        optimiser.zero_grad();
        nn.functional.cross_entropy(model.forward(clips, lengths), tensor(new long[] { 1, 2 })).backward();
        optimiser.step();
    }

    model.eval();
    logits[name] = model.forward(clips, lengths).data<float>().ToArray();
    Checkpoint.Write(Path.Combine(folder, name + ".ser"), card, model);
    if (name == "cnn")
    {
        TrainState state = new(1, 0.5, 2.5, [new EpochRow(1, 1.5, 1.25, 0.5, 1e-3, 2.5)]);
        Checkpoint.Write(Path.Combine(folder, "cnn-last.ser"), card, model, optimiser, state);
    }
}

File.WriteAllText(Path.Combine(folder, "logits.json"), JsonSerializer.Serialize(logits) + "\n");
