namespace SpeechEmotion.Tests;

/// <summary>Damaged files end in a clear error, or are read for what they contain: no crash, no other exception, no hang, and no memory use
/// out of proportion to their size. `tests/Reliability/heavy garbage` reads a million of them.</summary>
public sealed class GarbageTests : IDisposable
{
    /// <summary>Bytes that a reader may allocate in addition to ten times the file's size: its buffers, a parser's tables, reflection on
    /// the first calls.</summary>
    private const long Allowance = 8 << 20;

    /// <summary>The same for a study, whose search resolves each of up to 1,000 points per model to a config, one after the other. It
    /// limits all that is allocated, not what is held at a time.</summary>
    private const long SearchAllowance = 2L << 30;

    private const long LongestSeconds = 120;
    private readonly GarbageTargets _targets = new();

    public static TheoryData<string> Names => [.. GarbageTargets.Names];

    public void Dispose() => _targets.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Spoilt_files_are_refused_or_read_for_what_they_say(string name)
    {
        GarbageTarget target = _targets.All.Single(t => t.Name == name);
        int count = Heavy.Number("SER_GARBAGE", 400) * target.Share / 100, seed = Heavy.Number("SER_SEED", 1);
        Mutator mutator = new(target.Good, target.Text, seed);
        Assert.All(target.Good, good => Assert.Null(Refused(target, target.Sign(good)))); // The originals are good.
        int refused = 0;
        double most = 0;
        long started = Environment.TickCount64;
        int number = 0;
        using Timer watchdog = new(_ =>
        {
            if (Environment.TickCount64 - Interlocked.Read(ref started) > 1000 * LongestSeconds)
            {
                Environment.FailFast($"{name}: input {number} of seed {seed} hangs");
            }
        }, null, 1000, 1000);
        for (number = 0; number < count; number++)
        {
            byte[] input = target.Sign(mutator.Make(number));
            Interlocked.Exchange(ref started, Environment.TickCount64);
            long before = GC.GetAllocatedBytesForCurrentThread();
            InputException? error;
            try
            {
                error = Refused(target, input);
            }
            catch (Exception e)
            {
                string kept = Path.Combine(Path.GetTempPath(), $"garbage-{name.Replace(' ', '-')}-{number}");
                File.WriteAllBytes(kept, input);
                throw new InvalidOperationException($"{name}: input {number} of seed {seed}, kept as {kept}", e);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            long allowed = 10 * input.Length + (name == "study" ? SearchAllowance : Allowance);
            most = Math.Max(most, (double)allocated / allowed);
            Assert.True(allocated <= allowed, $"{name}: input {number} of seed {seed} has {input.Length} bytes and takes {allocated}");
            if (error is not null)
            {
                refused++;
                Assert.True(
                    error.Message.Length is > 10 and < 20000,
                    $"{name}: input {number} of seed {seed} has an error of {error.Message.Length} letters");
            }
        }

        Assert.InRange(refused, 1, count); // or nothing was spoilt
        Heavy.Say(
            $"garbage, {name}: {count} inputs, seed {seed}: {refused} refused with an error of one's own, "
            + $"{count - refused} read and right, none else; largest allocation {100 * most:f0} % of what is allowed");
    }

    private static InputException? Refused(GarbageTarget target, byte[] input)
    {
        try
        {
            target.Read(input);
            return null;
        }
        catch (InputException e)
        {
            return e;
        }
    }
}
