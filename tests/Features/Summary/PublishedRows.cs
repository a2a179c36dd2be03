using System.IO.Compression;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests;

/// <summary>The published feature table and sound at its original sample rate, if they lie beside the repository; neither is part of
/// it.</summary>
internal sealed class PublishedRows
{
    private readonly double[][] _rows;

    private PublishedRows(double[][] rows) => _rows = rows;

    private static string Shared => Path.Combine(MiniatureCorpus.Repository, "..", "shared");

    /// <summary>Reads the table, or skips the test.</summary>
    public static PublishedRows OrSkip()
    {
        string folder = Path.Combine(Shared, "seed-features");
        Assert.SkipUnless(Directory.Exists(folder), "the published table is not here: ../shared/seed-features");
        return new PublishedRows([.. Directory.GetFiles(folder, "f_*.csv.gz").SelectMany(file =>
        {
            using StreamReader text = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(',').Select(double.Parse).ToArray()).ToArray();
        })]);
    }

    /// <summary>Clips of a corpus at their original sample rate; skips the test if they are missing.</summary>
    public static string[] ClipsOrSkip(string corpus)
    {
        string folder = Path.Combine(Shared, "native", corpus);
        Assert.SkipUnless(Directory.Exists(folder), $"the clips are not here: ../shared/native/{corpus}");
        Assert.SkipUnless(SndFile.Installed, "libsndfile1 is not installed, which reads the clips");
        return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
    }

    /// <summary>The row with the nearest cepstrum, and the distance relative to the norm of the row's cepstrum.</summary>
    public (double[] Row, double Distance) Nearest(float[] features)
    {
        int count = SummaryGroup.All[0].Count;
        double[] row = _rows.MinBy(r => Distance(r, features, 0, count))!;
        return (row, Distance(row, features, 0, count));
    }

    /// <summary>Euclidean distance of a group's values to the row's, relative to the norm of the row's values.</summary>
    public static double Distance(double[] row, float[] features, int start, int count)
    {
        double apart = 0, length = 0;
        for (int i = start; i < start + count; i++)
        {
            apart += Math.Pow(features[i] - row[i], 2);
            length += row[i] * row[i];
        }

        return Math.Sqrt(apart / length);
    }

    /// <summary>The largest relative error of a group's values. The table prints nine decimals, or three digits of values below 1e-4; the
    /// rounding of the last digit is not counted as an error.</summary>
    public static double Worst(double[] row, float[] features, SummaryGroup group) => Enumerable.Range(group.Start, group.Count).Max(i =>
    {
        double size = Math.Abs(row[i]);
        double open = size is > 0 and < 1e-4 ? 0.5 * Math.Pow(10, Math.Floor(Math.Log10(size)) - 2) : 5e-10;
        return Math.Max(0, Math.Abs(features[i] - row[i]) - 1.001 * open) / Math.Max(size, open); // 1.001: ours is rounded too
    });
}
