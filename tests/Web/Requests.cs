using System.Net.Http.Headers;
using System.Text.Json;

namespace SpeechEmotion.Tests.Web;

/// <summary>Requests as clients make them.</summary>
internal static class Requests
{
    public static Task<HttpResponseMessage> Predict(this HttpClient client, byte[] body, string query = "", string? type = "audio/wav")
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return client.PostAsync($"api/predict{query}", content, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> PredictForm(this HttpClient client, byte[] body, string name)
    {
        ByteArrayContent part = new(body);
        MultipartFormDataContent form = new() { { part, "file" } };
        part.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse($"form-data; name=\"file\"; filename=\"{name}\"");
        return client.PostAsync("api/predict", form, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonElement> Json(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    public static double[] Probabilities(this JsonElement answer) =>
        [.. answer.GetProperty("probabilities").EnumerateObject().Select(p => p.Value.GetDouble())];
}
