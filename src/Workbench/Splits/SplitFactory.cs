using System.Diagnostics;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Splits;

/// <summary>Makes splits. The same options, utterances and seed give the same split.</summary>
public static class SplitFactory
{
    /// <summary>How many folds a kind of split has.</summary>
    /// <param name="options">The split's options.</param>
    /// <returns>The number of folds; 1 for a saved split. <see cref="SplitOptions.Folds"/> is used for `grouped`, `corpora` and `random`
    /// only.</returns>
    public static int FoldCount(SplitOptions options) => options.Kind switch
    {
        _ when options.File is not null => 1,
        "merged" => PublishedFolds.Merged.Count,
        "ravdess" => PublishedFolds.Ravdess.Count,
        "savee" => PublishedFolds.Savee.Count,
        "grouped" or "corpora" or "random" => options.Folds,
        _ when options.Published => 1,
        _ => throw new UnreachableException(),
    };

    /// <summary>Makes one fold's split.</summary>
    /// <param name="options">Kind, fold (below <see cref="FoldCount"/>) and share of validation.</param>
    /// <param name="utterances">The utterances that the task includes.</param>
    /// <param name="seed">Chooses the validation speakers, and the folds of `grouped` and `random`.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="InputException">The data are not what the kind splits, or a side would be empty.</exception>
    public static Split Create(SplitOptions options, IReadOnlyList<Utterance> utterances, int seed)
    {
        Split split = options.Kind == "random" ? RandomSplit.Create(options, utterances, seed)
            : options.Published ? PublishedTableSplit.Create(options, utterances, seed)
            : BySpeaker(options, utterances, seed);
        SplitCheck.Verify(split, utterances);
        return split;
    }

    private static Split BySpeaker(SplitOptions options, IReadOnlyList<Utterance> utterances, int seed)
    {
        string name = $"{options.Kind}-{options.Fold}";
        Speaker[] speakers = [.. utterances.GroupBy(u => u.Speaker)
            .Select(g => new Speaker(g.Key, g.First().Corpus, g.First().Sex, g.Count()))
            .OrderBy(s => s.Name, StringComparer.Ordinal)];
        HashSet<string> test = options.Kind switch
        {
            "merged" => [.. PublishedFolds.Merged[options.Fold]],
            "ravdess" => [.. PublishedFolds.Ravdess[options.Fold]],
            "savee" => [.. PublishedFolds.Savee[options.Fold]],
            "corpora" => [.. OfCorpus(speakers, options)],
            _ => [.. Deal(speakers, options.Folds, seed)[options.Fold]],
        };
        test.IntersectWith(speakers.Select(s => s.Name));
        if (test.Count == 0)
        {
            throw new InputException(
                $"split {name}: none of its test speakers is among the data ({speakers.Length} speakers); "
                + "choose another split.kind or fold, or add the corpus");
        }

        Speaker[] rest = [.. speakers.Where(s => !test.Contains(s.Name))];
        HashSet<string> validation = options.Validation == 0 ? [] : [.. ValidationSpeakers(options, rest, seed)];
        if ((validation.Count == 0 && options.Validation > 0) || validation.Count == rest.Length)
        {
            throw new InputException(
                $"split {name}: {ReportText.Plural(rest.Length, "speaker")} beside the test side, too few to train on one and validate on "
                + "another; give more speakers, take more folds, or set split.validation: 0, train.select: last and train.patience: 0");
        }

        return new Split(
            name, true, Keys(s => !test.Contains(s) && !validation.Contains(s)), Keys(validation.Contains), Keys(test.Contains));

        string[] Keys(Func<string, bool> side) => [.. utterances.Where(u => side(u.Speaker)).Select(u => u.Key)];
    }

    /// <summary>The validation speakers, on whom the epoch is chosen: a share of each corpus and sex, so that validation resembles the test
    /// side; in `merged` of RAVDESS and SAVEE only. A group gives speakers only where more of them stay in training than leave: TESS's two
    /// both train, and of the three SAVEE speakers that a fold leaves, one validates and two train. With four speakers or fewer in all it
    /// is enough that one stays. Where no group can give any, speakers are drawn whatever their group.</summary>
    private static string[] ValidationSpeakers(SplitOptions options, IReadOnlyList<Speaker> rest, int seed)
    {
        Speaker[] eligible = [.. rest.Where(s => options.Kind != "merged" || s.Corpus is "ravdess" or "savee")];
        List<string> chosen = [];
        foreach (IGrouping<(string, string), Speaker> group in eligible.GroupBy(s => (s.Corpus, s.Sex)).OrderBy(g => g.Key))
        {
            Speaker[] members = Shuffled(group, seed, $"validation {options.Fold} {group.Key}");
            int take = Share(members.Length);
            if (members.Length > 2 * take || (members.Length > take && eligible.Length <= 4))
            {
                chosen.AddRange(members[..take].Select(s => s.Name));
            }
        }

        return chosen.Count > 0 || eligible.Length == 0 || rest.Count < 2
            ? [.. chosen]
            : [.. Shuffled(eligible, seed, $"validation {options.Fold}")[..Share(eligible.Length)].Select(s => s.Name)];

        int Share(int speakers) => (int)Math.Max(1, Math.Round(options.Validation * speakers));
    }

    /// <summary>All speakers of the fold's corpus, in alphabetical order of the corpora.</summary>
    private static IEnumerable<string> OfCorpus(IReadOnlyList<Speaker> speakers, SplitOptions options)
    {
        string[] corpora = [.. speakers.Select(s => s.Corpus).Distinct().Order(StringComparer.Ordinal)];
        return corpora.Length < 2 || corpora.Length != options.Folds
            ? throw new InputException(
                $"split.folds: 'corpora' tests each corpus in turn, and there are {corpora.Length} ({string.Join(", ", corpora)}) "
                + $"for {options.Folds} folds; set as many folds, or name the corpora in data.corpora")
            : speakers.Where(s => s.Corpus == corpora[options.Fold]).Select(s => s.Name);
    }

    /// <summary>Distributes speakers over folds: within a sex, those with the most clips first, each to the fold with the fewest clips of
    /// that sex. A corpus of one or two speakers (TESS) is left out where there are larger ones: its clips would be most of a fold's, and
    /// would say little about any other voice.</summary>
    private static List<string>[] Deal(IReadOnlyList<Speaker> all, int folds, int seed)
    {
        Speaker[] many = [.. all.GroupBy(s => s.Corpus).Where(corpus => corpus.Count() > 2).SelectMany(corpus => corpus)];
        IReadOnlyList<Speaker> speakers = many.Length > 0 ? many : all;
        if (speakers.Count < folds)
        {
            throw new InputException($"split.folds: {folds} folds need as many speakers, and there are {speakers.Count}; take fewer folds");
        }

        List<string>[] dealt = [.. Enumerable.Range(0, folds).Select(_ => new List<string>())];
        int[] clips = new int[folds];
        foreach (IGrouping<string, Speaker> sex in speakers.GroupBy(s => s.Sex).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int[] ofSex = new int[folds];
            foreach (Speaker speaker in Shuffled(sex, seed, "folds").OrderByDescending(s => s.Clips))
            {
                int fold = Enumerable.Range(0, folds).MinBy(f => (ofSex[f], clips[f], f));
                dealt[fold].Add(speaker.Name);
                ofSex[fold] += speaker.Clips;
                clips[fold] += speaker.Clips;
            }
        }

        return dealt;
    }

    private static Speaker[] Shuffled(IEnumerable<Speaker> speakers, int seed, string purpose)
    {
        Speaker[] all = [.. speakers];
        new Random(Seeds.Of(seed, purpose)).Shuffle(all);
        return all;
    }

    private sealed record Speaker(string Name, string Corpus, string Sex, int Clips);
}
