using System.Runtime.InteropServices;
using TorchSharp;

namespace SpeechEmotion.Training;

/// <summary>Controls what libtorch itself writes to the error stream.</summary>
public static class TorchLog
{
    /// <summary>libtorch's log level for errors; warnings are 1.</summary>
    private const int Errors = 2;

    /// <summary>Suppresses warnings. On processors that NNPACK does not support, torch warns of that at every convolution of a small batch
    /// (and computes it another way): a run or a server would write a line per layer. Call it once torch is loaded; if the log level is not
    /// found in the library, nothing changes.</summary>
    public static unsafe void ErrorsOnly()
    {
        if (NativeLibrary.TryLoad("libc10.so", typeof(torch).Assembly, null, out nint library)
            && NativeLibrary.TryGetExport(library, "FLAGS_caffe2_log_level", out nint level))
        {
            *(int*)level = Errors;
        }
    }
}
