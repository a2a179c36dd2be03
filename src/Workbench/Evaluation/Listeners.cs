namespace SpeechEmotion.Evaluation;

/// <summary>Human performance: how CREMA-D's listeners labelled its six emotions from the voice alone (Cao et al., IEEE Transactions on
/// Affective Computing 5, 2014). A clip counts once, under the answer that most of its listeners gave; a tie is split equally.</summary>
/// <param name="Classes">Emotions in the order of rows and columns, named as the label sets name them.</param>
/// <param name="Clips">Number of clips of each emotion.</param>
/// <param name="Shares">(emotion, answer): share of the emotion's clips, 0 to 1; each row sums to 1.</param>
public sealed record Listeners(IReadOnlyList<string> Classes, IReadOnlyList<int> Clips, IReadOnlyList<IReadOnlyList<double>> Shares)
{
    private const string Remedy = "take the corpus's own file";

    private static readonly (string Acted, string Vote, string Class)[] Codes =
    [
        ("ANG", "A", "anger"), ("HAP", "H", "happy"), ("NEU", "N", "neutral"),
        ("SAD", "S", "sad"), ("FEA", "F", "fear"), ("DIS", "D", "disgust"),
    ];

    /// <summary>Mean over emotions of the share of clips labelled correctly, 0 to 1: the counterpart of a model's UAR.</summary>
    public double Uar => Classes.Select((_, i) => Shares[i][i]).Average();

    /// <summary>Share of an emotion's clips that got an answer, 0 to 1; null where the listeners were not asked about one of the
    /// two.</summary>
    /// <param name="truth">The emotion.</param>
    /// <param name="answer">The answer.</param>
    public double? Share(string truth, string answer) =>
        Place(truth) is int row and >= 0 && Place(answer) is int column and >= 0 ? Shares[row][column] : null;

    /// <summary>Reads the votes that the corpus publishes.</summary>
    /// <param name="path">CREMA-D's `summaryTable.csv`: columns FileName (`1001_IEO_NEU_XX`) and VoiceVote (`N`, a tie
    /// as `A:D`) among others.</param>
    /// <exception cref="InputException">The file is missing, lacks these columns, has no clip of an emotion, or names an emotion or a vote
    /// that CREMA-D lacks.</exception>
    public static Listeners ReadVotes(string path)
    {
        CsvRow[] rows = File.Exists(path)
            ? [.. CsvTable.Read(path, Remedy)]
            : throw new InputException($"{path}: no such file; CREMA-D's own summaryTable.csv is meant");
        string[] header = rows.Length == 0 ? [] : [.. rows[0].Values];
        int name = Array.IndexOf(header, "FileName"), vote = Array.IndexOf(header, "VoiceVote");
        if (name < 0 || vote < 0)
        {
            throw new InputException($"{path}: no columns FileName and VoiceVote; CREMA-D's own summaryTable.csv is meant");
        }

        double[][] sums = [.. Codes.Select(_ => new double[Codes.Length])];
        foreach (CsvRow row in rows.Skip(1))
        {
            row.RequireWidth(header.Length);
            int truth = Array.FindIndex(Codes, code => row.Values[name].Split('_') is [_, _, string acted, _] && acted == code.Acted);
            int[] answers = [.. row.Values[vote].Split(':').Select(letter => Array.FindIndex(Codes, code => code.Vote == letter))];
            if (truth < 0 || answers.Contains(-1))
            {
                throw row.Wrong($"'{row.Values[name]}' with the vote '{row.Values[vote]}' is no clip of CREMA-D");
            }

            foreach (int answer in answers)
            {
                sums[truth][answer] += 1.0 / answers.Length;
            }
        }

        int[] clips = [.. sums.Select(row => (int)Math.Round(row.Sum()))];
        return clips.Contains(0)
            ? throw new InputException($"{path}: no clip of {Codes[Array.IndexOf(clips, 0)].Class}; {Remedy}")
            : new(
                [.. Codes.Select(code => code.Class)], clips,
                [.. sums.Select(row => (IReadOnlyList<double>)[.. row.Select(sum => sum / row.Sum())])]);
    }

    /// <summary>Writes the shares as a table: emotion, clips, one column per answer.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => CsvTable.Write(path,
    [
        ["emotion", "clips", .. Classes],
        .. Classes.Select((name, i) => (string[])[name, $"{Clips[i]}", .. Shares[i].Select(CsvTable.Number)]),
    ]);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The shares; null if there is no such file.</returns>
    /// <exception cref="InputException">It is damaged.</exception>
    public static Listeners? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        CsvRow[] rows = [.. CsvTable.Read(path)];
        string[] classes = rows.Length < 2 ? [] : [.. rows[0].Values.Skip(2)];
        foreach (CsvRow row in rows)
        {
            row.RequireWidth(classes.Length + 2);
        }

        return classes.Length > 0 && rows.Skip(1).Select(row => row.Values[0]).SequenceEqual(classes)
            ? new(
                classes, [.. rows.Skip(1).Select(row => row.Int(1))],
                [.. rows.Skip(1).Select(row => (IReadOnlyList<double>)[.. classes.Select((_, i) => row.Double(i + 2))])])
            : throw new InputException(
                $"{path}: rows and columns name different emotions; `ser report DIR --listeners FILE` writes it again");
    }

    /// <summary>Index of an emotion, -1 if unknown. The label set of RAVDESS's eight emotions keeps that corpus's own words for anger and
    /// fear, which are mapped here.</summary>
    private int Place(string name) => Classes.ToList().IndexOf(name switch { "angry" => "anger", "fearful" => "fear", _ => name });
}
