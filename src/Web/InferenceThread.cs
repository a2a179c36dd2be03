using System.Collections.Concurrent;

namespace SpeechEmotion.Web;

/// <summary>The one thread on which models run, one clip at a time. The limit on admitted requests bounds what waits here: a job whose
/// caller has gone keeps only its place in the queue.</summary>
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

    /// <summary>Queues work behind what is waiting already.</summary>
    /// <param name="work">Runs on the inference thread.</param>
    /// <param name="stop">Work that has not begun when this is cancelled is skipped.</param>
    public Task<T> Run<T>(Func<T> work, CancellationToken stop)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<T>? waiting = work;

        // When the caller goes, the work is released, and with it the upload.
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

        // A caller who has gone does not wait for the jobs that are ahead.
        return done.Task.WaitAsync(stop);
    }

    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }
}
