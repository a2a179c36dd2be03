using System.Text.Json;
using Spectre.Console;
using SpeechEmotion.Features;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli;

/// <summary>Writes the answers for many files as one table, or line by line as JSON or CSV.</summary>
internal abstract class AnswerWriter
{
    /// <summary>True where lines go to the terminal during the work, so that a progress bar would run into them.</summary>
    public virtual bool OnTerminal => false;

    public static AnswerWriter For(string format, IAnsiConsole console, TextWriter output) => format switch
    {
        "csv" => new Csv(output),
        "json" => new Json(output),
        _ => new Tabular(console),
    };

    public virtual void Start(IReadOnlyList<string> classes)
    {
    }

    public abstract void Write(string file, string model, EmotionAnswer answer, HeardPart heard);

    public virtual void End()
    {
    }

    private sealed class Tabular(IAnsiConsole console) : AnswerWriter
    {
        private Table _table = new();

        public override void Start(IReadOnlyList<string> classes) =>
            _table = Screen.Table(console, ["file", "emotion", .. classes.Select(c => $">{c} %")]);

        public override void Write(string file, string model, EmotionAnswer answer, HeardPart heard) => _table.Row(
            [file, answer.Sure ? answer.Emotion : $"not sure ({answer.Emotion}?)", .. answer.Probabilities.Select(p => $"{100 * p:f1}")]);

        public override void End()
        {
            if (_table.Rows.Count > 0)
            {
                console.Show(_table);
            }
        }
    }

    private sealed class Csv(TextWriter output) : AnswerWriter
    {
        public override bool OnTerminal => Screen.IsTerminal(output);

        public override void Start(IReadOnlyList<string> classes) =>
            output.WriteLine($"file,model,emotion,sure,{string.Join(',', classes.Select(CsvTable.Quote))}");

        public override void Write(string file, string model, EmotionAnswer answer, HeardPart heard)
        {
            string sure = answer.Sure ? "true" : "false";
            string probabilities = string.Join(',', answer.Probabilities.Select(p => $"{p:r}"));
            string[] names = [.. new[] { file, model, answer.Emotion }.Select(CsvTable.Quote)];
            output.WriteLine($"{string.Join(',', names)},{sure},{probabilities}");
        }
    }

    private sealed class Json(TextWriter output) : AnswerWriter
    {
        private IReadOnlyList<string> _classes = [];

        public override bool OnTerminal => Screen.IsTerminal(output);

        public override void Start(IReadOnlyList<string> classes) => _classes = classes;

        public override void Write(string file, string model, EmotionAnswer answer, HeardPart heard)
        {
            Dictionary<string, double> probabilities = _classes.Zip(answer.Probabilities).ToDictionary(p => p.First, p => p.Second);
            output.WriteLine(JsonSerializer.Serialize(new
            {
                file,
                model,
                emotion = answer.Emotion,
                sure = answer.Sure,
                probabilities,
                heard = new { start = heard.Start, end = heard.End, cut = heard.Cut },
            }));
        }
    }
}
