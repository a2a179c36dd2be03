using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests;

public class CalibrationTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void The_temperature_that_spoilt_the_probabilities_is_found(double temperature)
    {
        // Classes are drawn from true probabilities, which are then sharpened or flattened.
        Random random = new(1);
        Prediction[] rows = [.. Enumerable.Range(0, 20000).Select(i =>
        {
            double[] truth = Calibration.Scale([random.NextDouble() + 0.01, random.NextDouble() + 0.01, random.NextDouble() + 0.01], 0.4);
            double draw = random.NextDouble();
            int label = draw < truth[0] ? 0 : draw < truth[0] + truth[1] ? 1 : 2;
            return new Prediction($"{i}", "c", "s", "female", label, Calibration.Scale(truth, 1 / temperature));
        })];

        double found = Calibration.Temperature(rows);

        // With 20,000 draws, the fitted temperature has a random error of about 2 %.
        Assert.InRange(found / temperature, 0.95, 1.05);
        Prediction[] mended = [.. rows.Select(r => r with { Probabilities = Calibration.Scale(r.Probabilities, found) })];
        Assert.InRange(Calibration.Error(mended), 0, 0.015);
        if (temperature != 1)
        {
            Assert.True(Calibration.Error(rows) > 3 * Calibration.Error(mended));
        }
    }

    /// <summary>A temperature of 2 halves the logits 0 and ln 3: odds of 1 to √3.</summary>
    [Fact]
    public void A_temperature_above_one_makes_answers_less_sure()
    {
        double[] expected = [1 / (1 + Math.Sqrt(3)), Math.Sqrt(3) / (1 + Math.Sqrt(3))];
        Assert.Equal(expected, Calibration.Scale([0.25, 0.75], 2), (a, b) => Math.Abs(a - b) < 1e-12);
        // 1e-7: a logit in single precision.
        Assert.Equal(expected, Training.Predictor.Softmax([0, MathF.Log(3)], 2), (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Fact]
    public void The_error_is_the_gap_between_confidence_and_right_answers()
    {
        Prediction[] rows = [.. Enumerable.Range(0, 4).Select(i => new Prediction($"{i}", "c", "s", "male", i == 0 ? 0 : 1, [0.85, 0.15]))];
        Assert.Equal(0.85 - 0.25, Calibration.Error(rows), 1e-12);
    }
}
