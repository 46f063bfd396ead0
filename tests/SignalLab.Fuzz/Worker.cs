using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace SignalLab.Fuzz;

/// <summary>Runs the cases of one sample in a process of its own, whose heap is limited, and prints one line a failure.</summary>
internal sealed class Worker(Options options)
{
    /// <summary>A case may take this long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // A case that is not back after so much work, or six times as long on a busy machine, will not be: the process ends and its supervisor begins after it.
    private static readonly TimeSpan End = TimeSpan.FromSeconds(10);

    // The stack of a thread on the leanest system.
    private const int StackBytes = 1 << 20;

    private readonly HashSet<string> kept = new(StringComparer.Ordinal);
    private long started;
    private double slowest;
    private double mostCpu;
    private long largest;

    /// <summary>Runs them.</summary>
    /// <returns>The process's exit code.</returns>
    public int Run()
    {
        var (at, cpu) = (0L, TimeSpan.Zero);
        var thread = new Thread(RunCases, StackBytes) { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(200)))
        {
            var since = Volatile.Read(ref started);
            if (since != at)
            {
                (at, cpu) = (since, Environment.CpuUsage.TotalTime);
            }
            else if (at > 0 && (Environment.CpuUsage.TotalTime - cpu > End || Stopwatch.GetElapsedTime(at) > 6 * End))
            {
                return Supervisor.HungExit;
            }
        }

        return 0;
    }

    private void RunCases()
    {
        if (Sample.Of(options.Paths[0]) is not { } sample)
        {
            Console.Out.WriteLine("skipped");
            return;
        }

        using var scratch = new Scratch(sample, []);
        using var progress = options.Progress is null ? null : new FileStream(options.Progress, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        var cases = new Cases(sample, options);
        Console.Out.WriteLine($"sample\t{sample.Format.Name}\t{sample.Parts.Count}\t{cases.Count}");
        foreach (var part in sample.Parts)
        {
            Console.Out.WriteLine("part\t" + part);
        }

        var (first, end) = options.Case is { } one ? (one, one + 1) : (options.From, cases.Count);
        for (var number = first; number < end; number++)
        {
            progress?.Seek(0, SeekOrigin.Begin);
            progress?.Write(BitConverter.GetBytes(number));
            cases.Put(number, scratch);
            if (Judge(sample, scratch) is { } fault)
            {
                Report(sample, cases, scratch, number, fault);
            }

            if (number % 256 == 255)
            {
                // Files of earlier cases are given back when nothing refers to them.
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        Console.Out.WriteLine(FormattableString.Invariant($"done\t{end - first}\t{slowest:F3}\t{mostCpu:F3}\t{largest >> 20}\t{Process.GetCurrentProcess().PeakWorkingSet64 >> 20}"));
    }

    private Exception? Judge(Sample sample, Scratch scratch)
    {
        var (fault, wall, cpu) = Timed(sample, scratch);
        if (fault is null && wall > Limit.TotalSeconds)
        {
            // Another program may have been in the way: once more, and the processor's time decides.
            var again = Timed(sample, scratch);
            (wall, cpu) = again.Wall < wall ? (again.Wall, again.Cpu) : (wall, cpu);
            fault = Math.Min(wall, cpu) > Limit.TotalSeconds ? new TimeoutException(FormattableString.Invariant($"took {wall:F1} s, {cpu:F1} s of the processor's")) : null;
        }

        slowest = Math.Max(slowest, wall);
        mostCpu = Math.Max(mostCpu, cpu);
        return fault;
    }

    private (Exception? Fault, double Wall, double Cpu) Timed(Sample sample, Scratch scratch)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Volatile.Write(ref started, start);
        var fault = Verdict.Of(() => Verdict.Open(scratch.Path, sample.Format));
        Volatile.Write(ref started, 0);
        largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - allocated);
        return (fault, Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private void Report(Sample sample, Cases cases, Scratch scratch, int number, Exception fault)
    {
        if (options.Case is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        var place = new StackTrace(fault, true).GetFrames().FirstOrDefault(f => f.GetMethod()?.DeclaringType?.Namespace?.StartsWith("SignalLab.Formats", StringComparison.Ordinal) == true);
        var key = $"{fault.GetType().Name} in {place?.GetMethod()?.DeclaringType?.Name}.{place?.GetMethod()?.Name} line {place?.GetFileLineNumber()}";
        Console.Out.WriteLine($"failed\t{number}\t{key}\t{cases.Name(number)}: {fault.Message.ReplaceLineEndings(" ")}");
        if (kept.Add(key))
        {
            scratch.Keep(Path.Combine(options.Crashes, $"{sample.Format.Name}-{Path.GetFileName(sample.Path)}-{options.Seed}-{number}".Replace('/', '_')));
        }
    }
}
