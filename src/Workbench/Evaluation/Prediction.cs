namespace SpeechEmotion.Evaluation;

/// <summary>What one run said of one test utterance: a row of predictions.csv.</summary>
/// <param name="Key">Utterance key.</param>
/// <param name="Corpus">Corpus name.</param>
/// <param name="Speaker">Speaker, unique over corpora.</param>
/// <param name="Sex">`female` or `male`.</param>
/// <param name="Truth">Index of the true class.</param>
/// <param name="Probabilities">Softmax probabilities, one a class, in the label set's order.</param>
public sealed record Prediction(string Key, string Corpus, string Speaker, string Sex, int Truth, IReadOnlyList<double> Probabilities)
{
    /// <summary>A row of a feature table, of which nobody knows the speaker: each counts as one.</summary>
    public bool OfTable => Corpus == Corpora.TableRows.CorpusName;

    /// <summary>Index of the most probable class; the first of equals.</summary>
    public int Predicted
    {
        get
        {
            int best = 0;
            for (int i = 1; i < Probabilities.Count; i++)
            {
                if (Probabilities[i] > Probabilities[best])
                {
                    best = i;
                }
            }

            return best;
        }
    }
}
