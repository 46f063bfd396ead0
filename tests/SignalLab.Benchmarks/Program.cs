using System.Diagnostics;
using System.Globalization;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Montages;
using SignalLab.Formats;
using SignalLab.Learning.Beats;
using SignalLab.Model;

namespace SignalLab.Benchmarks;

/// <summary>Times one operation seven times (a page 101 times) in its own process and prints <c>operation, wall s, CPU s (medians), peak MiB</c>: our side of a race.</summary>
internal static class Program
{
    // Opening takes a millisecond, less than the clock of CPU time tells apart: so many count as one turn.
    private const int Openings = 50;

    private static int Main(string[] args)
    {
        if (args is ["long-copy", var from, var to, var times])
        {
            LongCopy.Write(from, to, int.Parse(times, CultureInfo.InvariantCulture));
            return 0;
        }

        if (args is ["formats", var original, var folder])
        {
            SameInOtherFormats.Write(original, folder);
            return 0;
        }

        if (args is ["train-beats", var folders, var model, var classes, .. var folds])
        {
            BeatModels.Train(folders, model, classes, folds is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 6);
            return 0;
        }

        if (args is ["classify-beats", var records, var classifier, var csv])
        {
            BeatModels.Classify(records, classifier, csv);
            return 0;
        }

        if (args is not [var operation, var file])
        {
            Console.Error.WriteLine("usage: SignalLab.Benchmarks open|annotations|read|detect-beats|examine-ecg|page|bandpass|notch|fir|welch|resample|resample-poly|average|morlet|ica|fft-LENGTH FILE | long-copy FROM TO TIMES | formats FROM FOLDER | train-beats FOLDER[,FOLDER] MODEL CLASSES.csv [FOLDS] | classify-beats FOLDER rules|bundled|MODEL CLASSES.csv");
            return 2;
        }

        Action run = operation switch
        {
            "open" => () => Open(file),
            "annotations" => () => _ = Recordings.Open(file).Annotations.Count,
            "read" => () => _ = ReadAll(Recordings.Open(file)),
            "detect-beats" => () => _ = Recordings.Open(file).DetectBeats(),
            "examine-ecg" => () => _ = Recordings.Open(file).Examine(new EcgOptions { Classifier = TrainedBeatClassifier.Bundled }),
            "page" => Page(Recordings.Open(file)),
            _ => InMemory.Named(operation, file) ?? throw new ArgumentException($"unknown operation {operation}"),
        };
        // A page is short and its first turns are still being compiled: more of them.
        var (wall, cpu) = Time(run, operation == "page" ? 101 : 7);
        var share = operation == "open" ? Openings : operation.StartsWith("fft-", StringComparison.Ordinal) ? InMemory.TransformTurns : 1;
        Console.Out.WriteLine(FormattableString.Invariant($"{operation},{wall / share:F6},{cpu / share:F6},{PeakMebibytes():F0}"));
        return 0;
    }

    private static void Open(string file)
    {
        for (var i = 0; i < Openings; i++)
        {
            _ = Recordings.Open(file);
        }
    }

    private static (double Wall, double Cpu) Time(Action run, int times)
    {
        var (walls, cpus) = (new double[times], new double[times]);
        run();
        for (var i = 0; i < times; i++)
        {
            GC.Collect();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            run();
            walls[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpus[i] = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        }

        Array.Sort(walls);
        Array.Sort(cpus);
        return (walls[times / 2], cpus[times / 2]);
    }

    // Every sample of every channel to double, held in memory as a peer's preload does.
    private static double[] ReadAll(Recording recording)
    {
        var channels = Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind == ChannelKind.Eeg).ToArray();
        var count = (int)recording.Channels[channels[0]].SampleCount;
        var values = GC.AllocateUninitializedArray<double>(channels.Length * count);
        recording.Samples.Read(channels, 0, count, values);
        return values;
    }

    // Ten seconds, filtered and bipolar, at a new place each time: what turning a page costs.
    private static Action Page(Recording recording)
    {
        var view = recording.Montage(Montage.Banana).Bandpass(0.5, 70).Notch(50);
        var channels = Enumerable.Range(0, view.Channels.Count).ToArray();
        var rate = view.Channels[0].RateHz;
        var n = (int)(10 * rate);
        var block = new double[channels.Length * n];
        var page = 0L;
        return () =>
        {
            page = (page + 7919) % (long)((view.DurationSeconds / 10) - 1);
            view.Samples.Read(channels, (long)(page * 10 * rate), n, block);
        };
    }

    private static double PeakMebibytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
}
