using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests;

/// <summary>Scikit-learn's rule (1.2.1, BaseMultilayerPerceptron._update_no_improvement_count): an epoch counts if its loss is above the
/// best loss minus tol.</summary>
public class PlateauTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0, 1.0)]
    [InlineData(0, 1.0, 0.9, 0.8)]
    [InlineData(1, 1.0, 0.99995)] // falls, but by less than 1e-4
    [InlineData(2, 1.0, 0.99995, 0.9999)] // each against the best before it
    [InlineData(0, 1.0, 0.99995, 0.9)]
    [InlineData(2, 1.0, 0.5, 0.6, 0.5)]
    public void Epochs_without_a_fall_are_counted(int length, params double[] losses) =>
        Assert.Equal(length, Plateau.Length([.. losses.Select((loss, i) => new EpochRow(i + 1, loss, double.NaN, double.NaN, 1e-3, 1))]));
}
