using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Web;

namespace SpeechEmotion.Tests.Web;

[Collection("app")]
public class LiveTests(AppFixture app)
{
    [Fact]
    public async Task Answers_are_about_the_newest_three_seconds()
    {
        byte[] pcm = Pcm(Voice.Speech(4));
        using ClientWebSocket socket = await Connect("four", 16000);

        // An odd length: samples may be cut in two between messages.
        for (int at = 0; at < pcm.Length; at += 4001)
        {
            await Send(socket, pcm.AsMemory(at..Math.Min(pcm.Length, at + 4001)));
        }

        JsonElement answer = await Receive(socket);
        while (answer.GetProperty("at").GetDouble() < 4)
        {
            answer = await Receive(socket);
        }

        double[] own = app.Own("four", Recording.Read(new MemoryStream(Voice.Wav(Voice.Speech(4).Samples[16000..], 16000)), "clip"));
        Assert.All(own.Zip(answer.Probabilities()), p => Assert.Equal(p.First, p.Second, 1e-5));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Silence_is_not_judged()
    {
        using ClientWebSocket socket = await Connect("six", 48000);
        await Send(socket, new byte[48000 * 2 * 2]);
        Assert.Equal(JsonValueKind.Null, (await Receive(socket)).GetProperty("emotion").ValueKind);
    }

    /// <summary>The threshold of `four` is 0 and that of `six` is 1.</summary>
    [Theory]
    [InlineData("four", true)]
    [InlineData("six", false)]
    public async Task The_models_threshold_tells_what_is_sure_live_and_along_a_clip(string model, bool sure)
    {
        Waveform speech = Voice.Speech(4);
        using ClientWebSocket socket = await Connect(model, 16000);
        await Send(socket, Pcm(speech));
        Assert.Equal(sure, (await Receive(socket)).GetProperty("sure").GetBoolean());
        JsonElement answer = await (await app.Client.Predict(Voice.Wav(speech), $"?model={model}&timeline=true")).Json();
        IEnumerable<JsonElement> windows = answer.GetProperty("timeline").EnumerateArray();
        Assert.Equal([sure, sure, sure], windows.Select(window => window.GetProperty("sure").GetBoolean()));
    }

    [Fact]
    public async Task A_client_that_sends_faster_than_time_goes_is_held_back()
    {
        using ClientWebSocket socket = await Connect("four", 16000);
        Stopwatch clock = Stopwatch.StartNew();
        byte[] second = Pcm(Voice.Speech(1));
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task flood = Task.Run(
            async () =>
            {
                for (int i = 0; i < 3600; i++)
                {
                    await socket.SendAsync(second, WebSocketMessageType.Binary, true, enough.Token);
                }
            },
            enough.Token);
        for (int i = 0; i < 4; i++)
        {
            // The server accepts two seconds ahead of time, plus what one read of 64 KB brings.
            Assert.InRange((await Receive(socket)).GetProperty("at").GetDouble(), 0, clock.Elapsed.TotalSeconds + 2 + 65536 / 32000.0);
        }

        Assert.False(flood.IsCompleted);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => flood);
    }

    [Fact]
    public async Task Text_is_refused_and_so_are_a_rate_that_tells_too_little_and_another_sites_page()
    {
        using ClientWebSocket talker = await Connect("four", 16000);
        await talker.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        WebSocketReceiveResult end = await talker.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, talker.CloseStatus);

        using ClientWebSocket telephone = await Connect("four", 8000);
        _ = await telephone.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        Assert.StartsWith("The microphone gives 8000 samples a second", telephone.CloseStatusDescription, StringComparison.Ordinal);
        using ClientWebSocket lost = await Connect("seven", 16000);
        _ = await lost.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        Assert.Equal("There is no model of this name here any more; load the page again.", lost.CloseStatusDescription);
        await Assert.ThrowsAsync<WebSocketException>(() => Connect("four", 16000, "https://example.org"));
    }

    [Fact]
    public async Task One_listener_too_many_hears_why()
    {
        List<ClientWebSocket> listeners = [];
        for (int i = 0; i <= LiveEndpoint.MostListeners; i++)
        {
            listeners.Add(await Connect("four", 16000));
        }

        _ = await listeners[^1].ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        Assert.StartsWith("As many people are listened to", listeners[^1].CloseStatusDescription, StringComparison.Ordinal);
        foreach (ClientWebSocket socket in listeners.SkipLast(1))
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        }

        listeners.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_client_that_sends_nothing_loses_its_place()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient client = new();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using TcpClient served = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using WebSocket socket = WebSocket.CreateFromStream(served.GetStream(), new WebSocketCreationOptions { IsServer = true });
        using WebSocket silent = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions { IsServer = false });

        // Nothing is sent, so neither a model nor its thread is asked. Without the limit this would never end.
        await new LiveSession(socket, null!, null!, 16000, TimeSpan.FromMilliseconds(50)).Run(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _ = await silent.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, silent.CloseStatus);
        Assert.Equal("No sound has come for 0.05 seconds; listen again.", silent.CloseStatusDescription);
    }

    private async Task<ClientWebSocket> Connect(string model, int rate, string? origin = null)
    {
        ClientWebSocket socket = new();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        string server = app.Address.Replace("http", "ws", StringComparison.Ordinal);
        await socket.ConnectAsync(new Uri($"{server}/api/live?model={model}&rate={rate}"), TestContext.Current.CancellationToken);
        return socket;
    }

    private static Task Send(ClientWebSocket socket, ReadOnlyMemory<byte> pcm) =>
        socket.SendAsync(pcm, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken).AsTask();

    private static async Task<JsonElement> Receive(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        WebSocketReceiveResult read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, read.Count));
    }

    private static byte[] Pcm(Waveform wave) => Voice.Wav(wave)[44..];
}
