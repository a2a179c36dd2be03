using System.Collections.Concurrent;

namespace SpeechEmotion.Features.Summary;

/// <summary>Makes filters once and keeps them. There are a hundred possible tunings, but whoever sends sound chooses its rate, so the cache
/// is emptied when it grows too large. Several threads may share an instance.</summary>
/// <typeparam name="TKey">What filters depend on.</typeparam>
/// <typeparam name="TValue">The filters.</typeparam>
/// <param name="make">Makes the filters of a key.</param>
internal sealed class FilterCache<TKey, TValue>(Func<TKey, TValue> make)
    where TKey : notnull
{
    private const int Most = 512; // five rates with all their tunings

    private readonly ConcurrentDictionary<TKey, TValue> _made = new();

    /// <summary>The filters of a key.</summary>
    public TValue Of(TKey key)
    {
        if (_made.TryGetValue(key, out TValue? made))
        {
            return made;
        }

        if (_made.Count >= Most)
        {
            _made.Clear();
        }

        return _made.GetOrAdd(key, make);
    }
}
