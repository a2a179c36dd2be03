namespace SpeechEmotion.Splits;

/// <summary>NumPy's legacy <c>RandomState</c>, as far as scikit-learn's splits need it: the Mersenne Twister MT19937 (Matsumoto and
/// Nishimura, 1998) seeded with one number, and the shuffle, frozen since NumPy 1.16. Published splits are drawn with it.</summary>
public sealed class NumpyRandom
{
    private const int Size = 624, Middle = 397;
    private const uint Upper = 0x80000000, Lower = 0x7fffffff, Twist = 0x9908b0df;
    private readonly uint[] _state = new uint[Size];
    private int _place = Size;

    /// <summary>Seeds the generator as <c>RandomState(seed)</c> does.</summary>
    /// <param name="seed">The seed.</param>
    public NumpyRandom(uint seed)
    {
        for (uint i = 0; i < Size; i++)
        {
            _state[i] = seed;
            seed = unchecked((1812433253u * (seed ^ (seed >> 30))) + i + 1);
        }
    }

    /// <summary>The next 32 random bits.</summary>
    public uint Next()
    {
        if (_place == Size)
        {
            Refill();
        }

        uint y = _state[_place++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>A random integer from 0 to a limit, both included. Takes as few low bits as can hold the limit, and draws again while they
    /// exceed it.</summary>
    /// <param name="limit">The largest number.</param>
    public uint Interval(uint limit)
    {
        if (limit == 0)
        {
            return 0;
        }

        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(limit), value;
        do
        {
            value = Next() & mask;
        }
        while (value > limit);
        return value;
    }

    /// <summary><c>RandomState.permutation(n)</c>: 0 to n − 1, shuffled from the end (Fisher and Yates).</summary>
    /// <param name="count">How many numbers.</param>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)Interval((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private void Refill()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (_state[i] & Upper) | (_state[(i + 1) % Size] & Lower);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : Twist);
        }

        _place = 0;
    }
}
