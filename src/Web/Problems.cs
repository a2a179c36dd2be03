using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace SpeechEmotion.Web;

/// <summary>A request that is answered with a problem.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">A sentence for a person: what is wrong and how to fix it.</param>
internal sealed class ProblemException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}

/// <summary>Turns exceptions into problem details (RFC 9457).</summary>
/// <param name="problems">Writes the problem details.</param>
internal sealed partial class Problems(IProblemDetailsService problems) : IExceptionHandler
{
    /// <summary>Seconds after which a client should come back to a busy server: about what a full queue of short clips takes.</summary>
    public const string RetryAfter = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        (int status, string detail) = exception switch
        {
            ProblemException problem => (problem.Status, problem.Message),
            InputException input => (StatusCodes.Status422UnprocessableEntity, Sentence(input.Message)),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                (StatusCodes.Status413PayloadTooLarge, Upload.TooLarge),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
                (StatusCodes.Status408RequestTimeout, "The upload came too slowly; try again."),
            BadHttpRequestException bad => (bad.StatusCode, Parameter().Match(bad.Message) is { Success: true } named
                ? $"The parameter '{named.Groups[1]}' is missing or no value that it takes{Described(context.Request.Path)}."
                : Sentence(bad.Message)),
            IOException or OperationCanceledException when context.RequestAborted.IsCancellationRequested =>
                (StatusCodes.Status499ClientClosedRequest, "The client went away."),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong in the server; it goes on. Its log says more."),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            string message = exception.Message.ReplaceLineEndings(" ");
            await Console.Error.WriteLineAsync(
                $"error: {context.Request.Method} {context.Request.Path}: {exception.GetType().Name}: {message}");
        }

        await Write(problems, context, status, detail);
        return true;
    }

    /// <summary>Writes one problem; without a detail, that of <see cref="Complete"/>.</summary>
    public static async Task Write(IProblemDetailsService problems, HttpContext context, int status, string? detail)
    {
        context.Response.StatusCode = status;

        // Where the client's Accept header does not allow JSON it is sent all the same: an error is better than an empty page.
        ProblemDetails details = new() { Status = status, Detail = detail };
        ProblemDetailsContext problem = new() { HttpContext = context, ProblemDetails = details };
        if (!await problems.TryWriteAsync(problem))
        {
            Complete(problem);
            await context.Response.WriteAsJsonAsync(
                problem.ProblemDetails, options: null, contentType: "application/problem+json", CancellationToken.None);
        }
    }

    /// <summary>Gives the framework's own problems a sentence too.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions.Remove("traceId");
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this address; /openapi.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => "This address takes another method; /openapi.json lists what there is.",
            _ => null,
        };
    }

    /// <summary>Where to read on; the WebSocket's address is not described there.</summary>
    private static string Described(PathString path) => path == LiveEndpoint.Path ? "" : "; /openapi.json describes it";

    /// <summary>Finds the parameter's name in the framework's message, which shows it after its C# type: `"bool timeline"`.</summary>
    [GeneratedRegex("arameter \"\\S+ (\\w+)\"")]
    private static partial Regex Parameter();

    private static string Sentence(string message) => message[^1] is '.' or '?' ? message : message + ".";
}
