namespace SpeechEmotion.Splits;

/// <summary>The test speakers of each fold of the published protocols.</summary>
public static class PublishedFolds
{
    /// <summary>RAVDESS's six folds: EmoBox (Ma et al., Interspeech 2024).</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Ravdess { get; } = Speakers(
        "ravdess",
        ["01", "11", "20", "21"],
        ["04", "10", "12", "14"],
        ["08", "09", "19", "23"],
        ["03", "05", "07", "24"],
        ["02", "15", "16", "18"],
        ["06", "13", "17", "22"]);

    /// <summary>SAVEE: each speaker in turn.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Savee { get; } = Speakers("savee", ["JE"], ["KL"], ["DC"], ["JK"]);

    /// <summary>RAVDESS's folds with SAVEE's speakers on the test side of the first four.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Merged { get; } =
        [.. Ravdess.Select((fold, i) => (IReadOnlyList<string>)(i < Savee.Count ? [.. fold, .. Savee[i]] : fold))];

    private static IReadOnlyList<IReadOnlyList<string>> Speakers(string corpus, params string[][] folds) =>
        [.. folds.Select(fold => (IReadOnlyList<string>)[.. fold.Select(speaker => $"{corpus}/{speaker}")])];
}
