using System.Runtime.ExceptionServices;

namespace SpeechEmotion;

/// <summary>Work on all cores.</summary>
internal static class InParallel
{
    /// <summary>Calls <paramref name="work"/> for 0 to count - 1 in parallel, and rethrows the first error as it was thrown: a full disk
    /// stays an IOException with its one-line message.</summary>
    public static void Each(int count, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
