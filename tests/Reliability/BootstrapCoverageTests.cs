using SpeechEmotion.Evaluation;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

/// <summary>How often a nominal 95 % interval contains the true value, by simulation.</summary>
public class BootstrapCoverageTests
{
    /// <summary>True UAR of the simulated speakers: their mean recall of the four classes.</summary>
    private const double Truth = 0.6;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(28)]
    [InlineData(91)]
    public void Interval_of_the_UAR_and_of_a_difference(int speakers)
    {
        Assert.SkipUnless(Heavy.Has("SER_STUDIES"), "measured by tests/Reliability/heavy coverage");
        int studies = Heavy.Number("SER_STUDIES", 1000), covered = 0, apart = 0, significant = 0;
        Random random = new(Heavy.Number("SER_SEED", 1));
        for (int study = 0; study < studies; study++)
        {
            Prediction[] rows = Rows.Study(random, speakers, 8), other = Rows.Study(random, speakers, 8);
            Interval interval = Bootstrap.UarInterval(rows, 4, resamples: 1000, seed: study)!;
            covered += interval.Low <= Truth && Truth <= interval.High ? 1 : 0;
            Comparison same = PairedComparison.Compare(rows, other, 4, resamples: 400, permutations: 400, seed: study);
            apart += same.Interval!.Low > 0 || same.Interval.High < 0 ? 1 : 0;
            significant += same.PValue <= 0.05 ? 1 : 0;
        }

        double share = 100.0 * covered / studies;
        Heavy.Say(
            $"coverage, {speakers} speakers of 32 clips, {studies} studies: a nominal 95 % interval holds the true UAR in {share:f1} %; "
            + $"of two equal systems the interval of the difference leaves out 0 in {100.0 * apart / studies:f1} %, "
            + $"p at or below 0.05 in {100.0 * significant / studies:f1} %");
        if (speakers >= 10)
        {
            Assert.InRange(share, 93, 97);
        }
    }
}
