using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace SpeechEmotion.Load;

/// <summary>Results of a run of requests.</summary>
/// <param name="Milliseconds">Time of each answered request, sorted.</param>
/// <param name="Refused">Requests that were answered with 503.</param>
/// <param name="Seconds">Wall time of the run.</param>
internal sealed record Figures(double[] Milliseconds, int Refused, double Seconds)
{
    public int Answered => Milliseconds.Length;

    public double PerSecond => Answered / Seconds;

    /// <summary>Percentile of the times by nearest rank, in milliseconds; <paramref name="share"/> is between 0 and 1.</summary>
    public double Percentile(double share) => Milliseconds[Math.Clamp((int)Math.Ceiling(share * Answered) - 1, 0, Answered - 1)];
}

/// <summary>Clients that each send the next request when the last is answered.</summary>
internal sealed class Clients(Uri address, byte[] clip) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    public async Task<Figures> Run(int count, int requests)
    {
        ConcurrentBag<double> times = [];
        int left = requests, refused = 0;
        Stopwatch clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                Stopwatch one = Stopwatch.StartNew();
                using ByteArrayContent body = new(clip);
                body.Headers.ContentType = new("audio/wav");
                using HttpResponseMessage answer = await _http.PostAsync("api/predict", body);
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                await answer.EnsureSuccessStatusCode().Content.LoadIntoBufferAsync();
                times.Add(one.Elapsed.TotalMilliseconds);
            }
        })));
        return new Figures([.. times.Order()], refused, clock.Elapsed.TotalSeconds);
    }

    public void Dispose() => _http.Dispose();
}
