namespace SpeechEmotion.Features;

/// <summary>A pitch candidate of a frame.</summary>
/// <param name="Hertz">Frequency in Hz; 0 for the unvoiced candidate.</param>
/// <param name="Strength">Normalised autocorrelation at its period; of the unvoiced candidate, <see cref="PitchPath.Silence"/>.</param>
internal readonly record struct PitchCandidate(double Hertz, double Strength)
{
    /// <summary>Octaves above 1 Hz; 0 for the unvoiced candidate.</summary>
    public double Octaves { get; } = Hertz > 0 ? Math.Log2(Hertz) : 0;
}

/// <summary>Finds the cheapest path through the candidates of all frames (Viterbi), with the costs of Praat's `To Pitch (ac)`.</summary>
internal static class PitchPath
{
    /// <summary>A frame whose best peak is lower counts as unvoiced, before the costs of the path.</summary>
    public const double VoicingThreshold = 0.45;

    /// <summary>Voiced candidates kept per frame, besides the unvoiced one.</summary>
    public const int MostCandidates = 8;

    private const double SilenceThreshold = 0.03;
    private const double OctaveCost = 0.01;
    private const double OctaveJumpCost = 0.35;
    private const double VoicingCost = 0.14;
    private static readonly double Highest = Math.Log2(PitchTracker.Ceiling);
    private const double CostStep = 0.01; // seconds between frames for which the costs are defined

    /// <summary>Strength of a frame's unvoiced candidate (Boersma, equation 23).</summary>
    /// <param name="loudness">The frame's peak amplitude as a share of the clip's.</param>
    public static double Silence(double loudness) =>
        VoicingThreshold + Math.Max(0, 2 - loudness / (SilenceThreshold / (1 + VoicingThreshold)));

    /// <summary>A candidate's strength less its octave cost (equation 24): of equal peaks the higher pitch wins, since multiples of a
    /// period are periods too.</summary>
    public static double Worth(PitchCandidate candidate) => candidate.Hertz == 0
        ? candidate.Strength
        : candidate.Strength - OctaveCost * (Highest - candidate.Octaves);

    /// <summary>Chooses one candidate per frame.</summary>
    /// <param name="frames">Candidates of each frame, at least one per frame; at least one frame.</param>
    /// <param name="step">Seconds between frames.</param>
    /// <returns>Pitch of each frame in Hz; 0 where unvoiced.</returns>
    public static double[] Cheapest(IReadOnlyList<PitchCandidate[]> frames, double step)
    {
        double scale = CostStep / step;
        int[][] from = new int[frames.Count][];
        double[] best = [.. frames[0].Select(Worth)];
        for (int t = 1; t < frames.Count; t++)
        {
            PitchCandidate[] before = frames[t - 1], now = frames[t];
            double[] next = new double[now.Length];
            from[t] = new int[now.Length];
            for (int j = 0; j < now.Length; j++)
            {
                next[j] = double.NegativeInfinity;
                for (int i = 0; i < before.Length; i++)
                {
                    double reached = best[i] - scale * Jump(before[i], now[j]);
                    if (reached > next[j])
                    {
                        (next[j], from[t][j]) = (reached, i);
                    }
                }

                next[j] += Worth(now[j]);
            }

            best = next;
        }

        double[] path = new double[frames.Count];
        int at = Array.IndexOf(best, best.Max());
        for (int t = frames.Count - 1; t >= 0; t--)
        {
            path[t] = frames[t][at].Hertz;
            at = t > 0 ? from[t][at] : 0;
        }

        return path;
    }

    /// <summary>Cost of a transition between two frames' candidates (equation 27).</summary>
    private static double Jump(PitchCandidate a, PitchCandidate b) =>
        a.Hertz > 0 != b.Hertz > 0 ? VoicingCost : OctaveJumpCost * Math.Abs(a.Octaves - b.Octaves);
}
