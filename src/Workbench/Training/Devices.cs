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
    /// <summary>Number of CUDA devices that runs may be spread over.</summary>
    /// <param name="runs">The runs. A run that names a particular device, such as `cpu` or `cuda:1`, must get that device.</param>
    /// <returns>The number; 0 if any run names a particular device or CUDA is not available.</returns>
    public static int Cards(IEnumerable<RunConfig> runs)
    {
        bool open = runs.All(run => run.Device is "auto" or "cuda") && cuda.is_available();
        TorchLog.ErrorsOnly();
        return open ? cuda.device_count() : 0;
    }

    /// <summary>The CPU. Unlike torch's own constant, this value does not wait until libtorch is loaded.</summary>
    public static Device Processor { get; } = new(DeviceType.CPU);

    /// <summary>Starts loading libtorch on another thread, which takes more than half a second of one core. The first caller that needs it
    /// waits until it is loaded.</summary>
    public static void LoadAhead()
    {
        Touch();
        Task.Run(() => zeros(1).Dispose());
    }

    /// <summary>Makes the first call of the native functions that the program needs next: to read a file, lock a run folder, write into it
    /// and scan corpora. glibc's loader holds one lock while it loads libtorch: no other native function can be looked up meanwhile, and
    /// the first call of any would wait until loading ends.</summary>
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
                _ = SHA256.HashData(stream); // Hashing a stream calls other native functions than hashing an array.
            }

            Directory.CreateSymbolicLink(Path.Combine(scratch.FullName, "link"), run);
            string[] files = CorpusScanner.Files(scratch.FullName);
            Parallel.For(0, files.Length, i => _ = new FileInfo(Path.Combine(scratch.FullName, files[i])).Length);
            scratch.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InputException)
        {
            // Code that needs such a folder reports the error itself.
        }
    }

    /// <summary>Opens a config's device and sets threads and TF32.</summary>
    /// <param name="config">Its `device`, `threads` and `train.tf32` are read.</param>
    /// <returns>The device.</returns>
    /// <exception cref="InputException">CUDA is asked for and not available, or the device number is too high.</exception>
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
