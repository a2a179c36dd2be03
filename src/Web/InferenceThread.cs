using System.Collections.Concurrent;

namespace SpeechEmotion.Web;

/// <summary>The one thread on which models run, one clip at a time. What waits here is bounded by the requests that are let in, for one
/// whose caller has gone leaves nothing but its place.</summary>
internal sealed class InferenceThread : IDisposable
{
    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Thread _thread;

    public InferenceThread()
    {
        _thread = new Thread(() =>
        {
            foreach (Action job in _jobs.GetConsumingEnumerable())
            {
                job();
            }
        })
        { IsBackground = true, Name = "inference" };
        _thread.Start();
    }

    /// <summary>Does some work after what waits already.</summary>
    /// <param name="work">Runs on the thread.</param>
    /// <param name="stop">Work that has not begun by then is left out.</param>
    public Task<T> Run<T>(Func<T> work, CancellationToken stop)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<T>? waiting = work;

        // A caller who goes takes his work with him, and with it the upload.
        CancellationTokenRegistration gone = stop.UnsafeRegister(_ => Interlocked.Exchange(ref waiting, null), null);
        _jobs.Add(
            () =>
            {
                gone.Dispose();
                if (Interlocked.Exchange(ref waiting, null) is not Func<T> next)
                {
                    done.TrySetCanceled(stop);
                    return;
                }

                try
                {
                    done.TrySetResult(next());
                }
                catch (Exception e)
                {
                    done.TrySetException(e);
                }
            },
            CancellationToken.None);

        // A caller who has gone does not wait for the jobs before his.
        return done.Task.WaitAsync(stop);
    }

    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }
}
