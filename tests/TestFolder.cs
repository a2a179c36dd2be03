namespace SpeechEmotion.Tests;

/// <summary>A temporary folder that is deleted on disposal.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(folder.FullName, name);

    public string Read(string name) => File.ReadAllText(this[name]);

    public void Dispose() => folder.Delete(true);
}
