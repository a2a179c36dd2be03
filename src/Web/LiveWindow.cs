using System.Buffers.Binary;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Web;

/// <summary>The newest seconds of a stream of sound. Memory is bounded: what is older is overwritten.</summary>
/// <param name="rate">Sample rate of the stream, in Hz.</param>
internal sealed class LiveWindow(int rate)
{
    private readonly float[] _ring = new float[(int)(Timeline.WindowSeconds * rate)];
    private readonly Lock _turn = new();
    private long _count;

    /// <summary>Seconds of sound received since the start.</summary>
    public double Seconds
    {
        get
        {
            lock (_turn)
            {
                return (double)_count / rate;
            }
        }
    }

    /// <summary>Adds sound.</summary>
    /// <param name="pcm">Whole samples of 16 bits, little-endian.</param>
    public void Add(ReadOnlySpan<byte> pcm)
    {
        lock (_turn)
        {
            for (int i = 0; i + 1 < pcm.Length; i += 2)
            {
                _ring[_count++ % _ring.Length] = BinaryPrimitives.ReadInt16LittleEndian(pcm[i..]) / 32768f;
            }
        }
    }

    /// <summary>The newest sound, at most one window of it, oldest sample first.</summary>
    public Waveform Newest()
    {
        lock (_turn)
        {
            int held = (int)Math.Min(_count, _ring.Length);
            float[] samples = new float[held];
            for (int i = 0; i < held; i++)
            {
                samples[i] = _ring[(_count - held + i) % _ring.Length];
            }

            return new Waveform(samples, rate);
        }
    }
}
