using System.Diagnostics;
using System.Security.Cryptography;
using SpeechEmotion.Configuration;
using SpeechEmotion.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>Chooses the device and sets torch up for it.</summary>
public static class Devices
{
    /// <summary>CUDA devices that runs may be spread over.</summary>
    /// <param name="runs">The runs; one that names its device, such as `cpu` or `cuda:1`, means it.</param>
    /// <returns>How many there are; 0 where runs choose otherwise or none is there.</returns>
    public static int Cards(IEnumerable<RunConfig> runs)
    {
        bool open = runs.All(run => run.Device is "auto" or "cuda") && cuda.is_available();
        TorchLog.ErrorsOnly();
        return open ? cuda.device_count() : 0;
    }

    /// <summary>The processor, by a value that does not wait for libtorch, as torch's own constant does.</summary>
    public static Device Processor { get; } = new(DeviceType.CPU);

    /// <summary>Has libtorch loaded on another thread, which takes more than half a second of one core; whoever needs it
    /// first waits for the rest.</summary>
    public static void LoadAhead()
    {
        Touch();
        Task.Run(() => zeros(1).Dispose());
    }

    /// <summary>Calls what a program calls next of the system, for the first time: what reads a file, takes a run folder, writes into it
    /// and looks through corpora. glibc's loader works under one lock, so that while it loads libtorch nothing else can be looked up, and
    /// the first call of any other native function would wait for the end.</summary>
    private static void Touch()
    {
        _ = Console.IsErrorRedirected | Console.IsOutputRedirected;
        _ = Stopwatch.GetTimestamp() + DateTime.UtcNow.Ticks;
        _ = Guid.NewGuid() + Environment.CurrentDirectory;
        try
        {
            DirectoryInfo scratch = Directory.CreateTempSubdirectory("ser-");
            string run = Path.Combine(scratch.FullName, "run"), file = Path.Combine(run, "file");
            using (new RunFolder(run).TryLock())
            {
                AtomicFile.WriteText(file, Convert.ToHexString(SHA256.HashData([0])));
                using FileStream stream = File.OpenRead(file);
                _ = File.Exists(file) ? File.GetAttributes(file) : default;
                stream.Seek(1, SeekOrigin.Begin);
                _ = SHA256.HashData(stream); // by other functions than bytes at once
            }

            Directory.CreateSymbolicLink(Path.Combine(scratch.FullName, "link"), run);
            string[] files = CorpusScanner.Files(scratch.FullName);
            Parallel.For(0, files.Length, i => _ = new FileInfo(Path.Combine(scratch.FullName, files[i])).Length);
            scratch.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InputException)
        {
            // Who needs such a place says so.
        }
    }

    /// <summary>Opens a config's device and sets threads and TF32.</summary>
    /// <param name="config">Its `device`, `threads` and `train.tf32` are read.</param>
    /// <returns>The device.</returns>
    /// <exception cref="InputException">CUDA is asked for and not there, or the card's number is too high.</exception>
    public static Device Open(RunConfig config)
    {
        TorchLog.ErrorsOnly();
        set_num_threads(config.Threads > 0 ? config.Threads : Environment.ProcessorCount);
        backends.cuda.matmul.allow_tf32 = config.Train.Tf32;
        backends.cudnn.allow_tf32 = config.Train.Tf32;
        string name = config.Device == "auto" ? cuda.is_available() ? "cuda" : "cpu" : config.Device;
        if (name == "cpu")
        {
            return CPU;
        }

        if (!cuda.is_available())
        {
            throw new InputException(
                $"device: {name} is asked for, and this build finds no CUDA device; "
                + "use device: cpu, or build with -p:Torch=cuda (README, GPU)");
        }

        int index = name.Contains(':') ? int.Parse(name.Split(':')[1]) : 0;
        return index < cuda.device_count()
            ? new Device(DeviceType.CUDA, index)
            : throw new InputException($"device: {name} is asked for, and there are {cuda.device_count()} CUDA devices, numbered from 0");
    }
}
