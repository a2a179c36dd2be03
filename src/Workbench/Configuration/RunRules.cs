using SpeechEmotion.Features;

namespace SpeechEmotion.Configuration;

/// <summary>What must hold between the keys of a run config.</summary>
internal static class RunRules
{
    /// <summary>Adds an error for each rule that is broken, at the first of its keys; rules about keys already found wrong are left out.</summary>
    public static void Check(RunConfig run, MapNode map, ConfigErrors errors)
    {
        FeatureOptions f = run.Features;
        double half = f.SampleRate / 2.0;
        Rule(f.Hop <= f.FftSize, $"{f.Hop} skips samples; at most features.fft_size ({f.FftSize})", "features.hop", "features.fft_size");
        Rule(f.MaxHz <= half, $"{f.MaxHz} is above half of features.sample_rate ({half})", "features.max_hz", "features.sample_rate");
        Rule(f.MinHz < (f.MaxHz > 0 ? f.MaxHz : half), $"{f.MinHz} is not below the highest frequency", "features.min_hz", "features.max_hz", "features.sample_rate");
        Rule(f.Kind != "mfcc" || f.Mfccs <= f.Mels, $"{f.Mfccs} coefficients need as many features.mels (there are {f.Mels})", "features.mfccs", "features.mels", "features.kind");
        Rule(f.Kind == "logmel" || run.Augment.Warp == 0, $"{run.Augment.Warp} warps mel bands, and these are {f.Kind} features; 0 is off", "augment.warp", "features.kind");
        if (run.Split.File is null)
        {
            int folds = run.Split.Kind switch { "merged" or "ravdess" => 6, "savee" => 4, _ => run.Split.Folds };
            Rule(run.Split.Fold < folds, $"{run.Split.Fold} is outside 0 to {folds - 1} ({run.Split.Kind} has {folds} folds)", "split.fold", "split.folds", "split.kind");
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
}
