using SpeechEmotion.Cli;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests.Cli;

public class MetricsTableTests
{
    [Theory]
    [InlineData(1, @"^test: UAR \d+\.\d %, WA ")]
    [InlineData(2, @"^test: UAR \d+\.\d % \[\d+\.\d, \d+\.\d\] over 2 speakers, WA ")]
    public void An_interval_is_shown_where_there_is_one(int speakers, string pattern)
    {
        StringWriter output = new();
        MetricsTable.Show(Screen.For(output), "test", Rows.Study(new Random(1), speakers, clipsPerClass: 3), Rows.Four);
        Assert.Matches(pattern, output.ToString());
    }
}
