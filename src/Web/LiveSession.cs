using System.Net.WebSockets;
using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Training;

namespace SpeechEmotion.Web;

/// <summary>A live session with one client, which sends sound as binary messages of 16-bit samples and gets an answer about the newest
/// three seconds twice a second. Nothing piles up on either side: one answer is computed at a time, always about the newest sound; and a
/// client that sends faster than real time is not read from until time has caught up, so that its socket blocks.</summary>
/// <param name="socket">The client.</param>
/// <param name="model">Answers.</param>
/// <param name="inference">The thread that it answers on.</param>
/// <param name="rate">Samples per second of the sound that is sent.</param>
/// <param name="idle">A client that has sent nothing for so long loses its place to others.</param>
internal sealed class LiveSession(WebSocket socket, ShelvedModel model, InferenceThread inference, int rate, TimeSpan idle)
{
    private const double LeastSeconds = 1;
    private const double AheadSeconds = 2;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly LiveWindow _window = new(rate);

    /// <summary>Serves the client until it closes, falls idle, or the server stops.</summary>
    public async Task Run(CancellationToken stop)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task answers = Answer(ended.Token);
        try
        {
            (WebSocketCloseStatus status, string reason) = await Listen(stop);
            await ended.CancelAsync();
            await Ended(answers);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, reason, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The client went away without closing, or the server stops.
            await ended.CancelAsync();
            await Ended(answers);
        }
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> Listen(CancellationToken stop)
    {
        byte[] buffer = new byte[1 << 16];
        int odd = 0;
        long start = Environment.TickCount64;
        while (true)
        {
            Task<ValueWebSocketReceiveResult> reading = socket.ReceiveAsync(buffer.AsMemory(odd), stop).AsTask();
            ValueWebSocketReceiveResult read;
            try
            {
                read = await reading.WaitAsync(idle, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                // The receive goes on until the socket is disposed: cancelling it would abort the connection, and the client not hear why.
                _ = Ended(reading);
                return (WebSocketCloseStatus.PolicyViolation, $"No sound has come for {idle.TotalSeconds:0.##} seconds; listen again.");
            }

            if (read.MessageType == WebSocketMessageType.Close)
            {
                return (WebSocketCloseStatus.NormalClosure, "");
            }

            if (read.MessageType == WebSocketMessageType.Text)
            {
                return (WebSocketCloseStatus.InvalidMessageType, "send 16-bit samples as binary messages");
            }

            // A message may arrive in parts that cut a sample in two.
            int length = odd + read.Count, whole = length & ~1;
            _window.Add(buffer.AsSpan(0, whole));
            odd = length - whole;
            buffer[0] = buffer[Math.Max(0, length - 1)];

            double ahead = _window.Seconds - (Environment.TickCount64 - start) / 1000.0 - AheadSeconds;
            if (ahead > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(ahead), stop);
            }
        }
    }

    private async Task Answer(CancellationToken stop)
    {
        // The timer itself skips a tick where the last answer is still being computed.
        using PeriodicTimer timer = new(Every);
        double answered = 0;
        while (await timer.WaitForNextTickAsync(stop))
        {
            Waveform newest = _window.Newest();
            double now = _window.Seconds;
            if (newest.Seconds < LeastSeconds || now == answered)
            {
                continue;
            }

            answered = now;
            LiveAnswer answer = Recording.IsSilent(newest.Samples)
                ? new LiveAnswer(now, null, false, null)
                : await inference.Run(() => Of(now, newest), stop);
            byte[] message = JsonSerializer.SerializeToUtf8Bytes(answer, JsonSerializerOptions.Web);
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
    }

    private LiveAnswer Of(double at, Waveform newest)
    {
        EmotionAnswer answer = EmotionAnswer.Of(model.Card, model.Classifier.Classify([newest])[0]);
        return new LiveAnswer(at, answer.Emotion, answer.Sure, model.Named(answer.Probabilities));
    }

    private static async Task Ended(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The expected end.
        }
    }

    /// <summary>A message to the client; no emotion means silence.</summary>
    private sealed record LiveAnswer(double At, string? Emotion, bool Sure, IReadOnlyDictionary<string, double>? Probabilities);
}
