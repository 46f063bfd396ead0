using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Cli.Reports;
using SignalLab.Figures;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab spectrum FILE</c>: power spectral densities, band powers, aperiodic fits, and how far channels go together.</summary>
internal static class SpectrumVerb
{
    private static readonly Option<string> Method = new("--method") { Description = "welch, multitaper or periodogram.", DefaultValueFactory = _ => "welch" };
    private static readonly Option<string> Window = new("--window") { Description = "hann, hamming, rectangular, …", DefaultValueFactory = _ => "hann" };
    private static readonly Option<double?> Segment = new("--segment") { Description = "Seconds a segment: welch 2, multitaper the longest stretch as a whole where not given." };
    private static readonly Option<double> Overlap = new("--overlap") { Description = "Part of a segment the next one shares.", DefaultValueFactory = _ => 0.5 };
    private static readonly Option<string> Average = new("--average") { Description = "Welch: mean or median over segments.", DefaultValueFactory = _ => "mean" };
    private static readonly Option<double?> Bandwidth = new("--bandwidth") { Description = "Multitaper: full width in Hz that is smoothed together; 8 / duration where not given." };
    private static readonly Option<bool> Adaptive = new("--adaptive") { Description = "Multitaper: weigh the tapers by leakage at each frequency (Thomson)." };
    private static readonly Option<string> Bands = new("--bands") { Description = "Band powers instead of densities: standard, or delta:1-4,theta:4-8,…" };
    private static readonly Option<string> Aperiodic = new("--aperiodic") { Description = "The 1/f part fitted between two frequencies instead of densities: 2-40." };
    private static readonly Option<bool> Knee = new("--knee") { Description = "Fit a knee of the 1/f part too." };
    private static readonly Option<string> Coherence = new("--coherence") { Description = "Pairs of channels instead of densities: O1-O2,C3-C4." };
    private static readonly Option<string> MeasureName = new("--measure") { Description = $"Of the pairs: {CouplingPage.Names}.", DefaultValueFactory = _ => "coherence" };
    private static readonly Option<string> Csv = new("--csv") { Description = "Table of the densities, or of what --bands, --aperiodic or --coherence ask for." };
    private static readonly List<Option<string>> Pictures = [.. FigureFile.Endings.Select(e => new Option<string>("--" + e[1..]) { Description = $"Picture {e}." })];

    public static Command Create()
    {
        var file = Common.File();
        var command = new Command("spectrum", "Estimates power spectra; never across a gap. Example: signallab spectrum eeg.edf --csv psd.csv --png psd.png --channels O1,O2")
        {
            file, Method, Window, Segment, Overlap, Average, Bandwidth, Adaptive, Bands, Aperiodic, Knee, Coherence, MeasureName, Csv,
            Common.Channels, Common.From, Common.To, Common.Condition, Common.Json, Common.Force,
            Derivations.Montage, Derivations.Interpolate, Derivations.Bad, Conditioning.Highpass, Conditioning.Lowpass, Conditioning.Notch, Conditioning.Order, Conditioning.PhaseName, Conditioning.Quality,
        };
        Pictures.ForEach(command.Options.Add);
        command.SetAction(parsed =>
        {
            if (new[] { Bands, Aperiodic, Coherence }.Count(o => parsed.GetValue(o) is not null) > 1)
            {
                throw new UsageException("--bands, --aperiodic and --coherence each make their own table: ask for one of them.");
            }

            var recording = Input.Recording(parsed, parsed.GetValue(file)!, r => Conditioning.Apply(parsed, r));
            recording = Terminal.Watched(recording.Channels.Any(c => c.Kind == ChannelKind.Stim) ? recording.Pick(c => c.Kind != ChannelKind.Stim) : recording, parsed.GetValue(Common.Quiet));
            if (parsed.GetValue(Coherence) is { } pairs)
            {
                Couple(parsed, recording, pairs);
            }
            else
            {
                Estimate(parsed, recording);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Estimate(ParseResult parsed, Recording recording)
    {
        var asked = parsed.GetValue(Bands) is { } text ? BandsOf(text) : null;
        var range = parsed.GetValue(Aperiodic) is { } edges ? AperiodicRange.Of(edges, parsed.GetValue(Knee)) : null;
        var spectra = Spectra(parsed, recording);
        var force = parsed.GetValue(Common.Force);
        var provenance = spectra.Count > 0 ? spectra[0].Density.Provenance : recording.Provenance;
        void Table(Stream stream, Delimiter delimiter)
        {
            if (range is not null)
            {
                SpectrumTables.WriteAperiodic(spectra, range, stream, delimiter);
            }
            else if (asked is not null)
            {
                SpectrumTables.WriteBands(spectra, asked, stream, delimiter);
            }
            else
            {
                SeriesTable.Write([.. spectra.Select(s => s.Density)], stream, delimiter);
            }
        }

        if (parsed.GetValue(Csv) is { } table)
        {
            StudyWriter.WriteTable(table, force, provenance, Table);
        }

        var targets = Targets(parsed);
        targets.ForEach(t => FigureOutput.Save(SpectrumPage.Of(recording, spectra), t, force, provenance));
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(SpectrumTables.Json(spectra, asked ?? [], range).ToJsonString());
        }
        else if (parsed.GetValue(Csv) is null && targets.Count == 0)
        {
            using var output = Console.OpenStandardOutput();
            asked ??= [.. FrequencyBand.Standard.Where(b => spectra.All(s => s.Density.Axis.Values[^1] >= b.HighHz))];
            Table(output, Delimiter.Comma);
        }
    }

    private static void Couple(ParseResult parsed, Recording recording, string text)
    {
        var name = parsed.GetValue(MeasureName)!;
        var measure = CouplingPage.MeasureNamed(name);
        if (parsed.GetValue(Method) == "periodogram" || parsed.GetValue(Average) != "mean" || parsed.GetValue(Adaptive))
        {
            throw new UsageException("--coherence: pairs are compared over segments, with --method welch or multitaper, by their mean: leave the other options out.");
        }

        var results = recording.Connectivity(CouplingPage.Pairs(recording, text), new ConnectivityOptions
        {
            Segments = Segments(parsed),
            BandwidthHz = parsed.GetValue(Method) == "multitaper" ? parsed.GetValue(Bandwidth) ?? (8 / Segments(parsed).SegmentSeconds) : null,
        });
        List<Series> series = [.. results.Select(r => r.Of(measure))];
        List<Series> columns = [.. series.Select(s => s with { Name = $"{s.Name} {name}" })];
        var (force, targets) = (parsed.GetValue(Common.Force), Targets(parsed));
        var provenance = series.Count > 0 ? series[0].Provenance : recording.Provenance;
        if (parsed.GetValue(Csv) is { } table)
        {
            StudyWriter.WriteTable(table, force, provenance, (stream, delimiter) => SeriesTable.Write(columns, stream, delimiter));
        }

        targets.ForEach(t => FigureOutput.Save(CouplingPage.Picture(recording, series, name), t, force, provenance));
        if (parsed.GetValue(Common.Json))
        {
            Console.Out.WriteLine(new JsonArray([.. series.Select((s, i) => (JsonNode)new JsonObject
            {
                ["pair"] = s.Name,
                ["measure"] = name,
                ["segments"] = results[i].SegmentCount,
                ["frequency_hz"] = new JsonArray([.. s.Axis.Values.Select(v => (JsonNode)v)]),
                ["value"] = new JsonArray([.. s.Values.Select(v => double.IsFinite(v) ? (JsonNode)v : null)]),
            })]).ToJsonString());
        }
        else if (parsed.GetValue(Csv) is null && targets.Count == 0)
        {
            using var output = Console.OpenStandardOutput();
            SeriesTable.Write(columns, output);
        }
    }

    private static IReadOnlyList<Spectrum> Spectra(ParseResult parsed, Recording recording) => parsed.GetValue(Method) switch
    {
        "welch" => recording.Welch(Segments(parsed)),
        "multitaper" => recording.Multitaper(new MultitaperOptions
        {
            BandwidthHz = parsed.GetValue(Bandwidth),
            Adaptive = parsed.GetValue(Adaptive),
            SegmentSeconds = parsed.GetValue(Segment),
            Overlap = parsed.GetValue(Overlap),
        }),
        "periodogram" => recording.Periodogram(Named<Taper>(parsed.GetValue(Window)!, "--window")),
        var other => throw new UsageException($"--method '{other}': expected welch, multitaper or periodogram."),
    };

    private static WelchOptions Segments(ParseResult parsed) => new()
    {
        SegmentSeconds = parsed.GetValue(Segment) ?? WelchOptions.Default.SegmentSeconds,
        Overlap = parsed.GetValue(Overlap),
        Taper = Named<Taper>(parsed.GetValue(Window)!, "--window"),
        Averaging = Named<Averaging>(parsed.GetValue(Average)!, "--average"),
    };

    private static List<string> Targets(ParseResult parsed) => [.. Pictures.Select(p => parsed.GetValue(p)).OfType<string>()];

    private static List<FrequencyBand> BandsOf(string text)
    {
        if (text == "standard")
        {
            return [.. FrequencyBand.Standard];
        }

        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(b =>
        {
            var parts = b.Split(':');
            var edges = parts[^1].Split('-');
            return edges.Length == 2 && parts.Length <= 2
                && double.TryParse(edges[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
                && double.TryParse(edges[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high) && low >= 0 && high > low
                ? new FrequencyBand(parts[0], low, high)
                : throw new UsageException($"--bands '{b}': expected NAME:LOW-HIGH in Hz.");
        })];
    }

    public static T Named<T>(string text, string option)
        where T : struct, Enum => Enum.TryParse<T>(text, true, out var value) && Enum.IsDefined(value) && !int.TryParse(text, out _)
            ? value
            : throw new UsageException($"{option} '{text}': expected {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
}
