namespace SpeechEmotion.Corpora;

/// <summary>Finds labels that can be told from what is no speech: a value of a clip's first or last sample, of its length or of its rate
/// that stands for one label across speakers. A model would learn that and score well without having heard an emotion.</summary>
internal static class LabelTells
{
    /// <summary>Clips that must share a value: a label that half of a corpus has meets twenty times by chance once in a million.</summary>
    private const int LeastClips = 20;

    /// <summary>Share of them that must have the one label.</summary>
    private const double Pure = 0.95;

    /// <summary>A label more common than this says nothing.</summary>
    private const double Common = 0.5;

    private static readonly (string Name, Func<SoundFacts, double> Of)[] Traits =
    [
        ("first sample", f => f.Ends.First),
        ("last sample", f => f.Ends.Last),
        ("number of samples", f => f.Samples),
        ("sample rate", f => f.SampleRate),
    ];

    /// <summary>A warning for each corpus and trait that tells labels.</summary>
    /// <param name="clips">Usable clips and what their files are.</param>
    public static IEnumerable<Finding> Find(IEnumerable<(Utterance Row, SoundFacts Facts)> clips)
    {
        foreach (IGrouping<string, (Utterance Row, SoundFacts Facts)> corpus in clips.GroupBy(c => c.Row.Corpus))
        {
            int all = corpus.Count();
            Dictionary<string, double> shares = corpus.GroupBy(c => c.Row.Label).ToDictionary(g => g.Key, g => (double)g.Count() / all);
            foreach ((string name, Func<SoundFacts, double> of) in Traits)
            {
                (double Value, string Label, int Clips)[] tells =
                [
                    .. from value in corpus.GroupBy(c => of(c.Facts))
                       where value.Count() >= LeastClips && value.Select(c => c.Row.Speaker).Distinct().Count() > 1
                       let label = value.GroupBy(c => c.Row.Label).MaxBy(g => g.Count())!
                       where label.Count() >= Pure * value.Count() && shares[label.Key] <= Common
                       select (value.Key, label.Key, value.Count()),
                ];
                if (tells.Length > 0)
                {
                    yield return new Finding(
                        Severity.Warning,
                        corpus.Key,
                        $"the {name} tells the label of {tells.Sum(t => t.Clips):N0} of {all:N0} clips, "
                        + $"such as {tells[0].Value:R} for '{tells[0].Label}' over several speakers: "
                        + "a model can learn that in place of the emotion, "
                        + "so no figure of this corpus can be believed before it is mended");
                }
            }
        }
    }
}
