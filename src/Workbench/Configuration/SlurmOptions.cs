using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Configuration;

/// <summary>What `ser compare --launcher slurm` requests from a cluster for each run of a study. Most keys are sbatch's own
/// options.</summary>
public sealed record SlurmOptions
{
    /// <summary>Partition, or several separated by commas; null takes the cluster's default.</summary>
    [RegularExpression(@"[^\s,]+(,[^\s,]+)*", ErrorMessage = "the name of a partition, or names with commas between (`sinfo` lists them)")]
    public string? Partition { get; init; }

    /// <summary>Account that is charged; null takes the user's default.</summary>
    [RegularExpression(@"\S+", ErrorMessage = "the name of an account")]
    public string? Account { get; init; }

    /// <summary>Quality of service; null takes the default.</summary>
    [RegularExpression(@"\S+", ErrorMessage = "the name of a quality of service")]
    public string? Qos { get; init; }

    /// <summary>Time limit of one run; null takes the partition's default. A run that needs longer resumes from its checkpoint when it is
    /// submitted again.</summary>
    [RegularExpression(
        @"\d+(:\d{1,2}){0,2}|\d+-\d{1,2}(:\d{1,2}){0,2}", ErrorMessage = "a time such as 90 (minutes), 01:30:00 or 1-12 (days and hours)")]
    public string? Time { get; init; }

    /// <summary>Memory of one run; null takes the partition's default.</summary>
    [RegularExpression("[0-9]+[KMGT]?", ErrorMessage = "an amount of memory such as 4G or 800M")]
    public string? Mem { get; init; }

    /// <summary>Cores of one run, which is also its number of torch threads.</summary>
    [Range(1, 256)]
    public int CpusPerTask { get; init; } = 1;

    /// <summary>Generic resources of one run, such as `gpu:1` or `gpu:a100:1`; null asks for none.</summary>
    [RegularExpression("[A-Za-z0-9_.:,=/-]+", ErrorMessage = "a resource such as gpu:1 or gpu:a100:1")]
    public string? Gres { get; init; }

    /// <summary>Maximum number of runs at a time (the `%N` of a job array, which holds up to 1,000 runs); 0 leaves it to the
    /// scheduler.</summary>
    [Range(0, int.MaxValue)]
    public int AtMost { get; init; }

    /// <summary>Further options of sbatch, such as `--constraint=avx2`.</summary>
    [RegularExpression(@"--?[A-Za-z][^\r\n]*", ErrorMessage = "an option of sbatch, such as --constraint=avx2")]
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Shell lines to run before the work, such as `module load cuda`.</summary>
    [RegularExpression(@"[^\r\n]*", ErrorMessage = "one line of shell")]
    public IReadOnlyList<string> Setup { get; init; } = [];
}
