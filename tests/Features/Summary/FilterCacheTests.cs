using SpeechEmotion.Features.Summary;

namespace SpeechEmotion.Tests;

public class FilterCacheTests
{
    [Fact]
    public void Filters_are_made_once_and_dropped_where_they_grow_too_many()
    {
        List<int> made = [];
        FilterCache<int, int> cache = new(key =>
        {
            made.Add(key);
            return 2 * key;
        });
        Assert.All(Enumerable.Range(0, 512).Concat(Enumerable.Range(0, 512)), key => Assert.Equal(2 * key, cache.Of(key)));
        Assert.Equal(Enumerable.Range(0, 512), made);

        Assert.Equal([1024, 0], new[] { cache.Of(512), cache.Of(0) });
        Assert.Equal([512, 0], made[512..]);
    }
}
