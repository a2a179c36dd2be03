using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Synthesis;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public sealed class SynthesisTests : IDisposable
{
    private static readonly SyntheticOptions Small = new(Speakers: 4, ClipsPerEmotion: 2);
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_same_options_give_the_same_bytes_also_after_half_of_them_are_lost()
    {
        SyntheticCorpus.Write(_root, Small);
        string[] files = [.. Directory.EnumerateFiles(_root, "*.wav", SearchOption.AllDirectories).Order()];
        Assert.Equal(4 * 6 * 2, files.Length);
        byte[][] before = [.. files.Select(File.ReadAllBytes)];
        foreach (string file in files.Where((_, i) => i % 2 == 0))
        {
            File.Delete(file);
        }

        File.Delete(Path.Combine(_root, "synthetic", "complete.txt"));
        SyntheticCorpus.Write(_root, Small);
        Assert.Equal(before, files.Select(File.ReadAllBytes));
    }

    [Fact]
    public void It_is_read_as_any_corpus_is()
    {
        SyntheticCorpus.Write(_root, Small);
        ScanReport report = CorpusScanner.Scan(_root, ["synthetic"], new Dictionary<string, SoundFacts>());
        Assert.Equal(48, report.Manifest.Utterances.Count);
        Assert.Empty(report.Findings);
        Assert.Equal(["synthetic/F01", "synthetic/F02", "synthetic/M01", "synthetic/M02"], report.Manifest.Utterances.Select(u => u.Speaker).Distinct());
        Assert.All(report.Manifest.Utterances, u => Assert.InRange(u.Seconds, 0.8, 5));
    }

    [Fact]
    public void No_clip_is_cut_off_silent_or_off_centre()
    {
        SyntheticCorpus.Write(_root, Small);
        foreach (string file in Directory.EnumerateFiles(_root, "*.wav", SearchOption.AllDirectories))
        {
            float[] samples = AudioFile.Read(file).Samples;
            Assert.InRange(samples.Max(MathF.Abs), 0.02f, 0.99f);
            Assert.InRange(samples.Average(), -0.005f, 0.005f);
        }
    }

    [Theory]
    [InlineData(270, 2290)]
    [InlineData(730, 1090)]
    [InlineData(300, 870)]
    public void A_resonator_peaks_where_it_is_tuned(double f1, double f2)
    {
        foreach (double hz in new[] { f1, f2 })
        {
            Resonator resonator = new(16000);
            resonator.Tune(hz, 60);
            double[] response = [.. Enumerable.Range(0, 4096).Select(i => resonator.Next(i == 0 ? 1 : 0))];
            double peak = Enumerable.Range(50, 4000).MaxBy(f => Power(response, f, 16000));
            // A second resonance 60 Hz wide moves its peak by less than a bandwidth.
            Assert.InRange(peak, hz - 30, hz + 30);
        }
    }

    [Theory]
    [InlineData(110)]
    [InlineData(220)]
    public void The_glottal_source_has_the_pitch_that_is_asked_for(double pitch)
    {
        GlottalSource source = new(16000, new Random(1));
        double[] pulses = [.. Enumerable.Range(0, 8000).Select(_ => source.Next(pitch, 0, 0, 3000))];
        // The lags from half a period to one and a half: two periods would match as well as one.
        int lag = Enumerable.Range((int)(8000 / pitch), (int)(16000 / pitch)).MaxBy(l => Enumerable.Range(0, 4000).Sum(i => pulses[i] * pulses[i + l]));
        Assert.InRange(16000.0 / lag, pitch * 0.98, pitch * 1.02); // Whole samples of lag: 1.4 % at 220 Hz.
    }

    [Fact]
    public void Anger_is_louder_faster_and_higher_than_sadness_as_the_literature_says()
    {
        float[][] anger = Clips("anger"), sad = Clips("sad");
        Assert.True(anger.Average(Level) > sad.Average(Level) + 3, "dB");
        Assert.True(anger.Average(c => (double)c.Length) < 0.9 * sad.Average(c => (double)c.Length), "duration");
        Assert.True(EmotionProsody.All["anger"].PitchLevel > EmotionProsody.All["sad"].PitchLevel);

        static float[][] Clips(string emotion) => [.. Enumerable.Range(0, 20).Select(i => SentenceVoice.Speak(
            Voice.Draw(i % 2 == 0, new Random(i)), EmotionProsody.All[emotion], new Random(100 + i)))];
        static double Level(float[] clip) => 10 * Math.Log10(clip.Average(s => s * s));
    }

    /// <summary>Power at one frequency, by correlation with a cosine and a sine.</summary>
    private static double Power(double[] signal, double hz, int rate)
    {
        double real = 0, imaginary = 0;
        for (int i = 0; i < signal.Length; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * hz * i / rate);
            real += signal[i] * cosine;
            imaginary += signal[i] * sine;
        }

        return (real * real) + (imaginary * imaginary);
    }
}
