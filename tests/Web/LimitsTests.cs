using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using SpeechEmotion.Audio;
using SpeechEmotion.Web;

namespace SpeechEmotion.Tests.Web;

public class LimitsTests
{
    /// <summary>Read from the program itself, which carries the page.</summary>
    [Fact]
    public async Task The_limits_that_the_page_knows_are_the_servers()
    {
        Assembly web = typeof(WebServer).Assembly;
        using StreamReader reader = new(web.GetManifestResourceStream("SpeechEmotion.Web.wwwroot.limits.js")!);
        string script = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Dictionary<string, double> known = Regex.Matches(script, @"(\w+) = ([\d_.]+);").ToDictionary(
            limit => limit.Groups[1].Value,
            limit => double.Parse(limit.Groups[2].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["mostBytes"] = ServeOptions.MostBytes,
                ["mostSeconds"] = ServeOptions.MostSeconds,
                ["mostChannels"] = Recording.MostChannels,
                ["lowestRate"] = Recording.LowestRate,
                ["highestRate"] = Recording.HighestRate,
                ["windowSeconds"] = Timeline.WindowSeconds,
            },
            known);
    }
}
