namespace SpeechEmotion.Training;

/// <summary>What a model says of one clip.</summary>
/// <param name="Emotion">The most probable class.</param>
/// <param name="Sure">False where its probability is below the card's threshold: then the honest answer is 'not sure'.</param>
/// <param name="Probabilities">Calibrated, one a class in the card's order, summing to 1.</param>
public sealed record EmotionAnswer(string Emotion, bool Sure, IReadOnlyList<double> Probabilities)
{
    /// <summary>Reads the answer off a classifier's probabilities.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="probabilities">What <see cref="EmotionClassifier.Classify"/> gave for the clip.</param>
    public static EmotionAnswer Of(ModelCard card, double[] probabilities)
    {
        double top = probabilities.Max();
        return new EmotionAnswer(card.Classes[Array.IndexOf(probabilities, top)], top >= card.Threshold, probabilities);
    }
}
