using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Web;

/// <summary>`GET /api/live`: the WebSocket of live sessions.</summary>
internal sealed class LiveEndpoint(ModelShelf shelf, InferenceThread inference, ServeOptions options, IHostApplicationLifetime lifetime)
{
    private int _listening;

    public async Task Handle(HttpContext context, int rate, string? model = null)
    {
        ShelvedModel asked = shelf.Find(model);
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "This address speaks WebSocket only; for one clip use POST /api/predict.");
        }

        try
        {
            int listening = Interlocked.Increment(ref _listening);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, context.RequestAborted);
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();

            // Browsers keep a refused handshake's answer from the page, so the reason comes as that of closing.
            string? refused = rate is < Recording.LowestRate or > Recording.HighestRate
                ? $"The microphone gives {rate} samples a second; {Recording.LowestRate} to {Recording.HighestRate} are taken. Choose another."
                : listening > options.Listeners ? "As many people are listened to as the server can bear; try again later." : null;
            await (refused is null
                ? new LiveSession(socket, asked, inference, rate).Run(stop.Token)
                : socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, refused, stop.Token));
        }
        finally
        {
            Interlocked.Decrement(ref _listening);
        }
    }
}
