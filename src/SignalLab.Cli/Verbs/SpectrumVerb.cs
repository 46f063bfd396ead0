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

/// <summary><c>signallab spectrum FILE</c>: power spectral densities and band powers.</summary>
internal static class SpectrumVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var method = new Option<string>("--method") { Description = "welch or periodogram.", DefaultValueFactory = _ => "welch" };
        var window = new Option<string>("--window") { Description = "hann, hamming, rectangular, …", DefaultValueFactory = _ => "hann" };
        var segment = new Option<double>("--segment") { Description = "Seconds a segment.", DefaultValueFactory = _ => 2 };
        var overlap = new Option<double>("--overlap") { Description = "Part of a segment the next one shares.", DefaultValueFactory = _ => 0.5 };
        var average = new Option<string>("--average") { Description = "mean or median over segments.", DefaultValueFactory = _ => "mean" };
        var bands = new Option<string>("--bands") { Description = "Band powers instead of densities: standard, or delta:1-4,theta:4-8,…" };
        var csv = new Option<string>("--csv") { Description = "Table of the densities, or of the band powers with --bands." };
        var pictures = FigureFile.Endings.Select(e => new Option<string>("--" + e[1..]) { Description = $"Picture {e}." }).ToList();
        var command = new Command("spectrum", "Estimates power spectra; never across a gap. Example: signallab spectrum eeg.edf --csv psd.csv --png psd.png --channels O1,O2")
        {
            file, method, window, segment, overlap, average, bands, csv, Common.Channels, Common.From, Common.To, Common.Condition, Common.Json, Common.Force,
            Derivations.Montage, Derivations.Interpolate, Derivations.Bad, Conditioning.Highpass, Conditioning.Lowpass, Conditioning.Notch, Conditioning.Order, Conditioning.PhaseName, Conditioning.Quality,
        };
        pictures.ForEach(command.Options.Add);
        command.SetAction(parsed =>
        {
            var recording = Input.Recording(parsed, parsed.GetValue(file)!, r => Conditioning.Apply(parsed, r));
            recording = recording.Pick(c => c.Kind != ChannelKind.Stim);
            var taper = Named<Taper>(parsed.GetValue(window)!, "--window");
            var spectra = parsed.GetValue(method) switch
            {
                "welch" => recording.Welch(new WelchOptions
                {
                    SegmentSeconds = parsed.GetValue(segment),
                    Overlap = parsed.GetValue(overlap),
                    Taper = taper,
                    Averaging = Named<Averaging>(parsed.GetValue(average)!, "--average"),
                }),
                "periodogram" => recording.Periodogram(taper),
                var other => throw new UsageException($"--method '{other}': this version has welch and periodogram."),
            };
            var asked = parsed.GetValue(bands) is { } text ? Bands(text) : null;
            var force = parsed.GetValue(Common.Force);
            var provenance = spectra.Count > 0 ? spectra[0].Density.Provenance : recording.Provenance;
            if (parsed.GetValue(csv) is { } table)
            {
                StudyWriter.WriteTable(table, force, provenance, (stream, delimiter) =>
                {
                    if (asked is null)
                    {
                        SeriesTable.Write([.. spectra.Select(s => s.Density)], stream, delimiter);
                    }
                    else
                    {
                        WriteBands(spectra, asked, stream, delimiter);
                    }
                });
            }

            foreach (var target in pictures.Select(p => parsed.GetValue(p)).OfType<string>())
            {
                FigureOutput.Save(SpectrumPage.Of(recording, spectra), target, force, provenance);
            }

            if (parsed.GetValue(Common.Json))
            {
                Console.Out.WriteLine(Json(spectra, asked ?? []).ToJsonString());
            }
            else if (parsed.GetValue(csv) is null && pictures.All(p => parsed.GetValue(p) is null))
            {
                using var output = Console.OpenStandardOutput();
                WriteBands(spectra, asked ?? [.. FrequencyBand.Standard.Where(b => spectra.All(s => s.Density.Axis.Values[^1] >= b.HighHz))], output, Delimiter.Comma);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteBands(IReadOnlyList<Spectrum> spectra, IReadOnlyList<FrequencyBand> bands, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        var unit = spectra.Count > 0 ? spectra[0].PowerUnit : Unit.Unknown;
        foreach (var heading in new[] { "channel", "band", "low_hz", "high_hz", $"absolute[{unit}]", "relative" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var spectrum in spectra)
        {
            foreach (var power in spectrum.Powers(bands))
            {
                table.Cell(spectrum.Density.Name);
                table.Cell(power.Band.Name);
                table.Cell(power.Band.LowHz);
                table.Cell(power.Band.HighHz);
                table.Cell(spectrum.PowerUnit.Convert(power.Absolute, unit));
                table.Cell(power.Relative);
                table.EndRow();
            }
        }
    }

    private static JsonArray Json(IReadOnlyList<Spectrum> spectra, IReadOnlyList<FrequencyBand> bands) => new([.. spectra.Select(s => (JsonNode)new JsonObject
    {
        ["channel"] = s.Density.Name,
        ["unit"] = s.Density.Unit.Symbol,
        ["segments"] = s.SegmentCount,
        ["frequency_hz"] = new JsonArray([.. s.Density.Axis.Values.Select(v => (JsonNode)v)]),
        ["density"] = new JsonArray([.. s.Density.Values.Select(v => double.IsFinite(v) ? (JsonNode)v : null)]),
        ["bands"] = new JsonArray([.. s.Powers(bands).Select(p => (JsonNode)new JsonObject { ["band"] = p.Band.Name, ["absolute"] = p.Absolute, ["relative"] = p.Relative })]),
    })]);

    private static List<FrequencyBand> Bands(string text)
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

    private static T Named<T>(string text, string option)
        where T : struct, Enum => Enum.TryParse<T>(text, true, out var value) && Enum.IsDefined(value) && !int.TryParse(text, out _)
            ? value
            : throw new UsageException($"{option} '{text}': expected {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
}
