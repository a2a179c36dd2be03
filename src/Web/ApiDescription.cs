using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Web;

/// <summary>What /openapi.json says beyond what is derived from the code.</summary>
internal static class ApiDescription
{
    public static void Add(IServiceCollection services) => services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "Speech emotion",
            Version = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3),
            Description = "Tells the emotion of a voice. Errors are problem details (RFC 9457) with a sentence for a person in `detail`.",
        };
        return Task.CompletedTask;
    }));

    /// <summary>Describes the request body, which the code reads as a stream, and the error responses.</summary>
    public static void Describe(RouteHandlerBuilder predict)
    {
        predict.WithSummary("The emotion of one clip").AddOpenApiOperationTransformer((operation, _, _) =>
        {
            OpenApiSchema file = new() { Type = JsonSchemaType.String, Format = "binary" };
            OpenApiSchema form = new()
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = file },
                Required = new HashSet<string> { "file" },
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description =
                    $"WAV (or AIFF): mono or stereo, {Recording.LowestRate:N0} to {Recording.HighestRate:N0} samples a second, "
                    + $"{Recording.LeastSeconds} s to {ServeOptions.MostSeconds / 60} minutes, {ServeOptions.MostBytes >> 20} MB at most",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["audio/wav"] = new() { Schema = file },
                    ["multipart/form-data"] = new() { Schema = form },
                },
            };
            return Task.CompletedTask;
        });
        foreach (int status in new[] { 400, 403, 408, 413, 415, 422, 503 })
        {
            predict.ProducesProblem(status);
        }
    }
}
