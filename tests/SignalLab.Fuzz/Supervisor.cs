using System.Diagnostics;
using System.Globalization;
using SignalLab.Formats;

namespace SignalLab.Fuzz;

/// <summary>Gives every sample a worker; a worker that dies or hangs is a failure, and a new one begins behind the case that killed it.</summary>
internal sealed class Supervisor(Options options)
{
    /// <summary>A worker's exit code where a case did not come back.</summary>
    public const int HungExit = 70;

    // 512 MB for a case; the program's own few are in it.
    private const string HeapLimit = "0x20000000";

    private readonly HashSet<(int Seed, string Format, string Path)> damaged = [];
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Samples, long Cases, double Slowest, double Cpu, long Peak)> formats = new(StringComparer.Ordinal);

    /// <summary>Runs everything and prints a table.</summary>
    /// <returns>0 where nothing failed, else 1.</returns>
    public int Run()
    {
        string[] samples = [.. Sample.Under(options.Paths)];
        var clock = Stopwatch.StartNew();
        var seed = options.Seed;
        do
        {
            foreach (var sample in samples.TakeWhile(_ => options.Minutes == 0 || clock.Elapsed.TotalMinutes < options.Minutes))
            {
                RunSample(sample, seed);
            }

            seed++;
        }
        while (clock.Elapsed.TotalMinutes < options.Minutes);

        Console.Out.WriteLine($"{"format",-24}{"samples",8}{"cases",10}{"slowest s",11}{"of CPU s",10}{"peak MB",9}");
        foreach (var (format, t) in formats)
        {
            Console.Out.WriteLine(FormattableString.Invariant($"{format,-24}{t.Samples,8}{t.Cases,10}{t.Slowest,11:F3}{t.Cpu,10:F3}{t.Peak,9}"));
        }

        foreach (var (key, count) in failures.OrderByDescending(f => f.Value))
        {
            Console.Out.WriteLine($"{count,8} × {key}");
        }

        Console.Out.WriteLine(FormattableString.Invariant($"{formats.Sum(f => f.Value.Cases)} cases, {failures.Values.Sum()} failures, {clock.Elapsed.TotalMinutes:F1} min"));
        return failures.Count == 0 ? 0 : 1;
    }

    // A file that was damaged as part of an earlier sample of its format is not damaged again: a header, its signals and its annotations are one sample.
    private void RunSample(string path, int seed)
    {
        var head = FileHead.Of(path);
        if (KnownFormats.All.FirstOrDefault(f => f.Recognises(head)) is not { } known || damaged.Contains((seed, known.Name, path)))
        {
            return;
        }

        var progress = Path.GetTempFileName();
        try
        {
            for (int? from = 0; from is { } first;)
            {
                from = RunWorker(path, seed, first, progress);
            }
        }
        finally
        {
            File.Delete(progress);
        }
    }

    // The case to go on with, or null where the sample is done.
    private int? RunWorker(string path, int seed, int from, string progress)
    {
        File.WriteAllBytes(progress, []);
        using var worker = Start(path, seed, from, progress);
        var error = worker.StandardError.ReadToEndAsync();
        var (format, count, isDone) = ("", 0, false);
        while (worker.StandardOutput.ReadLine() is { } line)
        {
            var words = line.Split('\t');
            switch (words[0])
            {
                case "skipped":
                    return null;
                case "sample" when options.Format is { } wanted && !wanted.Equals(words[1], StringComparison.OrdinalIgnoreCase):
                    worker.Kill();
                    return null;
                case "sample":
                    (format, count) = (words[1], int.Parse(words[3], CultureInfo.InvariantCulture));
                    break;
                case "part":
                    damaged.Add((seed, format, words[1]));
                    break;
                case "failed":
                    Fail($"{format}: {words[2]}", $"{path} case {words[1]} seed {seed}: {words[2]}: {words[3]}");
                    break;
                case "done":
                    isDone = true;
                    Add(format, from == 0 ? 1 : 0, long.Parse(words[1], CultureInfo.InvariantCulture), Real(words[2]), Real(words[3]), long.Parse(words[5], CultureInfo.InvariantCulture));
                    Console.Out.WriteLine($"{path}\t{format}\t{words[1]} cases\tslowest {words[2]} s, {words[3]} s of the processor's\tmost allocated {words[4]} MB\tpeak {words[5]} MB");
                    break;
            }
        }

        worker.WaitForExit();
        if (isDone)
        {
            return null;
        }

        var at = File.ReadAllBytes(progress) is { Length: >= 4 } number ? BitConverter.ToInt32(number) : -1;
        var why = worker.ExitCode == HungExit ? "did not come back" : $"ended the process ({worker.ExitCode}): {string.Join(" | ", error.Result.Split('\n').Where(l => l.Length > 0).Take(4))}";
        Fail($"{format}: {why}", $"{path} case {at} seed {seed}: {why}");
        Add(format, from == 0 ? 1 : 0, at - from + 1, 0, 0, 0);
        return at < 0 || at + 1 >= count ? null : at + 1;
    }

    private Process Start(string path, int seed, int from, string progress)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words =
        [
            path, "--from", Word(from), "--progress", progress, "--seed", Word(seed), "--truncations", Word(options.Truncations),
            "--mutations", Word(options.Mutations), "--crashes", options.Crashes,
        ];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        return Process.Start(start)!;
    }

    private void Fail(string key, string line)
    {
        failures[key] = failures.GetValueOrDefault(key) + 1;
        if (failures[key] <= 3)
        {
            Console.Out.WriteLine("FAILED " + line);
        }
    }

    private void Add(string format, int samples, long cases, double slowest, double cpu, long peak)
    {
        var t = formats.GetValueOrDefault(format);
        formats[format] = (t.Samples + samples, t.Cases + cases, Math.Max(t.Slowest, slowest), Math.Max(t.Cpu, cpu), Math.Max(t.Peak, peak));
    }

    private static double Real(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);
}
