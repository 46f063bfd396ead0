using System.CommandLine;
using System.Globalization;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Cli.Reports;
using SignalLab.Figures;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab timefreq FILE</c>: power over time and frequency.</summary>
internal static class TimefreqVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var method = new Option<string>("--method") { Description = "spectrogram or morlet.", DefaultValueFactory = _ => "spectrogram" };
        var window = new Option<string>("--window") { Description = "Spectrogram: hann, hamming, rectangular, …", DefaultValueFactory = _ => "hann" };
        var segment = new Option<double>("--segment") { Description = "Spectrogram: seconds a segment.", DefaultValueFactory = _ => 2 };
        var overlap = new Option<double>("--overlap") { Description = "Spectrogram: part of a segment the next one shares.", DefaultValueFactory = _ => 0.5 };
        var frequencies = new Option<string>("--frequencies") { Description = "LOW-HIGH[:STEP] in Hz; spectrogram all bins, morlet 2-40:1." };
        var cycles = new Option<string>("--cycles") { Description = "Morlet: cycles, one number or one a frequency; half the frequency where not given." };
        var every = new Option<double?>("--every") { Description = "Morlet: seconds from one column to the next; each sample where not given." };
        var baseline = new Option<string>("--baseline") { Description = "FROM,TO in seconds: decibels relative to the mean power of that stretch." };
        var csv = new Option<string>("--csv") { Description = "Table time_s,frequency_hz,CHANNEL[unit],…; on the standard output without it and without a picture." };
        var pictures = FigureFile.Endings.Select(e => new Option<string>("--" + e[1..]) { Description = $"Picture {e}, up to {TimeFrequencyPage.MostPanels} channels." }).ToList();
        var command = new Command("timefreq", "Computes power over time and frequency; never across a gap. Example: signallab timefreq eeg.edf --method morlet --frequencies 2-40 --channels C3,C4 --png tf.png")
        {
            file, method, window, segment, overlap, frequencies, cycles, every, baseline, csv, Common.Channels, Common.From, Common.To, Common.Condition, Common.Force,
            Derivations.Montage, Derivations.Interpolate, Derivations.Bad, Conditioning.Highpass, Conditioning.Lowpass, Conditioning.Notch, Conditioning.Order, Conditioning.PhaseName, Conditioning.Quality,
        };
        pictures.ForEach(command.Options.Add);
        command.SetAction(parsed =>
        {
            var recording = Input.Recording(parsed, parsed.GetValue(file)!, r => Conditioning.Apply(parsed, r));
            recording = Terminal.Watched(recording.Channels.Any(c => c.Kind == ChannelKind.Stim) ? recording.Pick(c => c.Kind != ChannelKind.Stim) : recording, parsed.GetValue(Common.Quiet));
            var range = parsed.GetValue(frequencies) is { } text ? Range(text) : ((double Low, double High, double Step)?)null;
            var power = parsed.GetValue(method) switch
            {
                "spectrogram" => Spectrogram(recording, parsed.GetValue(window)!, parsed.GetValue(segment), parsed.GetValue(overlap), range),
                "morlet" => recording.MorletPower(new MorletOptions
                {
                    FrequenciesHz = Steps(range, recording),
                    Cycles = parsed.GetValue(cycles) is { } c ? Selection.Numbers(c, "--cycles") : [],
                    Every = parsed.GetValue(every) is { } seconds ? Samples(seconds, recording) : 1,
                }),
                var other => throw new UsageException($"--method '{other}': expected spectrogram or morlet."),
            };
            var reference = parsed.GetValue(baseline) is { } stretch ? Baseline(power, Selection.Numbers(stretch, "--baseline", 2)) : null;
            var targets = pictures.Select(p => parsed.GetValue(p)).OfType<string>().ToList();
            targets.ForEach(t => FigureOutput.RequireEnding(t, FigureFile.Endings));
            var force = parsed.GetValue(Common.Force);
            var page = targets.Count > 0 ? new TimeFrequencyPage(power) : null;
            if (parsed.GetValue(csv) is { } table)
            {
                StudyWriter.WriteTable(table, force, power.Provenance, (stream, delimiter) => Run(power, reference, page, stream, delimiter));
            }
            else
            {
                using var output = page is null ? Console.OpenStandardOutput() : null;
                Run(power, reference, page, output, Delimiter.Comma);
            }

            targets.ForEach(t => FigureOutput.Save(page!.Figure(recording.Provenance.Input, reference), t, force, power.Provenance));
            return ExitCode.Done;
        });
        return command;
    }

    private static TimeFrequency Spectrogram(Recording recording, string window, double segment, double overlap, (double Low, double High, double Step)? range)
    {
        if (range is { Step: not 0 })
        {
            throw new UsageException("--frequencies: a spectrogram has the steps its segments give, 1 / --segment: leave the step out.");
        }

        var options = new WelchOptions { SegmentSeconds = segment, Overlap = overlap, Taper = SpectrumVerb.Named<Taper>(window, "--window") };
        return range is { } r ? recording.Spectrogram(options, r.Low, r.High) : recording.Spectrogram(options);
    }

    // One pass serves the table and the picture.
    private static void Run(TimeFrequency power, double[]? reference, TimeFrequencyPage? page, Stream? output, Delimiter delimiter)
    {
        using var table = output is null ? null : new TimeFrequencyTable(power.Frequencies.Values, power.Names, [.. power.Units.Select(u => reference is null ? u : Unit.Parse("dB"))], output, delimiter);
        var ratios = new double[reference?.Length ?? 0];
        foreach (var column in power.Columns())
        {
            var values = column.Values.Span;
            for (var i = 0; i < ratios.Length; i++)
            {
                ratios[i] = 10 * Math.Log10(values[i] / reference![i]);
            }

            table?.Write(column.TimeSeconds, reference is null ? values : ratios);
            page?.Add(column.TimeSeconds, values);
        }
    }

    private static double[] Baseline(TimeFrequency power, double[] stretch)
    {
        var (sums, count) = (new double[power.Channels.Count * power.Frequencies.Length], 0);
        foreach (var column in power.Columns().SkipWhile(c => c.TimeSeconds < stretch[0]).TakeWhile(c => c.TimeSeconds <= stretch[1]))
        {
            count++;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += column.Values.Span[i];
            }
        }

        return count > 0
            ? Array.ConvertAll(sums, s => s / count)
            : throw new UnfitInputException(FormattableString.Invariant($"--baseline: no column lies between {stretch[0]} and {stretch[1]} s."));
    }

    private static (double Low, double High, double Step) Range(string text)
    {
        var parts = text.Split(':');
        var edges = parts[0].Split('-');
        return parts.Length <= 2 && edges.Length is 1 or 2 && Number(edges[0], out var low) && Number(edges[^1], out var high) && high >= low && low >= 0
            && Number(parts.Length == 2 ? parts[1] : "0", out var step) && (parts.Length == 1 || step > 0)
            ? (low, high, step)
            : throw new UsageException($"--frequencies '{text}': expected LOW-HIGH or LOW-HIGH:STEP in Hz.");
    }

    private static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static double[] Steps((double Low, double High, double Step)? range, Recording recording)
    {
        var half = recording.Channels.Count > 0 ? recording.Channels[0].RateHz / 2 : 0;
        var (low, high, step) = range ?? (2, Math.Min(40, half), 1);
        step = step > 0 ? step : 1;
        var count = Math.Floor(((high - low) / step) + 1e-9) + 1;
        return count is >= 1 and <= 10_000
            ? [.. Enumerable.Range(0, (int)count).Select(i => low + (i * step))]
            : throw new UsageException("--frequencies: expected 1 to 10000 frequencies.");
    }

    private static int Samples(double seconds, Recording recording)
    {
        var samples = recording.Channels.Count > 0 ? Math.Round(seconds * recording.Channels[0].RateHz) : 1;
        return samples is >= 1 and <= int.MaxValue ? (int)samples : throw new UsageException(FormattableString.Invariant($"--every {seconds}: expected at least one sample."));
    }
}
