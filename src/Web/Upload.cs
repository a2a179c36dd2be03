using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SpeechEmotion.Web;

/// <summary>The sound of a request.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Content">The whole file.</param>
internal sealed record Upload(string Name, MemoryStream Content)
{
    /// <summary>Bytes that a form's own lines may take in addition to the file, whose size is checked again by itself.</summary>
    public const int FormLines = 1 << 16;

    public static readonly string TooLarge = $"The file is larger than {ServeOptions.MostBytes >> 20} MB; send a shorter clip.";

    private const string CutShort = "The multipart form is broken or was cut short; send it again.";

    private const string WrongType = "Send WAV: a body with Content-Type audio/wav, or a multipart form with the file in it "
        + "(curl -F file=@clip.wav, or curl -H 'Content-Type: audio/wav' --data-binary @clip.wav).";

    private static readonly string[] Sound = ["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/aiff", "audio/x-aiff"];

    /// <summary>Reads the body, in memory only.</summary>
    /// <param name="request">A sound file as the body, or a multipart form with one.</param>
    /// <exception cref="ProblemException">Too large, empty, of another type, or under a name that is a path.</exception>
    public static async Task<Upload> Read(HttpRequest request)
    {
        if (request.ContentLength > ServeOptions.MostBytes + FormLines)
        {
            throw new ProblemException(StatusCodes.Status413PayloadTooLarge, TooLarge);
        }

        CancellationToken stop = request.HttpContext.RequestAborted;
        string? type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? header)
            ? header.MediaType.Value?.ToLowerInvariant()
            : null;
        (string name, Stream body) = type switch
        {
            "multipart/form-data" => await File(header!, request.Body, stop),
            not null when Sound.Contains(type) => ("The sound", request.Body),
            _ => throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, WrongType),
        };
        MemoryStream content = new();
        byte[] buffer = new byte[81920];
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, stop)) > 0;)
            {
                if (content.Length + read > ServeOptions.MostBytes)
                {
                    throw new ProblemException(StatusCodes.Status413PayloadTooLarge, TooLarge);
                }

                content.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, CutShort);
        }

        return content.Length > 0
            ? new Upload(name, content)
            : throw new ProblemException(StatusCodes.Status400BadRequest, $"{name} is empty; send a WAV file.");
    }

    /// <summary>The first file of a form, streamed as it arrives; the framework's own form reading would write it to disk.</summary>
    private static async Task<(string Name, Stream Body)> File(MediaTypeHeaderValue type, Stream body, CancellationToken stop)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "";
        if (boundary.Length is 0 or > 70)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest, "The multipart form has no valid boundary; send it as curl -F file=@clip.wav does.");
        }

        try
        {
            MultipartReader reader = new(boundary, body);
            while (await reader.ReadNextSectionAsync(stop) is MultipartSection section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition)
                    && disposition.IsFileDisposition())
                {
                    string? given = disposition.FileNameStar.HasValue
                        ? disposition.FileNameStar.Value
                        : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                    return (PlainName(given), section.Body);
                }
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, CutShort);
        }

        throw new ProblemException(StatusCodes.Status400BadRequest, "The form holds no file; send it as curl -F file=@clip.wav does.");
    }

    /// <summary>True for what the form reader throws where a form ends early. The server's own refusals are excluded, so that they keep
    /// their status.</summary>
    private static bool IsBroken(Exception e) => e is InvalidDataException or IOException and not BadHttpRequestException;

    /// <summary>The name to show for a file; it is never opened. A name that is a path is refused: no honest client sends one.</summary>
    private static string PlainName(string? name) => name switch
    {
        null or "" => "The file",
        _ when name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\') >= 0 || name.Any(char.IsControl) =>
            throw new ProblemException(StatusCodes.Status400BadRequest, "The file's name is a path; send the name alone, without folders."),
        _ => name.Length <= 100 ? name : name[..100] + "…",
    };
}
