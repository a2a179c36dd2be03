using System.Runtime.ExceptionServices;

namespace SpeechEmotion;

/// <summary>Work on all cores.</summary>
internal static class InParallel
{
    /// <summary>Does it for 0 to count - 1, and lets the first error out as it was thrown: a full disk stays an
    /// IOException with its one line.</summary>
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
