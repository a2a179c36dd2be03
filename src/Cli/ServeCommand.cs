using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Training;
using SpeechEmotion.Web;

namespace SpeechEmotion.Cli;

/// <summary>`ser serve`: the app.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        Option<string[]> models = new("--model")
        {
            Description = "A run folder, a checkpoint, or a released model's name: "
                + "put before the released models, in place of one of its name; may be repeated. "
                + "Only released models can answer 'not sure'",
            HelpName = "RUN",
            DefaultValueFactory = _ => [],
        };
        Option<int> port = new("--port")
        {
            Description = "Port on 127.0.0.1; 0 takes any free one",
            HelpName = "PORT",
            DefaultValueFactory = _ => new ServeOptions().Port,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && value is < 0 or > 65535)
            {
                result.AddError($"--port: {value} is outside 0 to 65535");
            }
        });
        return new Verb(
            "serve",
            "Start the app: a page that hears the emotion in a voice, and its JSON API.",
            "ser serve                                           # then open the address that it prints",
            "ser serve --model runs/cnn-six-fold0-seed1 --port 8080")
        { models, port }.Does((parse, console, stop) => Run(
            console,
            ModelFiles.Choose(parse.GetRequiredValue(models), ModelFiles.Released()),
            new ServeOptions { Port = parse.GetValue(port) },
            stop).GetAwaiter().GetResult());
    }

    private static async Task<int> Run(IAnsiConsole console, IReadOnlyList<ModelFile> models, ServeOptions options, CancellationToken stop)
    {
        await using WebServer server = await WebServer.Start(models, options);
        string others = models.Count > 1 ? $" (and {string.Join(", ", models.Skip(1).Select(model => model.Name))})" : "";
        console.Line($"{server.Address} answers with model {models[0].Name}{others}; stop it with Ctrl-C");
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it is meant to end.
        }

        return App.Done;
    }
}
