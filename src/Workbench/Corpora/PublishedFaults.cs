namespace SpeechEmotion.Corpora;

/// <summary>Faults of the corpora as they are published, which no new download mends.</summary>
public static class PublishedFaults
{
    /// <summary>Clips of CREMA-D that are byte for byte another clip of the same actor under another label (by the checksums of its
    /// repository). Which of the labels is right cannot be told, so where both of a pair are there, both are left out.</summary>
    public static IReadOnlySet<string> TwoLabels { get; } = new HashSet<string>
    {
        "cremad/1006_TIE_HAP_XX", "cremad/1006_TIE_NEU_XX",
        "cremad/1013_WSI_DIS_XX", "cremad/1013_WSI_SAD_XX",
        "cremad/1017_IWW_ANG_XX", "cremad/1017_IWW_FEA_XX",
    };
}
