using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Tests;

/// <summary>A group of the summary features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Index of its first value in the vector.</param>
/// <param name="Count">Number of its values.</param>
internal sealed record SummaryGroup(string Name, int Start, int Count)
{
    /// <summary>The groups in the order of the vector.</summary>
    public static IReadOnlyList<SummaryGroup> All { get; } =
    [
        new("mfcc", 0, Cepstrum.Count),
        new("chroma", Cepstrum.Count, PitchClasses.Count),
        new("mel", SummaryFeatures.MelStart, SlaneyMel.Bands),
        new("contrast", SummaryFeatures.MelStart + SlaneyMel.Bands, SpectralContrast.Bands),
        new("tonnetz", SummaryFeatures.Count - Tonnetz.Count, Tonnetz.Count),
    ];
}
