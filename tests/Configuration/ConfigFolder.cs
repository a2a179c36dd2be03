using SpeechEmotion.Configuration;

namespace SpeechEmotion.Tests.Configuration;

/// <summary>A temporary folder of config files.</summary>
internal sealed class ConfigFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ser-config").FullName;

    public string Write(string name, string yaml)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, yaml);
        return path;
    }

    /// <summary>Writes a study of one model and two label sets, five lines long.</summary>
    /// <param name="more">Further lines.</param>
    public string WriteStudy(string more = "")
    {
        Write("configs/base.yaml", "train: {epochs: 1, patience: 1}\nfeatures: {mels: 32}\nsplit: {kind: savee}\n");
        Write("configs/models/cnn.yaml", "base: ../base.yaml\nmodel: {name: cnn, dropout: 0.2}\ntrain: {epochs: 2, patience: 2}\n");
        return Write("experiments/s/study.yaml",
            "name: s\nbase: ../../configs/base.yaml\nmodels: [../../configs/models/cnn.yaml]\nlabels: [four, six]\nseeds: [1, 2]\n" + more);
    }

    public RunConfig Read(string yaml, params string[] overrides) => ConfigReader.ReadRun([Write("run.yaml", yaml)], overrides);

    /// <summary>Message of the error that <paramref name="act"/> must throw, without the folder's name.</summary>
    public string Error(Action act) => Assert.Throws<InputException>(act).Message.Replace(_folder + "/", "", StringComparison.Ordinal);

    public string Error(string yaml, params string[] overrides) => Error(() => Read(yaml, overrides));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
