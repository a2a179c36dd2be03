namespace SpeechEmotion.Corpora;

/// <summary>Finds labels that can be predicted from something other than speech: a value of a clip's first or last sample, its length or
/// its rate that goes with one label across speakers. A model would learn that and score well without having heard an emotion.</summary>
internal static class LabelTells
{
    /// <summary>Least number of clips that must share a value: the chance that twenty clips all have a label that half of the
    /// corpus has is one in a million.</summary>
    private const int LeastClips = 20;

    /// <summary>Least share of those clips that must have the same label.</summary>
    private const double Pure = 0.95;

    /// <summary>A label with a larger share of the corpus than this is no evidence.</summary>
    private const double Common = 0.5;

    private static readonly (string Name, Func<SoundFacts, double> Of)[] Traits =
    [
        ("first sample", f => f.Ends.First),
        ("last sample", f => f.Ends.Last),
        ("number of samples", f => f.Samples),
        ("sample rate", f => f.SampleRate),
    ];

    /// <summary>A warning for each corpus and trait that reveals labels.</summary>
    /// <param name="clips">Usable clips and the facts of their files.</param>
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
