using SpeechEmotion.Training;
using SpeechEmotion.Web;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Web;

/// <summary>The app on a free port of 127.0.0.1, with two tiny models.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private WithVariable? _framework;
    private WebServer? _server;

    public string Folder => _folder.FullName;

    /// <summary>The folder where the web framework would put what it does not hold in memory.</summary>
    public string Temporary => Path.Combine(Folder, "temporary");

    /// <summary>Both models. The threshold of `six` is 1, so it is never sure.</summary>
    public IReadOnlyList<ModelFile> Models { get; private set; } = [];

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    public string Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        set_num_threads(1);
        _framework = new("ASPNETCORE_TEMP", Directory.CreateDirectory(Temporary).FullName); // It is read once, at first use.
        Models = [TinyModel.Write(Folder, "four", 4), TinyModel.Write(Folder, "six", 6, threshold: 1)];
        _server = await WebServer.Start(Models, new ServeOptions { Port = 0, Timeout = TimeSpan.FromMinutes(1) });
        Client.BaseAddress = new Uri(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        _framework!.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The model's own probabilities, by the same code as the command line.</summary>
    public double[] Own(string model, SpeechEmotion.Audio.Waveform wave)
    {
        using EmotionClassifier classifier = new(Models.First(m => m.Name == model).Path);
        return classifier.Classify([wave])[0];
    }
}

[CollectionDefinition("app")]
public sealed class AppCollection : ICollectionFixture<AppFixture>;
