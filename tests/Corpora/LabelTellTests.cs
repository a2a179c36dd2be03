using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

/// <summary>The scan warns of a corpus whose labels can be read from a trait that is not speech, such as the last sample.</summary>
public sealed class LabelTellTests : IDisposable
{
    private static readonly string[] Labels = ["a", "d", "f", "h"];
    private readonly SoundFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("last sample")]
    [InlineData("first sample")]
    [InlineData("number of samples")]
    [InlineData("sample rate")]
    public void What_spells_the_label_is_named(string trait)
    {
        Noise(trait);
        Finding finding = Assert.Single(_folder.Scan("savee").Findings, f => f.Message.StartsWith("the ", StringComparison.Ordinal));
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.StartsWith($"the {trait} tells the label of 160 of 160 clips", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_that_spells_nothing_is_not_suspected()
    {
        Noise("");
        Assert.DoesNotContain(_folder.Scan("savee").Findings, f => f.Message.StartsWith("the ", StringComparison.Ordinal));
    }

    /// <summary>Writes ten clips of noise of the same kind for each of four speakers and four labels; <paramref name="trait"/>, if any,
    /// tells the label.</summary>
    private void Noise(string trait)
    {
        Random random = new(1);
        foreach (string speaker in new[] { "DC", "JE", "JK", "KL" })
        {
            for (int label = 0; label < Labels.Length; label++)
            {
                for (int i = 1; i <= 10; i++)
                {
                    float[] samples = [.. Enumerable.Range(0, 4000 + random.Next(400))
                        .Select(_ => (float)(0.2 * random.NextDouble() - 0.1))];
                    Array.Resize(ref samples, trait == "number of samples" ? 4000 + label : samples.Length);
                    samples[^1] = trait == "last sample" ? label / 32768f : samples[^1]; // In steps of the lowest bit.
                    samples[0] = trait == "first sample" ? label / 32768f : samples[0];
                    int rate = trait == "sample rate" ? 16000 + label : 16000;
                    WavWriter.Write(_folder.In($"{speaker}_{Labels[label]}{i:00}.wav"), samples, rate);
                }
            }
        }
    }
}
