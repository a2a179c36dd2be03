namespace SpeechEmotion.Evaluation;

/// <summary>A run's prediction for one utterance: a row of predictions.csv.</summary>
/// <param name="Key">Utterance key.</param>
/// <param name="Corpus">Corpus name.</param>
/// <param name="Speaker">Speaker, unique across corpora.</param>
/// <param name="Sex">`female` or `male`; where a table describes the corpus, `unknown` or what it says.</param>
/// <param name="Truth">Index of the true class.</param>
/// <param name="Probabilities">Softmax probabilities, one per class, in the label set's order.</param>
public sealed record Prediction(string Key, string Corpus, string Speaker, string Sex, int Truth, IReadOnlyList<double> Probabilities)
{
    /// <summary>True for a row of a feature table. Its speaker is unknown, so each such row counts as a speaker of its own.</summary>
    public bool OfTable => Corpus == Corpora.TableRows.CorpusName;

    /// <summary>Index of the most probable class; the first one in a tie.</summary>
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
