using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Tests.Web;

/// <summary>The page in a real browser.</summary>
[Collection("app")]
public class BrowserTests(AppFixture app)
{
    private static readonly LocatorAssertionsToHaveTextOptions Text = new() { Timeout = Browser.Patience };
    private static readonly LocatorAssertionsToContainTextOptions Part = new() { Timeout = Browser.Patience };

    [Fact]
    public async Task Record_stop_and_see_an_answer()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(page.Locator("#clock")).ToHaveTextAsync(AtLeastTwo, Text);
        // Speech has pauses.
        await Expect(page.GetByRole(AriaRole.Meter)).Not.ToHaveAttributeAsync("aria-valuenow", "-60", new() { Timeout = Browser.Patience });
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();

        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("own estimate", Part);
        double[] shown = await Shown(page);
        Assert.Equal(4, shown.Length);
        Assert.Equal(100, shown.Sum(), 1e-6);
        await browser.Until("document.querySelector('audio').duration > 2");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("#result")).ToBeHiddenAsync(Browser.Hidden);
        Assert.Equal("record", await page.EvaluateAsync<string>("document.activeElement.id"));
        Quiet(browser);
    }

    [Fact]
    public async Task A_recording_ends_by_itself_when_it_is_as_long_as_it_may_be()
    {
        await using Browser browser = await Browser.Open(app.Address);
        const string Limit = "const mostSeconds = 60;";
        string script = "";
        await browser.Page.RouteAsync("**/app.js*", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            script = await response.TextAsync();
            string body = script.Replace(Limit, "const mostSeconds = 2;", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = response, Body = body });
        });
        await browser.Page.ReloadAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(browser.Page.Locator("#clock")).ToHaveTextAsync("0:02", Text);
        Assert.Contains(Limit, script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_microphone_is_told_and_a_file_still_answered()
    {
        await using Browser browser = await Browser.Open(app.Address, microphone: false);
        ILocator button = browser.Page.GetByRole(AriaRole.Button, new() { Name = "Record" });
        await button.ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("may not use the microphone", Part);
        await Expect(button).ToBeEnabledAsync(new() { Timeout = Browser.Patience });
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(2)));
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
    }

    [Fact]
    public async Task Upload_see_the_answer_of_both_models_and_a_timeline()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        byte[] wav = Voice.Wav(Voice.Speech(6));
        await browser.Upload("clip.wav", wav);
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);

        // What is shown is what the model says, to the one decimal shown (and what makes the figures sum to 100).
        double[] own = app.Own("four", SpeechEmotion.Audio.Recording.Read(new MemoryStream(wav), "clip"));
        Assert.All((await Shown(page)).Zip(own), p => Assert.Equal(100 * p.Second, p.First, 0.11));
        Assert.Equal(5, await page.Locator(".strips canvas").CountAsync()); // The strongest, and one a class.
        Assert.Equal(7, await page.Locator("#timelines tbody tr").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>(Painted, "#mel") && await page.EvaluateAsync<bool>(Painted, "#wave"));

        // Six classes without a reload, on the clip that is held; that model is never sure.
        await page.GetByText("6 emotions").First.ClickAsync();
        await Expect(page.Locator(".verdict strong")).ToHaveTextAsync("not sure", Text);
        Assert.Equal(6, (await Shown(page)).Length);

        await page.GetByLabel("Compare with").SelectOptionAsync("four");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2, new() { Timeout = Browser.Patience });
        Assert.Equal(10, (await Shown(page)).Length);
        Quiet(browser);
    }

    [Fact]
    public async Task A_broken_file_shows_a_clear_message_and_the_next_one_an_answer()
    {
        await using Browser browser = await Browser.Open(app.Address);
        ILocator alert = browser.Page.GetByRole(AriaRole.Alert);
        byte[] good = Voice.Wav(Voice.Speech(2));
        foreach ((string name, byte[] content, string words) in new (string, byte[], string)[]
        {
            ("notes.wav", "This is no sound."u8.ToArray(), "notes.wav is not a sound file that this browser can read"),
            ("cut.wav", good[..1000], "cut short"),
            ("silent.wav", Voice.Wav(new float[16000], 16000), "is silent"),
            ("empty.wav", [], "empty.wav is empty"),
            ("long.wav", Voice.Wav(new float[26 << 19], 16000), "longer than five minutes"),
        })
        {
            await browser.Upload(name, content);
            await Expect(alert).ToContainTextAsync(words, Part);
            await Expect(browser.Page.Locator("#result")).ToBeHiddenAsync(Browser.Hidden);
        }

        await browser.Upload("good.wav", good);
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(alert).ToBeHiddenAsync(Browser.Hidden);
    }

    [Fact]
    public async Task A_format_that_only_the_browser_knows_is_sent_as_WAV()
    {
        await using Browser browser = await Browser.Open(app.Address);

        // The browser's own recorder makes Opus in WebM, which no reader here knows.
        byte[] webm = [.. await browser.Page.EvaluateAsync<int[]>("""
            async () => {
              const context = new AudioContext(), tone = new OscillatorNode(context), to = context.createMediaStreamDestination();
              tone.connect(to); tone.start();
              const recorder = new MediaRecorder(to.stream), parts = [];
              recorder.ondataavailable = ({ data }) => parts.push(data);
              const ended = new Promise(resolve => { recorder.onstop = resolve; });
              recorder.start(); await new Promise(resolve => setTimeout(resolve, 2000)); recorder.stop(); await ended;
              return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
            }
            """).ContinueWith(task => task.Result.Select(value => (byte)value), TestContext.Current.CancellationToken)];
        await browser.Upload("tone.webm", webm);
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        Quiet(browser);
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
        Assert.Equal(100, (await Shown(page)).Sum(), 1e-6);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop listening" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Listen live" })).ToBeVisibleAsync(Browser.Visible);
        Quiet(browser);
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
        await Expect(page.Locator("#clock")).ToHaveTextAsync(new Regex("^(0:0[1-9]|0:[1-5][0-9]|1:00)$"), Text);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
    }

    /// <summary>A running clock may pass any one second unseen.</summary>
    private static readonly Regex AtLeastTwo = new("^(0:0[2-9]|0:[1-5][0-9]|1:00)$");

    private const string Painted = """
        selector => {
          const canvas = document.querySelector(selector);
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(new Uint32Array(data.buffer)).size > 1;
        }
        """;

    private static async Task<double[]> Shown(IPage page)
    {
        IReadOnlyList<string> figures = await page.Locator(".bars dd").AllInnerTextsAsync();
        return [.. figures.Select(text => double.Parse(text.Replace(" %", "", StringComparison.Ordinal)))];
    }

    /// <summary>The page asked this server only, and the browser had nothing to complain of.</summary>
    private void Quiet(Browser browser)
    {
        IEnumerable<string> fetched = browser.Requests.Where(url => !url.StartsWith("blob:", StringComparison.Ordinal));
        Assert.All(fetched, url => Assert.StartsWith(app.Address, url, StringComparison.Ordinal));
        Assert.Empty(browser.Complaints);
    }
}
