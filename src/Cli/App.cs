using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>The command line as a function: arguments in, text and an exit code out. No exception leaves it.</summary>
public static class App
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>Something failed while working.</summary>
    public const int Failed = 1;

    /// <summary>The user's input is wrong: options, configs, data.</summary>
    public const int WrongInput = 2;

    /// <summary>Stopped by Ctrl-C, as shells report it.</summary>
    public const int Stopped = 130;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes errors, a line each.</param>
    /// <param name="stop">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        Option<bool> verbose = new("--verbose") { Description = "Show the trace of an error", Recursive = true };
        ParseResult parse = Root(verbose).Parse(args);
        IReadOnlyList<string> mistakes = UsageErrors.Of(parse);
        if (mistakes.Count > 0 && parse.Action is not (HelpWithExamples or PrintVersion))
        {
            return Fail(error, WrongInput, mistakes);
        }

        InvocationConfiguration streams = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return Guard(() => parse.InvokeAsync(streams, stop).GetAwaiter().GetResult(), error, parse.GetValue(verbose));
    }

    /// <summary>Does some work and turns any exception into lines for the user and an exit code.</summary>
    /// <param name="work">Returns the exit code.</param>
    /// <param name="error">Takes errors, a line each.</param>
    /// <param name="verbose">Whether the stack trace is written too.</param>
    /// <returns>The exit code.</returns>
    public static int Guard(Func<int> work, TextWriter error, bool verbose)
    {
        try
        {
            return work();
        }
        catch (Exception caught)
        {
            Exception e = (caught as AggregateException)?.Flatten().InnerException ?? caught;
            if (ReferenceEquals(error, Console.Error) && Screen.Redraws)
            {
                error.Write("\r\u001b[K"); // Erases a progress line that may be half drawn.
            }

            if (verbose)
            {
                error.WriteLine(e);
            }

            switch (e)
            {
                case InputException:
                    return Fail(error, WrongInput, e.Message.Split('\n'));
                case RunFailedException:
                    return Fail(error, Failed, [e.Message]);
                case IOException or UnauthorizedAccessException:
                    return Fail(error, Failed, [OneLine(e)]);
                case OperationCanceledException:
                    error.WriteLine("stopped; what was finished is kept");
                    return Stopped;
                case TypeInitializationException { TypeName: "TorchSharp.torch" } or DllNotFoundException:
                    return Fail(error, Failed, ["libtorch does not load; `ser doctor` says why, and what to do"]);
                case Exception torch when TorchError.Is(torch):
                    return Fail(error, Failed, [$"libtorch: {TorchError.Line(torch)} (run with --verbose for the trace)"]);
                default:
                    return Fail(error, Failed, [$"{e.GetType().Name}: {OneLine(e)} (run with --verbose for the trace)"]);
            }
        }
    }

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").Trim();

    private static int Fail(TextWriter error, int code, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            error.WriteLine($"error: {line}");
        }

        return code;
    }

    private static Verb Root(Option<bool> verbose)
    {
        Verb root = new(
            "ser",
            "A workbench for speech emotion recognition: from sound files to a comparison of architectures.",
            "ser doctor                                          # what this machine has",
            "ser compare experiments/quickstart/study.yaml       # all four architectures on a synthetic voice, in minutes",
            "ser prepare --data DIR                              # check the corpora below a folder",
            "ser compare experiments/merged/study.yaml --data DIR",
            "ser train configs/base.yaml configs/models/cnn.yaml --data DIR --set train.epochs=5",
            "ser predict clip.wav                                # the emotion of a sound file",
            "ser serve                                           # the app: speak, and see the emotion",
            "ser describe cnn                                    # layers and cost of an architecture")
        {
            DoctorCommand.Build(),
            PrepareCommand.Build(),
            TrainCommand.Build(),
            CompareCommand.Build(),
            EvaluateCommand.Build(),
            ReportCommand.Build(),
            ReleaseCommand.Build(),
            PredictCommand.Build(),
            ServeCommand.Build(),
            ExportCommand.Build(),
            ImportCommand.Build(),
            DescribeCommand.Build(),
        };
        root.Options.Add(verbose);
        root.Options.Add(new HelpOption { Recursive = true, Description = "Show help", Action = new HelpWithExamples() });
        root.Options.Add(new VersionOption { Description = "Show the version", Action = new PrintVersion() });
        HelpWithExamples help = new();
        root.SetAction(result => help.Invoke(result));
        return root;
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"ser {typeof(App).Assembly.GetName().Version!.ToString(3)}");
            return Done;
        }
    }
}
