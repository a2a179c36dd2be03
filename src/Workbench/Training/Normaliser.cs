using System.Numerics.Tensors;
using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>Shift and scale of each value of a frame, fitted on training clips only.</summary>
/// <param name="Kind">`global`, `clip`, `clip_mean`, `speaker` or `none`.</param>
/// <param name="Mean">Mean of each value; zeros unless the kind is `global`.</param>
/// <param name="Deviation">Standard deviation of each value, never 0: for `clip_mean` the deviation within clips, for `speaker` that within
/// speakers, which tells how large a decibel is after normalisation; ones for `clip` and `none`.</param>
public sealed record Normaliser(string Kind, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>A value that never changes is divided by this instead of 0.</summary>
    private const double OfConstant = 1e-3;

    /// <summary>A deviation below this share of the mean is taken for the rounding of a value that never changes. No absolute bound would
    /// do: the mel powers of `summary` features differ by many decades between bands.</summary>
    private const double LeastShare = 1e-6;

    /// <summary>True if each clip's own mean is subtracted: then nothing is left of its level, channel or mean pitch that an augmentation
    /// could alter.</summary>
    /// <remarks>Stands in the cards of checkpoints, as every public property: another name would be another card.</remarks>
    public bool ByClip => Kind is "clip" or "clip_mean";

    /// <summary>Fits the normalisation on the training clips.</summary>
    /// <param name="kind">`global`, `clip`, `clip_mean` or `none`.</param>
    /// <param name="training">Features of the training clips, at least one.</param>
    /// <returns>The fitted normalisation.</returns>
    public static Normaliser Fit(string kind, IReadOnlyCollection<Feature> training)
    {
        int width = training.First().Width;
        return kind switch
        {
            "global" => Fit(kind, width, training),
            "clip_mean" => new Normaliser(kind, new float[width], Within([.. training.Select(clip => Fit(kind, width, [clip]))])),
            _ => new Normaliser(kind, new float[width], Enumerable.Repeat(1f, width).ToArray()),
        };
    }

    /// <summary>Checks that <see cref="FittedTo"/> or <see cref="BySpeaker"/> can replace this normalisation.</summary>
    /// <param name="model">The model's name, for the error.</param>
    /// <exception cref="InputException">The model was not trained with `global`.</exception>
    public void RequireReplaceable(string model)
    {
        if (Kind != "global")
        {
            throw new InputException(
                $"--normalise: takes the place of train.normalise: global, and {model} was trained with {Kind}; leave it out");
        }
    }

    /// <summary>The same kind of normalisation, fitted on other clips instead of the training clips.</summary>
    /// <param name="clips">Features of the other clips, at least one; enumerated once.</param>
    public Normaliser FittedTo(IEnumerable<Feature> clips) => Fit(Kind, Mean.Count, clips);

    /// <summary>Normalises each speaker's clips by that speaker's own mean and deviation over all frames, so that the features show how a
    /// clip differs from the speaker's others. This uses no labels, but needs several clips of every speaker, including those who are only
    /// tested.</summary>
    /// <param name="clips">Features by any key.</param>
    /// <param name="speakerOf">The speaker of a key, or another group such as a corpus.</param>
    /// <param name="training">Keys of the training clips: the deviation that is stored with the model is that within their
    /// speakers.</param>
    /// <returns>The normalised features by the same keys, and the normaliser to store with the model, which leaves these features
    /// unchanged.</returns>
    public static (IReadOnlyDictionary<string, Feature> Features, Normaliser Normaliser) BySpeaker(
        IReadOnlyDictionary<string, Feature> clips, Func<string, string> speakerOf, IEnumerable<string> training)
    {
        Dictionary<string, Feature> normalised = [];
        HashSet<string> trains = [.. training.Select(speakerOf)];
        List<Normaliser> fits = [];
        foreach (IGrouping<string, string> speaker in clips.Keys.GroupBy(speakerOf))
        {
            Normaliser own = Fit("global", [.. speaker.Select(key => clips[key])]);
            if (trains.Contains(speaker.Key))
            {
                fits.Add(own);
            }

            foreach (string key in speaker)
            {
                normalised[key] = clips[key] with { Values = own.Apply(clips[key]) };
            }
        }

        return (normalised, new Normaliser("speaker", new float[clips.Values.First().Width], Within(fits)));
    }

    /// <summary>Normalises one clip.</summary>
    /// <param name="feature">A clip's features; not changed.</param>
    /// <returns>Frames × width values, frame-major.</returns>
    public float[] Apply(Feature feature)
    {
        float[] values = new float[feature.Values.Length];
        Apply(feature, values);
        return values;
    }

    /// <summary>Normalises one clip into a given buffer.</summary>
    /// <param name="feature">A clip's features; not changed.</param>
    /// <param name="to">Takes frames × width values, frame-major.</param>
    public void Apply(Feature feature, Span<float> to)
    {
        if (Kind == "speaker")
        {
            feature.Values.CopyTo(to); // BySpeaker has done it
            return;
        }

        Normaliser own = ByClip ? Fit(Kind, feature.Width, [feature]) : this;
        float[] mean = [.. own.Mean], deviation = [.. (Kind == "clip_mean" ? this : own).Deviation];
        for (int at = 0; at < feature.Values.Length; at += feature.Width)
        {
            Span<float> frame = to.Slice(at, feature.Width);
            TensorPrimitives.Subtract(feature.Values.AsSpan(at, feature.Width), mean, frame);
            TensorPrimitives.Divide<float>(frame, deviation, frame);
        }
    }

    /// <summary>The deviation within groups: the square root of their mean variance.</summary>
    private static float[] Within(IReadOnlyList<Normaliser> groups) =>
        [.. groups[0].Deviation.Select((_, f) =>
            (float)Math.Sqrt(groups.Average(group => (double)group.Deviation[f] * group.Deviation[f])))];

    private static Normaliser Fit(string kind, int width, IEnumerable<Feature> clips)
    {
        double[] sum = new double[width], squares = new double[width];
        long frames = 0;
        foreach (Feature clip in clips)
        {
            frames += clip.Frames;
            for (int at = 0; at < clip.Values.Length; at += width)
            {
                for (int f = 0; f < width; f++)
                {
                    double value = clip.Values[at + f];
                    sum[f] += value;
                    squares[f] += value * value;
                }
            }
        }

        float[] mean = new float[width], deviation = new float[width];
        for (int f = 0; f < width; f++)
        {
            double m = sum[f] / frames;
            double own = Math.Sqrt(Math.Max(0, (squares[f] / frames) - (m * m)));
            (mean[f], deviation[f]) = ((float)m, (float)(own > LeastShare * Math.Abs(m) ? own : OfConstant));
        }

        return new Normaliser(kind, mean, deviation);
    }
}
