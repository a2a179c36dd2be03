using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpeechEmotion.Audio;

/// <summary>The sum of products, a vector register at a time.</summary>
internal static class DotProduct
{
    /// <summary>Multiplies and adds.</summary>
    /// <param name="a">One factor of each product.</param>
    /// <param name="b">The other factor of each product; values beyond the length of <paramref name="a"/> are ignored, fewer are not
    /// allowed.</param>
    /// <returns>The sum in single precision.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        float total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}
