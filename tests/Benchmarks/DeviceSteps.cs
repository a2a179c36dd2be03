using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>Milliseconds of a training step of each architecture on a device, on the shapes of <see cref="StepBenchmarks"/>. Steps follow
/// each other without waiting, as in training, and a round ends when the device is done. Prints one line of JSON,
/// as torch_step.py does.</summary>
internal static class DeviceSteps
{
    private const int Rounds = 5, Warm = 20;

    /// <summary>Times the models.</summary>
    /// <param name="device">`cpu`, `cuda` or `cuda:N`.</param>
    /// <param name="steps">Steps per round.</param>
    public static void Print(string device, int steps)
    {
        Device on = device == "cpu" || cuda.is_available()
            ? torch.device(device)
            : throw new InputException($"{device}: this build finds no CUDA device");
        Console.WriteLine(JsonSerializer.Serialize(StepBenchmarks.Models.ToDictionary(name => name, name => Of(name, on, steps))));
    }

    private static Dictionary<string, double> Of(string model, Device device, int steps)
    {
        StepBenchmarks benchmark = new() { Model = model, Device = device };
        benchmark.Prepare();
        Take(Warm);
        double[] times = [.. Enumerable.Range(0, Rounds).Select(_ => Take(steps)).Order()];
        return new() { ["min"] = times[0], ["median"] = times[Rounds / 2] };

        double Take(int count)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                benchmark.Step();
            }

            benchmark.Wait();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
        }
    }
}
