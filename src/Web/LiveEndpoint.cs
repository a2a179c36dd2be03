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

        if (rate is < Recording.LowestRate or > Recording.HighestRate)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"rate: {rate} samples a second is outside {Recording.LowestRate} to {Recording.HighestRate}.");
        }

        try
        {
            if (Interlocked.Increment(ref _listening) > options.Listeners)
            {
                throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "As many people are listened to as the server can bear; try again later.");
            }

            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, context.RequestAborted);
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await new LiveSession(socket, asked, inference, rate).Run(stop.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _listening);
        }
    }
}
