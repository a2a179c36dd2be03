namespace SpeechEmotion.Evaluation;

/// <summary>Permutation test of a sum of differences, one per speaker, whose signs are exchangeable where the two systems are (Good 2005,
/// Permutation, Parametric and Bootstrap Tests, chapter 3).</summary>
internal static class SignFlipTest
{
    /// <summary>Up to this many speakers the test is exact. It counts all 2^S assignments of signs by halves: each sum of one half of the
    /// speakers is met by so many of the other half, found in sorted order (Horowitz and Sahni, 1974). For 36 that is 262,144 sums a
    /// half.</summary>
    public const int ExactSpeakers = 36;

    /// <summary>Random assignments where the test is not exact.</summary>
    public const int Permutations = 10_000;

    /// <summary>Sums of the same terms in another order differ by about 1e-16 per term; real differences exceed 1e-9 up to 10^7 clips per
    /// class.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>The smallest p-value that the test can give.</summary>
    /// <param name="speakers">Number of speakers compared.</param>
    public static double LeastP(int speakers) => speakers > ExactSpeakers ? 1.0 / (Permutations + 1) : Math.Pow(2, 1 - speakers);

    /// <summary>The share of assignments whose sum is at least as far from 0 as the observed one.</summary>
    /// <param name="shares">The difference of each speaker.</param>
    /// <param name="permutations">Random assignments where there are more than <see cref="ExactSpeakers"/>.</param>
    /// <param name="seed">Seed of these.</param>
    /// <returns>The two-sided p-value, above 0 and at most 1.</returns>
    public static double P(double[] shares, int permutations, int seed)
    {
        double observed = Math.Abs(shares.Sum()) - Tolerance;
        return observed <= 0 ? 1
            : shares.Length <= ExactSpeakers ? Exact(shares, observed)
            : Drawn(shares, observed, permutations, new Random(seed));
    }

    private static double Exact(double[] shares, double observed)
    {
        double[] left = Sums(shares.AsSpan(0, shares.Length / 2)), right = Sums(shares.AsSpan(shares.Length / 2));
        int atLeast = left.Length, atMost = left.Length;
        long reached = 0;
        foreach (double sum in right)
        {
            // The sums of the right half rise, so both bounds on those of the left half fall.
            while (atLeast > 0 && left[atLeast - 1] >= observed - sum)
            {
                atLeast--;
            }

            while (atMost > 0 && left[atMost - 1] > -observed - sum)
            {
                atMost--;
            }

            reached += left.Length - atLeast + atMost;
        }

        return reached / Math.Pow(2, shares.Length);
    }

    /// <summary>The sums under all assignments of signs, in rising order.</summary>
    private static double[] Sums(ReadOnlySpan<double> shares)
    {
        double[] sums = new double[1 << shares.Length];
        for (int s = 0, known = 1; s < shares.Length; s++, known *= 2)
        {
            for (int i = 0; i < known; i++)
            {
                sums[known + i] = sums[i] - shares[s];
                sums[i] += shares[s];
            }
        }

        Array.Sort(sums);
        return sums;
    }

    private static double Drawn(double[] shares, double observed, int permutations, Random random)
    {
        int extreme = Enumerable.Range(0, permutations)
            .Count(_ => Math.Abs(shares.Sum(share => random.Next(2) == 0 ? share : -share)) >= observed);

        // The observed assignment counts as one of the draws, so that p is never 0 (Phipson and Smyth 2010).
        return (extreme + 1.0) / (permutations + 1);
    }
}
