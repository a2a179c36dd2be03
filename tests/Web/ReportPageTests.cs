using Microsoft.Playwright;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests.Web;

/// <summary>A study's report in a real browser.</summary>
[Collection("app")]
public class ReportPageTests(AppFixture app)
{
    [Fact]
    public async Task On_a_phone_the_charts_of_twelve_models_are_not_mostly_legend()
    {
        await using Browser browser = await Browser.Open(app.Address, width: 390);
        using TestFolder folder = await Report(browser, [.. Enumerable.Range(0, 12).Select(n => $"logmel_lstm_taught_{n}")]);
        const string Heights =
            "[...document.querySelectorAll('div.plot')].filter(p => p._fullLayout?.showlegend).map(p => p._fullLayout._size.h)";

        // A chart takes its last height a moment after it is drawn.
        await browser.Page.WaitForFunctionAsync(
            $"(heights => heights.length > 4 && heights.every(h => h >= 230 && h <= 350))({Heights})", null,
            new() { Timeout = Browser.Patience });
        double[] heights = await browser.Page.EvaluateAsync<double[]>(Heights);
        Assert.True(heights.Length > 4);
        Assert.All(heights, height => Assert.InRange(height, 230, 350));
        Assert.True(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390);
    }

    [Fact]
    public async Task On_paper_the_charts_of_a_reader_in_the_dark_have_dark_text()
    {
        await using Browser browser = await Browser.Open(app.Address, scheme: ColorScheme.Dark);
        using TestFolder folder = await Report(browser, ["a", "b"]);
        Assert.Equal("rgb(230, 233, 236)", await browser.Page.EvaluateAsync<string>(Ink));
        await browser.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("rgb(27, 31, 36)", await browser.Page.EvaluateAsync<string>(Ink));

        // The cells of a matrix keep their colours, and so must their texts.
        string cells = Ink.Replace(":not(.annotation-text)", ".annotation-text", StringComparison.Ordinal);
        Assert.Equal("rgb(0, 0, 0)", await browser.Page.EvaluateAsync<string>(cells));
    }

    [Fact]
    public async Task A_page_that_is_open_follows_its_reader_from_dark_to_light()
    {
        await using Browser browser = await Browser.Open(app.Address, scheme: ColorScheme.Dark);
        using TestFolder folder = await Report(browser, ["a", "b"]);
        await browser.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        // The browser tells the page at its next frame.
        await browser.Page.WaitForFunctionAsync($"{Ink} === 'rgb(27, 31, 36)'", null, new() { Timeout = Browser.Patience });
        Assert.Equal("rgb(27, 31, 36)", await browser.Page.EvaluateAsync<string>(Ink));
        Assert.Empty(browser.Complaints);
    }

    /// <summary>The colours of the charts' texts.</summary>
    private const string Ink = "[...new Set([...document.querySelectorAll('.plot text:not(.annotation-text)')]"
        + ".map(text => getComputedStyle(text).fill))].join()";

    /// <summary>Opens a report of these models in the browser.</summary>
    private static async Task<TestFolder> Report(Browser browser, string[] models)
    {
        TestFolder folder = new();
        RunResult[] runs = [.. models.Select((model, i) => MadeUpStudy.Run(model, i % 4, "four", Rows.Four, 0))];
        StudyReport.Write(folder.Path, MadeUpStudy.Study with { Labels = ["four"] }, runs, MadeUpStudy.Notes);
        await browser.Page.GotoAsync(new Uri(folder["report.html"]).AbsoluteUri);
        return folder;
    }
}
