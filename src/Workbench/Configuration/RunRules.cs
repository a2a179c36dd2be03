using SpeechEmotion.Architectures;
using SpeechEmotion.Features;
using SpeechEmotion.Labels;
using SpeechEmotion.Splits;

namespace SpeechEmotion.Configuration;

/// <summary>What must hold between the keys of a run config.</summary>
internal static class RunRules
{
    /// <summary>Adds an error for each broken rule. It names the rule's first key, at the place of the first of its keys that the config
    /// gives. Rules about keys that already have an error are skipped.</summary>
    public static void Check(RunConfig run, MapNode map, ConfigErrors errors)
    {
        FeatureOptions f = run.Features;
        foreach ((string reason, string[] keys) in FeatureRules.Broken(f))
        {
            Rule(false, reason, keys);
        }

        Rule(f.Kind == "logmel" || run.Augment.Warp == 0,
            $"{run.Augment.Warp} warps mel bands, and these are {f.Kind} features; 0 is off",
            "augment.warp", "features.kind");

        bool closed = ModelCatalog.IsClosedForm(run.Model.Name);

        // May have further outputs in training.
        bool widens = run.Data.Table is null && !closed && run.Model.Name != "hierarchical_mlp";
        AugmentOptions a = run.Augment;
        Rule(run.Data.Table is null || f.Kind is "summary" or "summary_mel" or "summary_log",
            $"a feature table (data.table) holds no '{f.Kind}'; take summary, summary_mel or summary_log",
            "features.kind", "data.table");
        Rule(f.Kind is not ("summary_mel" or "summary_log") || run.Data.Table is not null,
            $"'{f.Kind}' is read from a feature table; give its folder with data.table",
            "features.kind", "data.table");
        Rule(run.Data.Table is null || a.Copies == 0, "a feature table has no sound to alter; set 0", "augment.copies", "data.table");
        Rule(f.Banded || (a.GainDb == 0 && a.FrequencyMask == 0 && a.TimeMask == 0 && a.Tempo == 0),
            $"'{f.Kind}' features have no gain, bands or frames; set augment.gain_db, frequency_mask, time_mask and tempo to 0",
            "augment.gain_db", "augment.frequency_mask", "augment.time_mask", "augment.tempo", "features.kind");
        Rule(f.Banded || !f.Prosody,
            $"'{f.Kind}' features have no bands for tracks to stand beside; set false",
            "features.prosody", "features.kind");
        Rule(!f.NormaliseLevel || !f.Kind.StartsWith("summary", StringComparison.Ordinal),
            $"'{f.Kind}' is as published, levels and all; set false",
            "features.normalise_level", "features.kind");
        Rule(run.Train.Normalise != "none" || (a.FrequencyMask == 0 && a.TimeMask == 0),
            "masks set the mean, which is 0 only after normalisation; set augment.frequency_mask and time_mask to 0",
            "train.normalise", "augment.frequency_mask", "augment.time_mask");
        Rule(a.Copies > 0 || a.OfSound() with { NoiseTilt = 0 } == new AugmentOptions(),
            "0 makes no altered copy, so nothing would come of the keys that alter them; set 1, or those keys to 0",
            "augment.copies", "augment.noise_db", "augment.room_seconds", "augment.equalise_db", "augment.shift_seconds",
            "augment.pitch_semitones", "augment.stretch", "augment.before_cut");
        Rule(a.NoiseTilt == 0 || a.NoiseDb > 0,
            "there is no noise to tilt; set augment.noise_db, or 0",
            "augment.noise_tilt", "augment.noise_db");

        Rule(!run.Split.Published || run.Data.Table is not null,
            $"'{run.Split.Kind}' is a split of the published feature table; give its folder with data.table",
            "split.kind", "data.table");
        Rule(run.Data.Table is null || !run.Split.SpeakersApart || run.Split.File is not null,
            $"'{run.Split.Kind}' keeps speakers apart, whom a feature table (data.table) does not tell; "
            + "take published, published_app, published_lstm or random",
            "split.kind", "data.table");
        Rule(run.Split.Validation > 0 || run.Train.Select == "last" || run.Split.File is not null,
            "0 leaves nothing to choose the epoch on; set train.select: last and train.patience: 0",
            "split.validation", "train.select");
        Rule(run.Split.Scored != "all" || run.Split.Published,
            "'all' goes with the published splits only; take test or validation",
            "split.scored", "split.kind");
        Rule(run.Split.Scored != "validation" || run.Split.Validation > 0 || run.Split.File is not null,
            "a split without validation has nothing to score",
            "split.scored", "split.validation");

        Rule(run.Train.Normalise != "speaker" || (run.Data.Table is null && a.Copies == 0),
            "'speaker' needs clips whose speakers are known, and no altered copies beside them; take global, or set augment.copies: 0",
            "train.normalise", "augment.copies", "data.table");
        Rule(run.Train.Select == "best" || run.Train.Patience == 0,
            "'last' does not look at validation; set train.patience: 0",
            "train.select", "train.patience");
        Rule(run.Train.Labels is null || widens,
            "further labels are of networks that learn from sound, with one output a class; set null",
            "train.labels", "model.name", "features.kind");
        Rule(run.Train.Labels is null || run.Train.Normalise != "speaker",
            "'speaker' would take other emotions of those who train than of those who are tested; set null, or take global",
            "train.labels", "train.normalise");
        Rule(run.Train.Labels is null || run.Split.Kind != "random" || run.Split.File is not null,
            "further clips join by their speakers, whom 'random' does not keep apart; set null",
            "train.labels", "split.kind");
        Rule(run.Train.Average == 0 || !closed,
            $"'{run.Model.Name}' is solved for, and has no steps to average over; set 0",
            "train.average", "model.name");
        Rule(run.Train.Tasks.Count == 0 || widens,
            "further tasks are of networks that learn from sound, with one output a class; set []",
            "train.tasks", "model.name", "features.kind");
        if (run.Split.File is null)
        {
            int folds = SplitFactory.FoldCount(run.Split);
            Rule(run.Split.Fold < folds,
                $"{run.Split.Fold} is outside 0 to {folds - 1} ({run.Split.Kind} has {folds} folds)",
                "split.fold", "split.folds", "split.kind");
        }

        void Rule(bool holds, string reason, params string[] keys)
        {
            if (!holds && !keys.Any(errors.Has))
            {
                string blamed = keys.FirstOrDefault(key => map.Find(key) is not null, keys[0]);
                errors.Add(map.Find(blamed) ?? map.Where, keys[0], reason);
            }
        }
    }

    /// <summary>Adds an error for each label set that is not there.</summary>
    public static void CheckLabels(RunConfig run, MapNode map, ConfigErrors errors)
    {
        foreach ((string key, string? name) in new[] { ("data.labels", run.Data.Labels), ("train.labels", run.Train.Labels) })
        {
            if (name is not null && !errors.Has(key) && LabelSets.WhyNone(name) is string reason)
            {
                errors.Add(map.Find(key) ?? map.Where, key, reason);
            }
        }
    }
}
