namespace SpeechEmotion.Corpora;

/// <summary>Faults of the corpora as they are published, which a new download does not fix.</summary>
public static class PublishedFaults
{
    /// <summary>Clips of CREMA-D that are byte-for-byte identical to another clip of the same actor with another label (by the checksums of
    /// its repository). It is unknown which label is right, so where both clips of a pair are present, both are left out.</summary>
    public static IReadOnlySet<string> TwoLabels { get; } = new HashSet<string>
    {
        "cremad/1006_TIE_HAP_XX", "cremad/1006_TIE_NEU_XX",
        "cremad/1013_WSI_DIS_XX", "cremad/1013_WSI_SAD_XX",
        "cremad/1017_IWW_ANG_XX", "cremad/1017_IWW_FEA_XX",
    };
}
