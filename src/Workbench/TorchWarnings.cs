using System.Runtime.InteropServices;

namespace SpeechEmotion;

/// <summary>What libtorch says on standard error by itself.</summary>
public static partial class TorchWarnings
{
    /// <summary>Keeps to errors: libtorch else warns at every start on processors that NNPACK, which nothing here needs, does not know. Call it before
    /// the first tensor; a TORCH_CPP_LOG_LEVEL that the user has set stands.</summary>
    public static void Hide()
    {
        try
        {
            // .NET's own SetEnvironmentVariable is not seen by native code.
            _ = SetVariable("TORCH_CPP_LOG_LEVEL", "ERROR", overwrite: 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another system's C library: the warnings stand.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
