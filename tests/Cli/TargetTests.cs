using SpeechEmotion.Cli;
using static SpeechEmotion.Tests.MiniatureCorpus;

namespace SpeechEmotion.Tests.Cli;

/// <summary>A place to write that is of the wrong kind is found before any work.</summary>
public sealed class TargetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public TargetTests() => File.WriteAllText(_folder["notes.md"], "mine");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_no_folder()
    {
        string file = _folder["notes.md"];
        string[][] commands =
        [
            ["train", Config("base.yaml"), "--out"],
            ["compare", Path.Combine(Repository, "experiments", "quickstart", "study.yaml"), "--out"],
            ["evaluate", "four", "--out"],
            ["release", "none", "--labels", "four", "--out"],
            ["report", "none", "--publish"],
        ];
        Assert.All(commands, command => Assert.Equal(
            (App.WrongInput, $"error: {command[^1]} {file}: is a file; a folder is wanted"), Said([.. command, file])));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        string[][] commands = [["export", "four"], ["import", "none"], ["prepare", "--data", "none"]];
        Assert.All(commands, command => Assert.Equal(
            (App.WrongInput, $"error: --out {_folder.Path}: is a folder; a file is wanted"), Said([.. command, "--out", _folder.Path])));
    }

    private static (int Code, string Error) Said(string[] command) =>
        Ser(command) is var (code, _, error) ? (code, error.TrimEnd()) : default;
}
