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

    public RunConfig Read(string yaml, params string[] overrides) => ConfigReader.ReadRun([Write("run.yaml", yaml)], overrides);

    /// <summary>The errors, with the folder's name left out.</summary>
    public string Error(Action act) => Assert.Throws<InputException>(act).Message.Replace(_folder + "/", "", StringComparison.Ordinal);

    public string Error(string yaml, params string[] overrides) => Error(() => Read(yaml, overrides));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
