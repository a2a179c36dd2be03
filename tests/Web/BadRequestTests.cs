using System.Collections.Concurrent;
using System.Text.Json;

namespace SpeechEmotion.Tests.Web;

[Collection("app")]
public class BadRequestTests(AppFixture app)
{
    private static readonly byte[] Good = Voice.Wav(Voice.Speech(1));

    /// <summary>Made when asked for by name: the test runner writes out a theory's data, and these are large.</summary>
    private static readonly Dictionary<string, Func<byte[]>> Bodies = new()
    {
        ["empty"] = () => [],
        ["25 MB and a bit"] = () => new byte[(25 << 20) + 1],
        ["cut short"] = () => Good[..(Good.Length / 2)],
        ["cut in its header"] = () => Good[..30],
        ["silent"] = () => Voice.Wav(new float[16000], 16000),
        ["silent where it is heard"] = () => Voice.Wav(
            [.. Tone.Sine(200, 16000, 32000), .. new float[8 * 16000], .. Tone.Sine(200, 16000, 32000)], 16000),
        ["a constant"] = () => Voice.Wav([.. Enumerable.Repeat(0.5f, 16000)], 16000),
        ["text"] = () => "This is a letter and no sound."u8.ToArray(),
        ["an MP3"] = () => [0xFF, 0xFB, 0x90, 0x00, .. new byte[400]],
        ["8 kHz"] = () => Voice.Wav(Tone.Sine(200, 8000, 8000), 8000),
        ["192 kHz"] = () => Voice.Wav(Tone.Sine(200, 192000, 192000), 192000),
        ["eight channels"] = () => Voice.Wav(Tone.Sine(200, 16000, 16000), 16000, channels: 8),
        ["eight channels as AIFF"] = () => SoundBytes.Aiff(16, new byte[160000], channels: 8),
        ["AIFF cut short"] = () => SoundBytes.Aiff(16, new byte[80000])[..40000],
        ["a size that lies"] = () => SoundBytes.Riff(
            SoundBytes.Format(16), SoundBytes.Chunk("data", new byte[3200], claimed: 3_000_000_000)),
        ["no rate"] = () => SoundBytes.Riff(SoundBytes.Format(16, rate: 0), SoundBytes.Chunk("data", new byte[32000])),
        ["one click"] = () => Voice.Wav(Tone.Sine(200, 16000, 1000), 16000),
        ["not numbers"] = () => SoundBytes.Riff(
            SoundBytes.Format(32, tag: 3), SoundBytes.Chunk("data", SoundBytes.Singles([.. Enumerable.Repeat(float.NaN, 16000)]))),
        ["over five minutes"] = () => Voice.Wav([.. Enumerable.Range(0, 301 * 16000).Select(i => i % 2 * 0.1f)], 16000),
    };

    [Theory]
    [InlineData("empty", 400, "is empty")]
    [InlineData("25 MB and a bit", 413, "larger than 25 MB")]
    [InlineData("cut short", 422, "cut short")]
    [InlineData("cut in its header", 422, "the file is broken")]
    [InlineData("silent", 422, "is silent")]
    [InlineData("silent where it is heard", 422, "is silent from 3.0 to 9.0 s, the part of it that the model hears; cut it to its speech.")]
    [InlineData("a constant", 422, "is silent")]
    [InlineData("text", 422, "not a sound file that is known here (WAV, AIFF);")]
    [InlineData("an MP3", 422, "send WAV")]
    [InlineData("8 kHz", 422, "8,000 samples a second")]
    [InlineData("192 kHz", 422, "192,000 samples a second")]
    [InlineData("eight channels", 422, "8 channels")]
    [InlineData("eight channels as AIFF", 422, "8 channels")]
    [InlineData("AIFF cut short", 422, "cut short")]
    [InlineData("a size that lies", 422, "of the sound that its header tells of 2,999,996,800 bytes are missing")]
    [InlineData("no rate", 422, "0 samples a second")]
    [InlineData("one click", 422, "too short")]
    [InlineData("not numbers", 422, "not a number")]
    [InlineData("over five minutes", 422, "lasts longer than 5 minutes; cut it.")]
    public async Task A_bad_body_gets_a_problem_that_a_person_understands(string what, int status, string words)
    {
        byte[] body = Bodies[what]();
        await Problem(await app.Client.Predict(body), status, words);
        await Problem(await app.Client.PredictForm(body, "clip.wav"), status, words);
        Assert.True((await app.Client.Predict(Good)).IsSuccessStatusCode, $"the server does not go on after: {what}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    [InlineData("audio/mpeg")]
    public async Task A_wrong_content_type_is_told_the_right_ones(string? type) =>
        await Problem(await app.Client.Predict(Good, type: type), 415, "audio/wav");

    [Theory]
    [InlineData("../clip.wav")]
    [InlineData("..\\\\clip.wav")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    public async Task A_name_that_is_a_path_is_refused(string name) =>
        await Problem(await app.Client.PredictForm(Good, name), 400, "is a path");

    [Theory]
    [InlineData("multipart/form-data", "boundary")]
    [InlineData("multipart/form-data; boundary=x", "cut short")]
    public async Task A_form_that_is_none_is_refused(string type, string words) =>
        await Problem(await app.Client.Predict(Good, type: type), 400, words);

    [Fact]
    public async Task A_form_that_ends_within_its_file_is_refused()
    {
        byte[] head = SoundBytes.Ascii("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"my..clip.wav\"\r\n\r\n");
        await Problem(await app.Client.Predict([.. head, .. Good], type: "multipart/form-data; boundary=x"), 400, "cut short");
        byte[] whole = [.. head, .. Good, .. SoundBytes.Ascii("\r\n--x--\r\n")];
        Assert.True((await app.Client.Predict(whole, type: "multipart/form-data; boundary=x")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_form_without_a_file_is_refused()
    {
        MultipartFormDataContent form = new() { { new StringContent("happy"), "mood" } };
        await Problem(await app.Client.PostAsync("api/predict", form, TestContext.Current.CancellationToken), 400, "holds no file");
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_answered_with_those_that_are() =>
        await Problem(await app.Client.Predict(Good, "?model=seven"), 400, "four, six");

    [Fact]
    public async Task A_query_that_is_no_truth_value_is_a_problem() => await Problem(
        await app.Client.Predict(Good, "?timeline=maybe"), 400,
        "The parameter 'timeline' is missing or no value that it takes; /openapi.json describes it.");

    /// <summary>As a browser's address line and curl ask.</summary>
    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    public async Task A_problem_is_one_whatever_the_client_accepts(string accept)
    {
        HttpRequestMessage request = new(HttpMethod.Get, "nothing") { Headers = { { "Accept", accept } } };
        await Problem(await app.Client.SendAsync(request, TestContext.Current.CancellationToken), 404, "nothing at this address");
    }

    /// <summary>/openapi.json, which other parameters' problems name, says nothing of this address.</summary>
    private const string NoRate = "The parameter 'rate' is missing or no value that it takes.";

    [Fact]
    public async Task Another_method_and_another_address_are_problems()
    {
        await Problem(await app.Client.GetAsync("api/predict", TestContext.Current.CancellationToken), 405, "takes another method");
        await Problem(await app.Client.GetAsync("api/nothing", TestContext.Current.CancellationToken), 404, "nothing at this address");
        await Problem(await app.Client.GetAsync("../../etc/passwd", TestContext.Current.CancellationToken), 404, "nothing at this address");
        await Problem(await app.Client.GetAsync("api/live", TestContext.Current.CancellationToken), 400, NoRate);
        await Problem(await app.Client.GetAsync("api/live?rate=abc", TestContext.Current.CancellationToken), 400, NoRate);
        await Problem(await app.Client.GetAsync("api/live?rate=16000", TestContext.Current.CancellationToken), 400, "WebSocket");
    }

    [Theory]
    [InlineData("Origin", "https://example.org", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Host", "example.org", 400)]
    public async Task Other_sites_pages_may_not_use_the_server(string header, string value, int status)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "api/predict") { Content = new ByteArrayContent(Good) };
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(status, (int)(await app.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Nothing_is_written_to_disk()
    {
        using WithVariable temporary = new("TMPDIR", app.Temporary);
        BlockingCollection<string> made = new();
        using FileSystemWatcher watcher = new(app.Temporary) { EnableRaisingEvents = true };
        watcher.Created += (_, file) => made.Add(file.FullPath);

        // Far beyond the 64 KB at which the framework's own forms go to disk.
        Assert.True((await app.Client.PredictForm(Voice.Wav(Voice.Speech(60)), "clip.wav")).IsSuccessStatusCode);

        // The watcher reports late, but in order: it must report nothing before this file.
        string last = Path.Combine(app.Temporary, "last");
        await File.WriteAllBytesAsync(last, [], TestContext.Current.CancellationToken);
        Assert.True(made.TryTake(out string? first, 60_000, TestContext.Current.CancellationToken), "the watcher tells nothing");
        Assert.Equal(last, first);
    }

    private static async Task Problem(HttpResponseMessage response, int status, string words)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        string detail = problem.GetProperty("detail").GetString()!;
        Assert.Contains(words, detail, StringComparison.Ordinal);
        Assert.Matches("[^.?][.?]$", detail);
        Assert.DoesNotContain("Exception", detail, StringComparison.Ordinal);
    }
}
