using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Tests;

/// <summary>Compares with the published table, which librosa 0.7 made. It does not name its clips, so a clip's row is the one with the
/// nearest cepstrum. The errors are printed: run with --show-live-output on.</summary>
public class PublishedTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_Tess_clip_gives_its_row()
    {
        PublishedRows table = PublishedRows.OrSkip();
        string[] clips = PublishedRows.ClipsOrSkip("tess");
        Assert.NotEmpty(clips);
        Assert.All(Report("TESS at its own rate", table, clips.Select(AudioFile.Read)), clip =>
        {
            // The limits. The largest errors seen are far smaller: 5e-6 (for the smallest cepstral coefficients) and 3e-4.
            Assert.All(clip.Worst[..4], error => Assert.InRange(error, 0, 1e-4));
            Assert.InRange(clip.Worst[4], 0, 1e-2);
        });
    }

    [Fact]
    public void Ravdess_clips_that_ffmpeg_takes_to_16_kHz_give_their_rows()
    {
        PublishedRows table = PublishedRows.OrSkip();
        string[] clips = PublishedRows.ClipsOrSkip("ravdess");
        Assert.SkipUnless(Ffmpeg(["-version"]) is not null, "ffmpeg is not installed, whose resampler the table's copy went through");
        Clip[] found = [.. Report("RAVDESS through ffmpeg", table, clips.Select(Convert)).Where(clip => clip.Distance < 0.005)];

        // The other ten have no row: their nearest is 1.6 % or more away, while a clip's own row matches to 2e-7.
        Assert.Equal(30, found.Length);
        Assert.All(found, clip =>
        {
            Assert.All(clip.Worst[..4], error => Assert.InRange(error, 0, 1e-4));
            Assert.InRange(clip.Worst[4], 0, 1e-2);
        });
    }

    [Fact]
    public void Ravdess_clips_resampled_here_come_near_their_rows()
    {
        PublishedRows table = PublishedRows.OrSkip();
        IEnumerable<Waveform> waves = PublishedRows.ClipsOrSkip("ravdess").Select(AudioFile.Read)
            .Select(wave => new Waveform(Resampler.Resample(wave.Samples, wave.SampleRate, 16000), 16000));

        // Our low-pass has another edge at 8 kHz than ffmpeg's, so the upper bands differ, and all that is computed from them. 24 of the 30
        // clips that have a row are within 0.5 % of it, with a median of 0.3 %.
        double[] near = [.. Report("RAVDESS through Audio/Resampler", table, waves)
            .Select(clip => clip.Distance).Where(distance => distance < 0.005).Order()];
        Assert.InRange(near.Length, 24, 30);
        Assert.InRange(near[near.Length / 2], 0, 0.0035);
    }

    private List<Clip> Report(string title, PublishedRows table, IEnumerable<Waveform> waves)
    {
        List<Clip> clips = [];
        foreach (Waveform wave in waves)
        {
            float[] features = SummaryFeatures.Of(wave);
            (double[] row, double distance) = table.Nearest(features);
            clips.Add(new Clip(
                distance,
                [.. SummaryGroup.All.Select(g => PublishedRows.Distance(row, features, g.Start, g.Count))],
                [.. SummaryGroup.All.Select(g => PublishedRows.Worst(row, features, g))]));
        }

        Clip[] near = [.. clips.Where(clip => clip.Distance < 0.005)];
        output.WriteLine($"{title}: {near.Length} of {clips.Count} clips have a row within 0.5 %");
        output.WriteLine("group | median of groups | largest of groups | largest of values");
        for (int g = 0; g < SummaryGroup.All.Count && near.Length > 0; g++)
        {
            double[] groups = [.. near.Select(clip => clip.Groups[g]).Order()];
            double worst = near.Max(clip => clip.Worst[g]);
            string name = SummaryGroup.All[g].Name;
            output.WriteLine($"{name} | {groups[groups.Length / 2]:0.0e+0} | {groups[^1]:0.0e+0} | {worst:0.0e+0}");
        }

        return clips;
    }

    private static Waveform Convert(string clip)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.wav");
        try
        {
            Assert.NotNull(Ffmpeg(["-i", clip, "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", copy]));
            return AudioFile.Read(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Standard output of ffmpeg, or null if it is missing or fails.</summary>
    private static string? Ffmpeg(string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. arguments])
            {
                RedirectStandardOutput = true,
            })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private sealed record Clip(double Distance, double[] Groups, double[] Worst);
}
