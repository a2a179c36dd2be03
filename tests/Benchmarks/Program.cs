using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SpeechEmotion;
using SpeechEmotion.Benchmarks;
using TorchSharp;

if (args is ["load"])
{
    // Lower bound for the start of every program here: libtorch loaded and one operation.
    return (torch.ones(2) + torch.ones(2)).sum().item<float>() == 4 ? 0 : 1;
}

if (args is ["steps", string device, string steps])
{
    HostMemory.Tune();
    DeviceSteps.Print(device, int.Parse(steps));
    return 0;
}

// Memory is set up as in every program of the workbench. The job warms up for two seconds, since loops run unoptimised at first, and stays
// in this process, since a build for each benchmark would link libtorch anew.
HostMemory.Tune();
Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
    .WithWarmupCount(8)
    .WithIterationCount(10)
    .WithGcForce(false)
    .WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(250));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
    .Run(args, DefaultConfig.Instance.AddJob(job).AddExporter(JsonExporter.Brief));
return 0;
