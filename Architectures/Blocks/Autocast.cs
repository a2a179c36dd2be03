using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Architectures.Blocks;

/// <summary>libtorch's autocast to bfloat16 (8 bits of mantissa, float32's range), which TorchSharp does not offer. Matrix products and
/// recurrent layers round their inputs and single-precision weights at every call; the backward pass converts the gradients back to single
/// precision. The functions are called by their C++ names as mangled on Linux, which libtorch has had since 2.4.</summary>
internal static unsafe class Autocast
{
    private static readonly nint Enable = LibTorch.Find("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb");
    private static readonly nint SetType = LibTorch.Find("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
    private static readonly nint ClearCache = LibTorch.Find("_ZN2at8autocast11clear_cacheEv");

    /// <summary>Whether this libtorch has autocast.</summary>
    public static bool Available => Enable != 0 && SetType != 0 && ClearCache != 0;

    /// <summary>Computes under autocast, on this thread.</summary>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="compute">The computation; its backward pass runs outside autocast, as intended.</param>
    /// <exception cref="NotSupportedException">This libtorch or system does not have autocast.</exception>
    public static Tensor Bfloat16(DeviceType device, Func<Tensor> compute)
    {
        if (!Available)
        {
            throw new NotSupportedException(
                "model.precision: bfloat16 takes libtorch's autocast, which this libtorch or system does not have; take float32");
        }

        ((delegate* unmanaged<sbyte, sbyte, void>)SetType)((sbyte)device, (sbyte)ScalarType.BFloat16);
        ((delegate* unmanaged<sbyte, byte, void>)Enable)((sbyte)device, 1);
        try
        {
            return compute();
        }
        finally
        {
            ((delegate* unmanaged<sbyte, byte, void>)Enable)((sbyte)device, 0);
            ((delegate* unmanaged<void>)ClearCache)(); // Cached rounded weights would outlive the step that changes the weights.
        }
    }
}
