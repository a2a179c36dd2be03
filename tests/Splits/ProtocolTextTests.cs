using SpeechEmotion.Configuration;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Tests;

public class ProtocolTextTests
{
    [Fact]
    public void What_holds_for_some_runs_of_a_study_is_said_with_their_number()
    {
        RunConfig run = new() { Split = new SplitOptions { Kind = "ravdess", Scored = "validation" } };
        string text = ProtocolText.Of([run, run with { Train = run.Train with { Normalise = "speaker" } }]);
        Assert.Single(text.Split("VALIDATION")[1..]);
        Assert.Contains("1 of 2 runs: Features are normalised by each speaker's own clips", text, StringComparison.Ordinal);

        run = run with { Split = run.Split with { Scored = "test" } };
        text = ProtocolText.Of([run, run with { Split = run.Split with { Validation = 0 }, Train = run.Train with { Select = "last" } }]);
        Assert.Contains("1 of 2 runs: Epochs are chosen on validation speakers", text, StringComparison.Ordinal);
        Assert.Contains("1 of 2 runs: All other speakers train and the last epoch is taken", text, StringComparison.Ordinal);
    }
}
