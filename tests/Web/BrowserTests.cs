using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Tests.Web;

/// <summary>The page in a real browser.</summary>
[Collection("app")]
public class BrowserTests(AppFixture app)
{
    [Fact]
    public async Task Record_stop_and_see_an_answer()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(page.Locator("#clock")).ToHaveTextAsync(AtLeastTwo, Browser.Text);
        // Waits for a level above the minimum, since speech has pauses.
        await Expect(page.GetByRole(AriaRole.Meter)).Not.ToHaveAttributeAsync("aria-valuenow", "-60", new() { Timeout = Browser.Patience });
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();

        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("own estimate", Browser.Part);
        double[] shown = await browser.Shown();
        Assert.Equal(4, shown.Length);
        Assert.Equal(100, shown.Sum(), 1e-6);
        await page.WaitForFunctionAsync("() => document.querySelector('audio').duration > 2");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("#result")).ToBeHiddenAsync(Browser.Hidden);
        Assert.Equal("record", await page.EvaluateAsync<string>("document.activeElement.id"));
        browser.Quiet();
    }

    [Fact]
    public async Task A_recording_ends_by_itself_when_it_is_as_long_as_it_may_be()
    {
        await using Browser browser = await Browser.Open(app.Address);
        const string Limit = "const mostSeconds = 60;";
        string script = "";
        await browser.Page.RouteAsync("**/record.js*", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            script = await response.TextAsync();
            string body = script.Replace(Limit, "const mostSeconds = 2;", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = response, Body = body });
        });
        await browser.Page.ReloadAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(browser.Page.Locator("#clock")).ToHaveTextAsync("0:02", Browser.Text);
        Assert.Contains(Limit, script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_microphone_is_told_and_a_file_still_answered()
    {
        await using Browser browser = await Browser.Open(app.Address, microphone: false);
        ILocator button = browser.Page.GetByRole(AriaRole.Button, new() { Name = "Record" });
        await button.ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("may not use the microphone", Browser.Part);
        await Expect(button).ToBeEnabledAsync(new() { Timeout = Browser.Patience });
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(2)));
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
    }

    [Fact]
    public async Task Live_answers_come_until_it_is_stopped()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen live" }).ClickAsync();
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        string first = await page.Locator(".bars").InnerTextAsync();
        await page.WaitForFunctionAsync("first => document.querySelector('.bars').innerText !== first", first);
        Assert.Equal(100, (await browser.Shown()).Sum(), 1e-6);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop listening" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Listen live" })).ToBeVisibleAsync(Browser.Visible);
        browser.Quiet();
    }

    /// <summary>In a script's object, names that are numbers stand in their own order, whatever the model's is.</summary>
    [Fact]
    public async Task Of_classes_that_are_equally_probable_the_page_names_the_servers()
    {
        await using Browser browser = await Browser.Open(app.Address);
        string[] words = await browser.Page.EvaluateAsync<string[]>("""
            async () => (await import('/answer.js')).sentence({ emotion: '2', sure: true, probabilities: { 2: 0.5, 1: 0.5 } })
            """);
        Assert.Equal(["2", "the model’s own estimate: 50 %"], words);
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1100, ColorScheme.Light)]
    [InlineData(1100, ColorScheme.Dark)]
    public async Task The_page_fits_its_width_and_has_no_fault_that_axe_knows(int width, ColorScheme scheme)
    {
        await using Browser browser = await Browser.Open(app.Address, width, 780, scheme);
        IPage page = browser.Page;
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(6)));
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await page.GetByLabel("Compare with").SelectOptionAsync("six");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2, new() { Timeout = Browser.Patience });
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);

        // Labels, roles, names and contrast, by the rules of WCAG.
        var faults = (await page.RunAxe()).Violations;
        IEnumerable<string> told = faults.Select(fault =>
            $"{fault.Id}: {fault.Help}: {string.Join(", ", fault.Nodes.Select(node => node.Target))}");
        Assert.True(faults.Length == 0, string.Join('\n', told));
    }

    [Fact]
    public async Task Everything_can_be_reached_by_keyboard()
    {
        await using Browser browser = await Browser.Open(app.Address, microphone: true);
        IPage page = browser.Page;
        List<string> reached = [];
        for (int i = 0; i < 6; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>(
                "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"));
        }

        Assert.Equal(["record", "file", "live", "model", "compare", "A"], reached);
        await page.Locator("#record").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#clock")).ToHaveTextAsync(new Regex("^(0:0[1-9]|0:[1-5][0-9]|1:00)$"), Browser.Text);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
    }

    /// <summary>Two seconds or more: a check of the running clock may miss any single second.</summary>
    private static readonly Regex AtLeastTwo = new("^(0:0[2-9]|0:[1-5][0-9]|1:00)$");
}
