using System.Net;
using System.Text.Json;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Web;

[Collection("app")]
public class ApiTests(AppFixture app)
{
    private static readonly Waveform Short = Voice.Speech(2), Long = Voice.Speech(8, "sad");

    [Theory]
    [InlineData("four", 2)]
    [InlineData("six", 2)]
    [InlineData("four", 8)]
    public async Task Served_probabilities_are_the_models_own(string model, int seconds)
    {
        byte[] wav = Voice.Wav(seconds == 2 ? Short : Long);
        double[] own = app.Own(model, Recording.Read(new MemoryStream(wav), "clip"));
        HttpResponseMessage response = await app.Client.Predict(wav, $"?model={model}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Json();

        // Same code and same precision: at most the order of sums on several threads differs.
        Assert.Equal(own, answer.Probabilities(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(TinyModel.Six[..own.Length], answer.GetProperty("probabilities").EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, answer.Probabilities().Sum(), 1e-9);
        Assert.Equal(TinyModel.Six[Array.IndexOf(own, own.Max())], answer.GetProperty("emotion").GetString());
        Assert.Equal(model == "four", answer.GetProperty("sure").GetBoolean());
    }

    [Fact]
    public async Task A_form_gives_what_the_plain_body_gives()
    {
        byte[] wav = Voice.Wav(Short);
        JsonElement form = await (await app.Client.PredictForm(wav, "clip.wav")).Json();
        JsonElement body = await (await app.Client.Predict(wav)).Json();
        Assert.Equal(body.ToString(), form.ToString());
    }

    [Fact]
    public async Task Float_stereo_other_rates_and_a_pipes_size_are_taken()
    {
        // SoX and arecord leave such sizes where they cannot seek back, as in a pipe.
        foreach (uint claimed in new[] { 0x7FFFF000u, 0x80000000u, uint.MaxValue })
        {
            byte[] samples = Voice.Wav(Tone.Sine(220, 16000, 16000), 16000)[44..];
            byte[] piped = SoundBytes.Riff(SoundBytes.Format(16), SoundBytes.Chunk("data", samples, claimed));
            Assert.Equal(HttpStatusCode.OK, (await app.Client.Predict(piped)).StatusCode);
        }

        byte[] floats = SoundBytes.Riff(
            SoundBytes.Format(32, tag: 3, rate: 44100), SoundBytes.Chunk("data", SoundBytes.Singles(Tone.Sine(220, 44100, 44100))));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.Predict(floats)).StatusCode);
        byte[] stereo = Voice.Wav(Tone.Sine(220, 96000, 96000), 96000, channels: 2);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.Predict(stereo, type: "audio/x-wav")).StatusCode);
    }

    [Fact]
    public async Task A_timeline_is_the_models_answers_over_windows()
    {
        JsonElement answer = await (await app.Client.Predict(Voice.Wav(Long), "?timeline=true")).Json();
        JsonElement[] windows = [.. answer.GetProperty("timeline").EnumerateArray()];
        Assert.Equal(11, windows.Length); // From 0 to 5 s in steps of half a second.
        Assert.Equal(5, windows[^1].GetProperty("start").GetDouble(), 1e-9);
        float[] samples = Recording.Read(new MemoryStream(Voice.Wav(Long)), "clip").Samples;
        double[] own = app.Own("four", new Waveform(samples[(4 * 8000)..(10 * 8000)], 16000));
        double[] served = [.. windows[4].GetProperty("probabilities").EnumerateArray().Select(p => p.GetDouble())];
        Assert.All(own.Zip(served), p => Assert.Equal(p.First, p.Second, 1e-5)); // 1e-5: alone or in a batch, in single precision.
    }

    [Fact]
    public async Task A_silent_window_is_no_part_of_a_timeline()
    {
        float[] speech = Voice.Speech(4).Samples;
        byte[] wav = Voice.Wav([.. speech, .. new float[4 * 16000], .. speech], 16000);
        JsonElement answer = await (await app.Client.Predict(wav, "?timeline=true")).Json();
        double[] starts = [.. answer.GetProperty("timeline").EnumerateArray().Select(window => window.GetProperty("start").GetDouble())];
        Assert.Equal(Enumerable.Range(0, 19).Select(i => i / 2.0).Where(start => start is < 4 or > 5), starts);
    }

    /// <summary>0.05 s: a frame that reaches into the tone counts as loud.</summary>
    [Theory]
    [InlineData(0, 3.5, 20, 0, 3.5, false)]
    [InlineData(2, 3.5, 2, 2, 5.5, false)]
    [InlineData(0, 8, 0, 1, 7, true)]
    [InlineData(3, 8, 0, 4, 10, true)]
    public async Task The_part_of_a_clip_that_is_heard_is_told(double before, double tone, double after, double start, double end, bool cut)
    {
        float[] sound = [.. Quiet(before), .. Tone.Sine(220, 16000, (int)(tone * 16000)), .. Quiet(after)];
        JsonElement heard = (await (await app.Client.Predict(Voice.Wav(sound, 16000))).Json()).GetProperty("heard");
        Assert.Equal(start, heard.GetProperty("start").GetDouble(), 0.05);
        Assert.Equal(end, heard.GetProperty("end").GetDouble(), 0.05);
        Assert.Equal(cut, heard.GetProperty("cut").GetBoolean());

        static float[] Quiet(double seconds) => new float[(int)(seconds * 16000)];
    }

    /// <summary>The longest clip that is accepted, of quiet noise: its windows leave no gap.</summary>
    [Fact]
    public async Task Windows_leave_nothing_of_a_long_clip_out()
    {
        Random random = new(1);
        Waveform noise = new([.. Enumerable.Range(0, 300 * 16000).Select(_ => (random.NextSingle() - 0.5f) / 100)], 16000);
        JsonElement answer = await (await app.Client.Predict(Voice.Wav(noise), "?timeline=true")).Json();
        JsonElement[] windows = [.. answer.GetProperty("timeline").EnumerateArray()];
        Assert.Equal((0, 300), (windows[0].GetProperty("start").GetDouble(), windows[^1].GetProperty("end").GetDouble()));
        Assert.All(windows.Zip(windows[1..]), pair => Assert.True(
            pair.Second.GetProperty("start").GetDouble() <= pair.First.GetProperty("end").GetDouble() + 1e-9));
    }

    /// <summary>The waveform is drawn relative to its loudest sample, so a clip quieter by a factor of 20 gives the same picture: 16 bits
    /// leave steps of one byte at most.</summary>
    [Fact]
    public async Task A_quiet_clip_has_the_same_waveform()
    {
        byte[] loud = await High(Short.Samples), quiet = await High([.. Short.Samples.Select(sample => sample / 20)]);
        Assert.InRange(loud.Max(), 200, 255);
        Assert.All(loud.Zip(quiet), pair => Assert.InRange(pair.Second - pair.First, -1, 1));

        async Task<byte[]> High(float[] samples)
        {
            JsonElement answer = await (await app.Client.Predict(Voice.Wav(samples, Short.SampleRate), "?picture=true")).Json();
            return answer.GetProperty("picture").GetProperty("high").GetBytesFromBase64();
        }
    }

    [Fact]
    public async Task A_short_clip_has_an_empty_timeline_and_extras_come_only_when_asked_for()
    {
        JsonElement plain = await (await app.Client.Predict(Voice.Wav(Short))).Json();
        JsonElement asked = await (await app.Client.Predict(Voice.Wav(Short), "?timeline=true&picture=true")).Json();
        Assert.Equal(JsonValueKind.Null, plain.GetProperty("timeline").ValueKind);
        Assert.Equal(JsonValueKind.Null, plain.GetProperty("picture").ValueKind);
        Assert.Equal(0, asked.GetProperty("timeline").GetArrayLength());
        JsonElement picture = asked.GetProperty("picture");
        byte[] levels = picture.GetProperty("levels").GetBytesFromBase64();
        Assert.Equal(16, picture.GetProperty("bands").GetInt32()); // mel bands alone, whatever else the model takes
        Assert.Equal(16 * picture.GetProperty("columns").GetInt32(), levels.Length);
        Assert.Equal(255, levels.Max()); // The loudest level is the top of the range.
        Assert.Equal(600, picture.GetProperty("high").GetBytesFromBase64().Length);
    }

    [Fact]
    public async Task Models_and_health_are_told()
    {
        JsonElement models = await (await app.Client.GetAsync("api/models", TestContext.Current.CancellationToken)).Json();
        Assert.Equal(["four", "six"], models.EnumerateArray().Select(m => m.GetProperty("name").GetString()));
        Assert.Equal(TinyModel.Six, models[1].GetProperty("classes").EnumerateArray().Select(c => c.GetString()!));
        Assert.Equal(1, models[1].GetProperty("threshold").GetDouble());
        JsonElement health = await (await app.Client.GetAsync("healthz", TestContext.Current.CancellationToken)).Json();
        Assert.Equal("ok", health.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("logmel", 6.0)]
    [InlineData("summary", 300.0)]
    public void A_model_tells_how_much_of_a_clip_it_hears(string kind, double seconds)
    {
        using TestFolder folder = new();
        using SpeechEmotion.Web.ModelShelf shelf = new([TinyModel.Write(folder.Path, "four", 4, kind: kind)]);
        Assert.Equal(seconds, shelf.All[0].Entry.HeardSeconds);
    }

    [Fact]
    public async Task OpenApi_describes_every_address_its_body_and_its_problems()
    {
        JsonElement document = await (await app.Client.GetAsync("openapi.json", TestContext.Current.CancellationToken)).Json();
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        JsonElement paths = document.GetProperty("paths");
        Assert.Equal(
            ["/api/models", "/api/predict", "/healthz"], paths.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        JsonElement predict = paths.GetProperty("/api/predict").GetProperty("post");
        JsonElement content = predict.GetProperty("requestBody").GetProperty("content");
        Assert.Equal(["audio/wav", "multipart/form-data"], content.EnumerateObject().Select(p => p.Name));
        JsonElement parameters = predict.GetProperty("parameters");
        Assert.Equal(["model", "timeline", "picture"], parameters.EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        JsonElement responses = predict.GetProperty("responses");
        Assert.Equal(
            ["200", "400", "403", "408", "413", "415", "422", "503"],
            responses.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.True(responses.GetProperty("422").GetProperty("content").TryGetProperty("application/problem+json", out _));
        string text = document.GetProperty("components").ToString();
        Assert.Contains("\"heard\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pattern", text, StringComparison.Ordinal); // A number is a number, not a text that looks like one.
        Assert.DoesNotContain("\\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/app.js")]
    [InlineData("/api/models")]
    [InlineData("/nowhere")]
    public async Task Every_answer_carries_the_security_headers_and_opens_nothing_to_other_sites(string path)
    {
        HttpResponseMessage response = await app.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(path == "/nowhere" ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_page_names_no_other_host()
    {
        foreach (string name in typeof(SpeechEmotion.Web.WebServer).Assembly.GetManifestResourceNames())
        {
            using StreamReader reader = new(typeof(SpeechEmotion.Web.WebServer).Assembly.GetManifestResourceStream(name)!);
            string text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotMatch(@"(https?:)?//[a-z0-9-]+\.", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        }
    }
}
