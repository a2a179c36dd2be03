using Microsoft.AspNetCore.Http;

namespace SpeechEmotion.Web;

/// <summary>Headers of every response and checks of every request, so that only the app's own page uses the app.</summary>
internal static class Guards
{
    /// <summary>The page may load everything from this server and nothing inline; only the page itself may use the microphone.</summary>
    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "microphone=(self), camera=(), geolocation=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
    ];

    /// <summary>Sets the headers and refuses requests from pages of other sites, which browsers mark with their Origin. WebSockets and
    /// plain forms need this: the same-origin policy does not block them.</summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        // Set only when the response starts: the exception handler clears headers that were set earlier.
        context.Response.OnStarting(() =>
        {
            foreach ((string name, string value) in Headers)
            {
                context.Response.Headers[name] = value;
            }

            return Task.CompletedTask;
        });
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            // If another site's name resolved to this server, that site's page would count as same-origin (DNS rebinding).
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                $"This server answers at http://127.0.0.1:{context.Connection.LocalPort} alone, not at {context.Request.Host}.");
        }

        string? origin = context.Request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || origin == $"{context.Request.Scheme}://{context.Request.Host}"
            ? next(context)
            : throw new ProblemException(StatusCodes.Status403Forbidden, "Pages of other sites may not use this server.");
    }
}
