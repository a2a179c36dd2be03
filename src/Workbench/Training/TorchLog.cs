using System.Runtime.InteropServices;
using TorchSharp;

namespace SpeechEmotion.Training;

/// <summary>What libtorch itself writes to the error stream.</summary>
public static class TorchLog
{
    /// <summary>Torch's own number for errors; warnings are 1.</summary>
    private const int Errors = 2;

    /// <summary>Leaves out warnings. On some processors torch warns at every convolution of a small batch that NNPACK does not know them
    /// (it then computes another way): a run or a server would write a line a layer. Call it once torch is loaded; where its switch is not
    /// found, nothing changes.</summary>
    public static unsafe void ErrorsOnly()
    {
        if (NativeLibrary.TryLoad("libc10.so", typeof(torch).Assembly, null, out nint library)
            && NativeLibrary.TryGetExport(library, "FLAGS_caffe2_log_level", out nint level))
        {
            *(int*)level = Errors;
        }
    }
}
