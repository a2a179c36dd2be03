using System.Text.Json;
using SpeechEmotion.Architectures;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests;

public sealed class FeatureExchangeTests : ExchangeFolder
{
    [Theory]
    [InlineData("logmel", "global", false, false)]
    [InlineData("mfcc", "clip_mean", true, false)]
    [InlineData("logmel", "clip", false, true)]
    public void Torchaudio_computes_the_features_that_a_model_takes(string kind, string normalise, bool deltas, bool level)
    {
        FeatureOptions options = new() { Kind = kind, Mels = 40, Mfccs = 20, Deltas = deltas, NormaliseLevel = level, MaxSeconds = 2 };
        Normaliser normaliser = new(
            normalise, [.. Enumerable.Range(0, options.Width).Select(f => f / 10f)], [.. Enumerable.Repeat(10f, options.Width)]);
        ModelCard card = new(
            "mlp", new MlpOptions { Hidden = [2] }, new ModelShape(options.Width, 4), "four", ["a", "b", "c", "d"], options, normaliser);
        using (EmotionModel model = card.Build())
        {
            Checkpoint.Write(In("a.ser"), card, model);
        }

        WeightExchange.Export(In("a.ser"), In("a.safetensors"));
        float[] sound = [.. new float[7000], .. Web.Voice.Speech(3).Samples, .. new float[5000]]; // It is trimmed, and cut to its middle.
        WavWriter.Write(In("a.wav"), sound, options.SampleRate);
        string said = PyTorch.Run(
            """
            try:
                import torchaudio, soundfile
            except ImportError:
                sys.exit(print("none"))
            import features_in_pytorch as f
            print(json.dumps(f.features(sys.argv[2], r.load(sys.argv[1])[0]).tolist()))
            """, In("a.safetensors"), In("a.wav")).Trim();
        const string Absent = "torchaudio and soundfile are not on this machine (apt-get install python3-torchaudio python3-soundfile)";
        Assert.SkipWhen(said == "none", Absent);

        using FeatureExtractor extractor = new(options, CPU);
        float[] own = normaliser.Apply(extractor.Extract([AudioFile.Read(In("a.wav"))])[0]);
        float[] theirs = [.. JsonSerializer.Deserialize<float[][]>(said)!.SelectMany(frame => frame)];

        // A thousandth of a deviation, here 0.01 dB: rounding of the power at the floor, 80 dB below the loudest, in single precision.
        Assert.Equal(own.Length, theirs.Length);
        Assert.All(own.Zip(theirs), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }
}
