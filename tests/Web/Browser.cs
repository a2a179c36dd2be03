using Microsoft.Playwright;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Web;

/// <summary>Debian's Chromium with a microphone that plays a WAV file in a loop. The test is skipped if there is no browser.</summary>
internal sealed class Browser(string address) : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>Timeout in milliseconds. It only limits a hang, since a busy machine of two cores is slow, and is no measure of
    /// speed.</summary>
    public const float Patience = 120_000;

    public static readonly LocatorAssertionsToBeVisibleOptions Visible = new() { Timeout = Patience };

    public static readonly LocatorAssertionsToBeHiddenOptions Hidden = new() { Timeout = Patience };

    public static readonly LocatorAssertionsToHaveTextOptions Text = new() { Timeout = Patience };

    public static readonly LocatorAssertionsToContainTextOptions Part = new() { Timeout = Patience };

    private readonly TestFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _context;

    public IPage Page { get; private set; } = null!;

    /// <summary>URLs of all requests of the page.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors and warnings of the page's console, with breaches of its content policy among them, and the page's uncaught
    /// errors.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> Open(
        string address, int width = 1100, int height = 1000, ColorScheme scheme = ColorScheme.Light, bool microphone = true)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"there is no browser at {Chromium} (apt-get install chromium)");
        Browser browser = new(address);
        string voice = browser._folder["voice.wav"];
        Waveform speech = Voice.Speech(6);
        WavWriter.Write(voice, speech.Samples, speech.SampleRate);
        browser._playwright = await Playwright.CreateAsync();
        browser._browser = await browser._playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Headless = true,
            Timeout = Patience,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream",
                $"--use-file-for-fake-audio-capture={voice}",
                .. microphone ? (string[])["--use-fake-ui-for-media-stream"] : [], // every page may listen
            ],
        });
        browser._context = await browser._browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            Permissions = microphone ? ["microphone"] : [],
        });
        browser._context.SetDefaultTimeout(Patience);
        IPage page = browser.Page = await browser._context.NewPageAsync();
        page.Request += (_, request) => browser.Requests.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                browser.Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => browser.Complaints.Add(error);
        await page.GotoAsync(address);
        await page.Locator("[name=model]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return browser;
    }

    /// <summary>Chooses a file in the page.</summary>
    public async Task Upload(string name, byte[] content)
    {
        await File.WriteAllBytesAsync(_folder[name], content, TestContext.Current.CancellationToken);
        await Page.Locator("#file").SetInputFilesAsync(_folder[name]);
    }

    /// <summary>The percentages that the page shows.</summary>
    public async Task<double[]> Shown()
    {
        IReadOnlyList<string> figures = await Page.Locator(".bars dd").AllInnerTextsAsync();
        return [.. figures.Select(text => double.Parse(text.Replace(" %", "", StringComparison.Ordinal)))];
    }

    /// <summary>Asserts that the page made requests to its own server only, and that the browser reported no error or warning.</summary>
    public void Quiet()
    {
        IEnumerable<string> fetched = Requests.Where(url => !url.StartsWith("blob:", StringComparison.Ordinal));
        Assert.All(fetched, url => Assert.StartsWith(address, url, StringComparison.Ordinal));
        Assert.Empty(Complaints);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder.Dispose();
    }
}
