namespace SpeechEmotion.Evaluation;

/// <summary>The content of a predictions.csv.</summary>
/// <param name="Classes">Class names in the order of every row's probabilities.</param>
/// <param name="Rows">One row per utterance, in the file's order.</param>
public sealed record PredictionTable(IReadOnlyList<string> Classes, IReadOnlyList<Prediction> Rows);

/// <summary>predictions.csv, from which every metric, table and plot is computed: `key,corpus,speaker,sex,truth,predicted,p_CLASS,…`, with
/// truth and predicted as class names. A file whose name ends in `.gz` is compressed with gzip.</summary>
public static class PredictionsFile
{
    private const string Prefix = "p_";

    /// <summary>Largest allowed deviation of a row's sum of probabilities from 1. A float32 softmax over tens of classes stays within 1e-6;
    /// a row with digits cut off does not.</summary>
    private const double SumTolerance = 1e-4;

    private static readonly string[] Fixed = ["key", "corpus", "speaker", "sex", "truth", "predicted"];

    /// <summary>Writes the table; probabilities have enough digits to read back as the same double.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="classes">Class names in the order of the probabilities.</param>
    /// <param name="rows">Predictions over these classes.</param>
    /// <exception cref="InputException">A row's number of probabilities differs from the number of classes, its true class is outside the
    /// list, or a name contains a line break.</exception>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, IReadOnlyList<string> classes, IReadOnlyList<Prediction> rows)
    {
        foreach (Prediction row in rows)
        {
            if (row.Probabilities.Count != classes.Count || row.Truth < 0 || row.Truth >= classes.Count)
            {
                throw new InputException(
                    $"{path}: '{row.Key}' has {row.Probabilities.Count} probabilities and true class {row.Truth}, but there are "
                    + $"{classes.Count} classes; give the classes that the model was trained on");
            }
        }

        IEnumerable<string> header = [.. Fixed, .. classes.Select(name => Prefix + name)];
        CsvTable.Write(path, rows.Select(row => (IEnumerable<string>)
        [
            row.Key, row.Corpus, row.Speaker, row.Sex, classes[row.Truth], classes[row.Predicted],
            .. row.Probabilities.Select(CsvTable.Number),
        ]).Prepend(header));
    }

    /// <summary>Reads and checks a table.</summary>
    /// <param name="path">A predictions.csv, which published results keep as predictions.csv.gz.</param>
    /// <returns>Its classes and rows.</returns>
    /// <exception cref="InputException">The file is missing, or a line is damaged: wrong number of values, unknown class, a probability
    /// outside 0 to 1, a sum that is not 1, a predicted class that is not the most probable one, or a repeated key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PredictionTable Read(string path)
    {
        List<string> classes = [];
        List<Prediction> rows = [];
        HashSet<string> keys = [];
        foreach (CsvRow row in CsvTable.Read(CsvTable.Stored(path) ?? path))
        {
            if (classes.Count == 0)
            {
                classes = ReadHeader(row);
                continue;
            }

            Prediction prediction = ReadRow(row, classes);
            rows.Add(keys.Add(prediction.Key) ? prediction : throw row.Wrong($"'{prediction.Key}' came before"));
        }

        return classes.Count > 0 ? new PredictionTable(classes, rows) : throw new InputException($"{path} is empty; rerun what wrote it");
    }

    private static List<string> ReadHeader(CsvRow row)
    {
        List<string> columns = [.. row.Values.Skip(Fixed.Length)];
        bool right = row.Values.Take(Fixed.Length).SequenceEqual(Fixed) && columns.Count > 0
            && columns.All(name => name.StartsWith(Prefix, StringComparison.Ordinal)) && columns.Distinct().Count() == columns.Count;
        return right
            ? columns.ConvertAll(name => name[Prefix.Length..])
            : throw new InputException(
                $"{row.Path}, line {row.Line}: not the header of a predictions file; it reads {string.Join(',', Fixed)},p_CLASS,…");
    }

    private static Prediction ReadRow(CsvRow row, List<string> classes)
    {
        row.RequireWidth(Fixed.Length + classes.Count);
        double[] probabilities = [.. classes.Select((_, i) => row.Double(Fixed.Length + i))];
        if (probabilities.Any(p => !(p >= 0 && p <= 1 + SumTolerance)) || Math.Abs(probabilities.Sum() - 1) > SumTolerance)
        {
            throw row.Wrong("the probabilities are not within 0 and 1 with a sum of 1");
        }

        Prediction prediction = new(row.Values[0], row.Values[1], row.Values[2], row.Values[3], ClassOf(4), probabilities);
        return ClassOf(5) == prediction.Predicted
            ? prediction
            : throw row.Wrong($"predicted is '{row.Values[5]}' but '{classes[prediction.Predicted]}' is the most probable class");

        int ClassOf(int column) => classes.IndexOf(row.Values[column]) is int index and >= 0
            ? index
            : throw row.Wrong($"'{row.Values[column]}' is none of the classes {string.Join(", ", classes)}");
    }
}
