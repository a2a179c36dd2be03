using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SpeechEmotion.Tests.Web;

/// <summary>Sound files that a user chooses in the page.</summary>
[Collection("app")]
public class BrowserFileTests(AppFixture app)
{
    [Fact]
    public async Task Upload_see_the_answer_of_both_models_and_a_timeline()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        byte[] wav = Voice.Wav(Voice.Speech(6));
        await browser.Upload("clip.wav", wav);
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);

        // The page shows the model's probabilities, to one decimal (and to what makes the figures sum to 100).
        double[] own = app.Own("four", SpeechEmotion.Audio.Recording.Read(new MemoryStream(wav), "clip"));
        Assert.All((await browser.Shown()).Zip(own), p => Assert.Equal(100 * p.Second, p.First, 0.11));
        Assert.Equal(5, await page.Locator(".strips canvas").CountAsync()); // One for the strongest class, and one per class.
        Assert.Equal(7, await page.Locator("#timelines tbody tr").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>(Painted, "#mel") && await page.EvaluateAsync<bool>(Painted, "#wave"));

        // Switches to six classes without a reload, for the clip that the page holds; that model is never sure.
        await page.GetByText("6 emotions").First.ClickAsync();
        await Expect(page.Locator(".verdict strong")).ToHaveTextAsync("not sure", Browser.Text);
        Assert.Equal(6, (await browser.Shown()).Length);

        await page.GetByLabel("Compare with").SelectOptionAsync("four");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(2, new() { Timeout = Browser.Patience });
        Assert.Equal(10, (await browser.Shown()).Length);
        browser.Quiet();
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
            ("big.zip", new byte[26 << 20], "or a very long one"),
            ("long.wav", Voice.Wav(new float[26 << 19], 16000), "longer than 5 minutes"),
        })
        {
            await browser.Upload(name, content);
            await Expect(alert).ToContainTextAsync(words, Browser.Part);
            await Expect(browser.Page.Locator("#result")).ToBeHiddenAsync(Browser.Hidden);
            await Expect(browser.Page.Locator("#retry")).ToBeHiddenAsync(Browser.Hidden); // The answer would be the same.
        }

        await browser.Upload("good.wav", good);
        await Expect(browser.Page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(alert).ToBeHiddenAsync(Browser.Hidden);
    }

    [Fact]
    public async Task A_format_that_only_the_browser_knows_is_sent_as_WAV()
    {
        await using Browser browser = await Browser.Open(app.Address);

        // The browser's own recorder makes Opus in WebM, which no reader of the workbench supports.
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
        browser.Quiet();
    }

    [Fact]
    public async Task A_sound_of_more_than_two_channels_is_refused_as_by_the_program()
    {
        await using Browser browser = await Browser.Open(app.Address);
        await browser.Page.EvaluateAsync("""
            () => {
              OfflineAudioContext.prototype.decodeAudioData =
                async () => new AudioBuffer({ numberOfChannels: 6, length: 32000, sampleRate: 32000 });
            }
            """);
        await browser.Upload("film.flac", "Only the browser decodes this."u8.ToArray());
        await Expect(browser.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "film.flac has 6 channels; one voice as mono or stereo is taken.", Browser.Text);
    }

    /// <summary>The second of two models hears less of the clip than the first.</summary>
    [Fact]
    public async Task What_a_model_does_not_hear_of_a_long_clip_is_told()
    {
        await using Browser browser = await Browser.Open(app.Address);
        IPage page = browser.Page;
        await page.EvaluateAsync("""
            () => {
              const json = Response.prototype.json;
              Response.prototype.json = async function () {
                const answer = await json.call(this);
                return answer.model === 'four' ? { ...answer, heard: { start: 0, end: 8, cut: false } } : answer;
              };
            }
            """);
        await browser.Upload("clip.wav", Voice.Wav(Voice.Speech(8)));
        await Expect(page.Locator("#result")).ToBeVisibleAsync(Browser.Visible);
        await Expect(page.Locator("#note")).ToBeHiddenAsync(Browser.Hidden);
        await page.GetByLabel("Compare with").SelectOptionAsync("six");
        await Expect(page.Locator("#note")).ToHaveTextAsync(
            "The clip is long: for the answer above, the model of 6 emotions heard only the part from 1.1 to 7.1 s. "
            + "To ask about another part, cut the clip to it.", Browser.Text);
    }

    private const string Painted = """
        selector => {
          const canvas = document.querySelector(selector);
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return new Set(new Uint32Array(data.buffer)).size > 1;
        }
        """;
}
