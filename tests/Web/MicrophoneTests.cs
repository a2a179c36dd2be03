using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Tests.Web;

/// <summary>The page when the microphone or the server fails.</summary>
[Collection("app")]
public class MicrophoneTests(AppFixture app)
{
    /// <summary>Makes the microphone wait, as while nobody answers the browser's prompt. `letIn` answers it, and `stream` is what the page
    /// then gets.</summary>
    private const string Hang = """
        () => {
          const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = asked => new Promise(resolve => {
            window.letIn = async () => resolve(window.stream = await open(asked));
          });
        }
        """;

    [Fact]
    public async Task A_microphone_that_does_not_open_can_be_given_up()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.EvaluateAsync(Hang);
        await page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(page.GetByText("Waiting for the microphone")).ToBeVisibleAsync(Browser.Visible);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record" })).ToBeEnabledAsync(new() { Timeout = Browser.Patience });
        await Expect(page.GetByText("Two or three seconds")).ToBeVisibleAsync(Browser.Visible);

        // If it opens after all, it is closed at once.
        await page.EvaluateAsync("window.letIn()");
        await page.WaitForFunctionAsync("() => window.stream?.getAudioTracks()[0].readyState === 'ended'");

        await page.GetByRole(AriaRole.Button, new() { Name = "Listen live" }).ClickAsync();
        await Expect(page.GetByText("Waiting for the microphone")).ToBeVisibleAsync(Browser.Visible);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop listening" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Listen live" })).ToBeVisibleAsync(Browser.Visible);

        // A file is answered even while live mode waits for the microphone.
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen live" }).ClickAsync();
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(2)));
        await Expect(page.Locator("#player")).ToBeVisibleAsync(Browser.Visible);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Listen live" })).ToBeVisibleAsync(Browser.Visible);
    }

    [Fact]
    public async Task A_sound_card_whose_rate_is_not_taken_is_recorded_at_another()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.EvaluateAsync("""
            () => {
              window.contexts = [];
              window.AudioContext = class extends AudioContext {
                constructor(options = { sampleRate: 192000 }) { super(options); contexts.push(this); }
              };
            }
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(page.Locator("#clock")).Not.ToHaveTextAsync("0:00", Browser.Text);
        Assert.Equal("closed 192000, running 48000", await page.EvaluateAsync<string>(
            "contexts.map(context => `${context.state} ${context.sampleRate}`).join(', ')"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
    }

    [Fact]
    public async Task A_microphone_that_cannot_be_recorded_is_released()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.EvaluateAsync("""
            () => {
              AudioContext.prototype.createMediaStreamSource = stream => {
                window.stream = stream;
                throw new Error('another rate');
              };
            }
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Recording does not start (another rate)", Browser.Part);
        Assert.Equal("ended", await page.EvaluateAsync<string>("window.stream.getAudioTracks()[0].readyState"));
    }

    /// <summary>As after `ser serve` was started again with other models, while the page stayed open.</summary>
    [Fact]
    public async Task An_answer_of_another_model_than_the_page_knows_is_not_shown()
    {
        const string Told = "The server has other models now; load the page again.";
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.RouteAsync("**/api/models", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """[{"name": "six", "classes": ["anger", "happy"]}, {"name": "gone", "classes": ["anger", "happy", "sad"]}]""",
        }));
        await page.ReloadAsync();
        await page.GetByText("2 emotions").First.WaitForAsync();
        ILocator alert = page.GetByRole(AriaRole.Alert);
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(2)));
        await Expect(alert).ToHaveTextAsync(Told, Browser.Text);

        // Another model is asked about the same clip; its name is no longer there.
        await page.GetByText("3 emotions").First.ClickAsync();
        await Expect(alert).ToHaveTextAsync(Told, Browser.Text);

        await page.GetByText("2 emotions").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen live" }).ClickAsync();
        await Expect(alert).ToHaveTextAsync(Told, Browser.Text);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Listen live" })).ToBeVisibleAsync(Browser.Visible);
        await Expect(page.Locator("#result")).ToBeHiddenAsync(Browser.Hidden);
    }

    [Fact]
    public async Task A_clip_whose_answer_failed_can_be_asked_about_again()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.RouteAsync("**/api/predict*", route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"detail": "The answer took too long."}""",
        }));
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(2)));
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The answer took too long.", new() { Timeout = Browser.Patience });
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about the same clip again" }).ClickAsync();
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(page.Locator("#retry")).ToBeHiddenAsync(Browser.Hidden);
        Assert.Equal("again", await page.EvaluateAsync<string>("document.activeElement.id")); // The button that was pressed is gone.
    }

    [Fact]
    public async Task The_answer_of_one_clip_does_not_come_back_for_another()
    {
        await using Browser browser = await Browser.Open(app.Address);
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(2)));
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await browser.Upload("notes.txt", "This is no sound."u8.ToArray());
        await Expect(browser.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("notes.txt", new() { Timeout = Browser.Patience });
        await browser.Page.GetByText("6 emotions").First.ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync(Browser.Hidden); // the page has seen the change of model
        await Expect(browser.Page.Locator("#result")).ToBeHiddenAsync(Browser.Hidden);
        Assert.False(await browser.Page.EvaluateAsync<bool>("document.querySelector('audio').hasAttribute('src')"));
    }
}
