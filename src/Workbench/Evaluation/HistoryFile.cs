namespace SpeechEmotion.Evaluation;

/// <summary>history.csv: one row per epoch.</summary>
public static class HistoryFile
{
    private static readonly string[] Header = ["epoch", "train_loss", "validation_loss", "validation_uar", "learning_rate", "seconds"];

    /// <summary>Writes the rows. Doubles are written so that they read back exactly; `NaN` stands for a missing value.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="rows">Epochs in order.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the old file stays.</exception>
    public static void Write(string path, IReadOnlyList<EpochRow> rows) =>
        CsvTable.Write(path, rows.Select(row => (IEnumerable<string>)
        [
            $"{row.Epoch}",
            .. new[] { row.TrainLoss, row.ValidationLoss, row.ValidationUar, row.LearningRate, row.Seconds }.Select(CsvTable.Number),
        ]).Prepend(Header));

    /// <summary>Reads the rows.</summary>
    /// <param name="path">A history.csv.</param>
    /// <returns>Epochs in the file's order.</returns>
    /// <exception cref="InputException">The file is missing, or a line is damaged; the message has its number.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<EpochRow> Read(string path)
    {
        List<EpochRow> rows = [];
        bool headed = false;
        foreach (CsvRow row in CsvTable.Read(path))
        {
            row.RequireWidth(Header.Length);
            if (headed)
            {
                rows.Add(new EpochRow(row.Int(0), row.Double(1), row.Double(2), row.Double(3), row.Double(4), row.Double(5)));
            }
            else if (!(headed = row.Values.SequenceEqual(Header)))
            {
                throw row.Wrong($"the header is not {string.Join(',', Header)}");
            }
        }

        return headed ? rows : throw new InputException($"{path} is empty; rerun what wrote it");
    }
}
