using SpeechEmotion.Cli;

namespace SpeechEmotion.Tests.Cli;

/// <summary>Runs the command line in this process.</summary>
internal static class Ser
{
    public static (int Code, string Output, string Error) Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        int code = App.Run(args, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
