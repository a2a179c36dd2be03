using System.Diagnostics;

namespace SpeechEmotion.Tests;

/// <summary>Python with PyTorch, where the machine has it (Debian's python3-torch).</summary>
internal static class PyTorch
{
    /// <summary>Tries the first python3 on the path, then the system's own, which may have PyTorch where the first has not.</summary>
    private static readonly Lazy<string?> Python = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python =>
    {
        try
        {
            return Start(python, "import torch").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }));

    /// <summary>Runs code that may import docs/rebuild_in_pytorch.py as <c>r</c>.</summary>
    public static string Run(string code, params string[] arguments)
    {
        Assert.SkipUnless(Python.Value is not null, "PyTorch is not on this machine (apt-get install python3-torch)");
        (int exit, string output, string error) = Start(
            Python.Value!, $"import rebuild_in_pytorch as r, torch, json, sys\n{code}", arguments);
        Assert.True(exit == 0, error);
        return output;
    }

    private static (int Code, string Output, string Error) Start(string python, string code, params string[] arguments)
    {
        ProcessStartInfo start = new(python, ["-c", code, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = Path.Combine(MiniatureCorpus.Repository, "docs");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
