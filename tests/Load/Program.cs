using SpeechEmotion.Load;

// Load test: starts its own server on 127.0.0.1, sends requests and ends by itself: `load [--model RUN] [--requests N]`.
string? model = Value("--model");
int requests = int.Parse(Value("--requests") ?? "10000");
using Server server = await Server.Start(model is null ? [] : ["--model", model]);
Console.WriteLine($"{server.Greeting}");
Console.WriteLine($"{Environment.ProcessorCount} cores, load of the machine before: {File.ReadAllText("/proc/loadavg").Trim()}");
byte[] clip = Clip.Make(seconds: 3);
using Clients clients = new(server.Address, clip);
_ = await clients.Run(1, 20); // Warm-up of code that is compiled at first use.

Console.WriteLine("| clients | requests | requests/s | p50 ms | p99 ms | refused (503) |");
Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (int count in new[] { 1, 8, 64 })
{
    Figures figures = await clients.Run(count, Math.Max(count, requests / 20));
    Console.WriteLine(
        $"| {count} | {figures.Answered} | {figures.PerSecond:f1} | {figures.Percentile(0.50):f0} | {figures.Percentile(0.99):f0} "
        + $"| {figures.Refused} |");
}

Console.WriteLine($"memory over {requests} requests of 8 clients (resident MB of the server):");
for (int part = 0; part <= 10; part++)
{
    Console.WriteLine($"{part * requests / 10,6} requests: {server.ResidentMegabytes:f0} MB");
    if (part < 10)
    {
        _ = await clients.Run(8, requests / 10);
    }
}

Console.WriteLine($"load of the machine after: {File.ReadAllText("/proc/loadavg").Trim()}");

string? Value(string option) => args.SkipWhile(arg => arg != option).Skip(1).FirstOrDefault();
