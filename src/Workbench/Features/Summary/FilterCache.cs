using System.Collections.Concurrent;

namespace SpeechEmotion.Features.Summary;

/// <summary>Filters that are made once. A tuning is one of a hundred, but rates are as many as who sends sound likes, so what is kept is
/// dropped where it grows too many. Several threads may share one.</summary>
/// <typeparam name="TKey">What filters depend on.</typeparam>
/// <typeparam name="TValue">The filters.</typeparam>
/// <param name="make">Makes them.</param>
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
