using System.Net;
using System.Net.Sockets;
using System.Text;
using SpeechEmotion.Training;
using SpeechEmotion.Web;

namespace SpeechEmotion.Tests.Web;

/// <summary>The server under more load than it can handle.</summary>
public class LoadTests
{
    [Fact]
    public async Task Past_the_queue_the_answer_is_503_with_a_time_to_come_back()
    {
        using TestFolder folder = new();
        ModelFile model = TinyModel.Write(folder.Path, "four", 4);
        await using WebServer server = await WebServer.Start([model], new ServeOptions { Port = 0, Queue = 1 });
        using HttpClient client = new() { BaseAddress = new Uri(server.Address) };
        byte[] wav = Voice.Wav(Voice.Speech(1));

        // A client that has sent half of its clip holds the only place. The server has read the head of its request once it asks for the
        // body.
        using TcpClient slow = await Begin(server, wav.Length);
        NetworkStream stream = slow.GetStream();
        using StreamReader reader = new(stream);
        Assert.StartsWith("HTTP/1.1 100", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        await stream.WriteAsync(wav.AsMemory(0, wav.Length / 2), TestContext.Current.CancellationToken);

        HttpResponseMessage refused = await client.Predict(wav);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("try again", (await refused.Json()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("healthz", TestContext.Current.CancellationToken)).StatusCode);

        // The accepted request is answered, and then there is room again.
        await stream.WriteAsync(wav.AsMemory(wav.Length / 2), TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.Predict(wav)).StatusCode);
    }

    [Fact]
    public async Task An_upload_that_does_not_end_is_given_up()
    {
        using TestFolder folder = new();
        ModelFile model = TinyModel.Write(folder.Path, "four", 4);
        ServeOptions options = new() { Port = 0, Timeout = TimeSpan.FromSeconds(1) };
        await using WebServer server = await WebServer.Start([model], options);
        using TcpClient slow = await Begin(server, 100_000);
        using StreamReader reader = new(slow.GetStream());
        string answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Contains("took too long", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_line()
    {
        using TestFolder folder = new();
        ModelFile model = TinyModel.Write(folder.Path, "four", 4);
        await using WebServer first = await WebServer.Start([model], new ServeOptions { Port = 0 });
        ServeOptions taken = new() { Port = new Uri(first.Address).Port };
        InputException error = await Assert.ThrowsAsync<InputException>(() => WebServer.Start([model], taken));
        Assert.Contains("is taken", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Sends the head of a request whose body will come slowly.</summary>
    private static async Task<TcpClient> Begin(WebServer server, int length)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port, TestContext.Current.CancellationToken);
        string head = $"POST /api/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: audio/wav\r\nContent-Length: {length}\r\n"
            + "Expect: 100-continue\r\nConnection: close\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return client;
    }
}
