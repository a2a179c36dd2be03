using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Web;

/// <summary>`GET /api/live`: the WebSocket of live sessions.</summary>
internal sealed class LiveEndpoint(ModelShelf shelf, InferenceThread inference, IHostApplicationLifetime lifetime)
{
    public const string Path = "/api/live";

    /// <summary>Maximum number of sessions at a time.</summary>
    public const int MostListeners = 4;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    private int _listening;

    public async Task Handle(HttpContext context, int rate, string? model = null)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest, "This address speaks WebSocket only; for one clip use POST /api/predict.");
        }

        try
        {
            int listening = Interlocked.Increment(ref _listening);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(
                lifetime.ApplicationStopping, context.RequestAborted);
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();

            // Browsers hide the response to a refused handshake from the page, so the reason is sent as the close reason.
            ShelvedModel? asked = shelf.TryFind(model);
            string? refused = asked is null ? "There is no model of this name here any more; load the page again."
                : rate is < Recording.LowestRate or > Recording.HighestRate
                    ? $"The microphone gives {rate} samples a second; "
                        + $"{Recording.LowestRate} to {Recording.HighestRate} are taken. Choose another."
                : listening > MostListeners ? "As many people are listened to as the server can bear; try again later." : null;
            await (refused is null
                ? new LiveSession(socket, asked!, inference, rate, Idle).Run(stop.Token)
                : socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, refused, stop.Token));
        }
        finally
        {
            Interlocked.Decrement(ref _listening);
        }
    }
}
