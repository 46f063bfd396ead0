using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Spectra;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>What the spectrum verb writes beside densities: band powers, aperiodic fits, and all of it as JSON.</summary>
internal static class SpectrumTables
{
    public static void WriteBands(IReadOnlyList<Spectrum> spectra, IReadOnlyList<FrequencyBand> bands, Stream output, Delimiter delimiter)
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

    public static void WriteAperiodic(IReadOnlyList<Spectrum> spectra, AperiodicRange range, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        foreach (var heading in new[] { "channel", "low_hz", "high_hz", "offset_log10", "exponent", "knee", "offset_error", "exponent_error", "knee_error", "r_squared", "mean_absolute_error_log10", "fitted_bins", "bins" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var spectrum in spectra)
        {
            var fit = spectrum.Aperiodic(range.LowHz, range.HighHz, range.HasKnee);
            table.Cell(spectrum.Density.Name);
            foreach (var value in new[] { range.LowHz, range.HighHz, fit.Offset, fit.Exponent, fit.Knee, fit.OffsetError, fit.ExponentError, fit.KneeError, fit.RSquared, fit.MeanAbsoluteError })
            {
                table.Cell(value);
            }

            table.Cell((long)fit.FittedBins);
            table.Cell((long)fit.Bins);
            table.EndRow();
        }
    }

    public static JsonArray Json(IReadOnlyList<Spectrum> spectra, IReadOnlyList<FrequencyBand> bands, AperiodicRange? range) => new([.. spectra.Select(s => (JsonNode)new JsonObject
    {
        ["channel"] = s.Density.Name,
        ["unit"] = s.Density.Unit.Symbol,
        ["segments"] = s.SegmentCount,
        ["frequency_hz"] = new JsonArray([.. s.Density.Axis.Values.Select(v => (JsonNode)v)]),
        ["density"] = new JsonArray([.. s.Density.Values.Select(Number)]),
        ["bands"] = new JsonArray([.. s.Powers(bands).Select(p => (JsonNode)new JsonObject { ["band"] = p.Band.Name, ["absolute"] = Number(p.Absolute), ["relative"] = Number(p.Relative) })]),
        ["spectral_edge_95_hz"] = Measure(() => s.EdgeHz()),
        ["median_frequency_hz"] = Measure(() => s.MedianHz()),
        ["peak_alpha_hz"] = Measure(() => s.PeakHz(FrequencyBand.Alpha)),
        ["interpolated_peak_alpha_hz"] = Measure(() => s.InterpolatedPeakHz(FrequencyBand.Alpha)),
        ["alpha_centre_of_gravity_hz"] = Measure(() => s.CentreOfGravityHz(FrequencyBand.Alpha)),
        ["aperiodic"] = range is null ? null : Json(s.Aperiodic(range.LowHz, range.HighHz, range.HasKnee), range),
    })]);

    private static JsonObject Json(AperiodicComponent fit, AperiodicRange range) => new()
    {
        ["low_hz"] = range.LowHz,
        ["high_hz"] = range.HighHz,
        ["offset_log10"] = Number(fit.Offset),
        ["exponent"] = Number(fit.Exponent),
        ["knee"] = Number(fit.Knee),
        ["offset_error"] = Number(fit.OffsetError),
        ["exponent_error"] = Number(fit.ExponentError),
        ["knee_error"] = Number(fit.KneeError),
        ["r_squared"] = Number(fit.RSquared),
        ["mean_absolute_error_log10"] = Number(fit.MeanAbsoluteError),
        ["fitted_bins"] = fit.FittedBins,
        ["bins"] = fit.Bins,
    };

    // What a spectrum is too short or too coarse for is null.
    private static JsonNode? Measure(Func<double> measure)
    {
        try
        {
            return Number(measure());
        }
        catch (UnfitInputException)
        {
            return null;
        }
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Where an aperiodic part is fitted.</summary>
internal sealed record AperiodicRange(double LowHz, double HighHz, bool HasKnee)
{
    public static AperiodicRange Of(string text, bool hasKnee)
    {
        var edges = text.Split('-');
        return edges.Length == 2
            && double.TryParse(edges[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(edges[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high) && low >= 0 && high > low
            ? new(low, high, hasKnee)
            : throw new UsageException($"--aperiodic '{text}': expected LOW-HIGH in Hz, for example 2-40.");
    }
}
