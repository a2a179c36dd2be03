namespace SpeechEmotion.Training;

/// <summary>A model's answer for one clip.</summary>
/// <param name="Emotion">The most probable class.</param>
/// <param name="Sure">False if the probability of <paramref name="Emotion"/> is below the card's threshold: then the honest answer is 'not
/// sure'.</param>
/// <param name="Probabilities">Calibrated probabilities, one per class in the card's order, summing to 1.</param>
public sealed record EmotionAnswer(string Emotion, bool Sure, IReadOnlyList<double> Probabilities)
{
    /// <summary>Makes the answer from a classifier's probabilities.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="probabilities">What <see cref="EmotionClassifier"/> gave for the clip.</param>
    public static EmotionAnswer Of(ModelCard card, double[] probabilities)
    {
        double top = probabilities.Max();
        return new EmotionAnswer(card.Classes[Array.IndexOf(probabilities, top)], top >= card.Threshold, probabilities);
    }
}
