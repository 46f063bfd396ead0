using System.Globalization;
using SignalLab.Analysis.Spectra;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Reports;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>Spectra as a picture and as a table of band powers.</summary>
internal static class SpectrumPage
{
    private const int MostTraces = 8;

    public static Figure Of(Recording recording, IReadOnlyList<Spectrum> spectra)
    {
        var shown = Spread(spectra);
        var highest = shown.Max(s => s.Density.Axis.Values[^1]);
        return new SpectrumGraph([.. shown.Select(s => s.Density)], new SpectrumOptions { ToHz = Math.Min(highest, 70) })
        {
            Title = $"{recording.Provenance.Input}: power spectral density",
        };
    }

    public static TableBlock BandTable(Recording recording, IReadOnlyList<Spectrum> spectra)
    {
        var bands = FrequencyBand.Standard.Where(b => spectra.All(s => s.Density.Axis.Values[^1] >= b.HighHz)).ToList();
        var rows = spectra.Select(s => (IReadOnlyList<string>)
        [
            recording.Channels[s.Channel].Label,
            .. s.Powers(bands).Select(p => p.Absolute.ToString("0.0", CultureInfo.InvariantCulture)),
            s.PeakHz(FrequencyBand.Alpha).ToString("0.0", CultureInfo.InvariantCulture),
        ]).ToList();
        return new(
            "Band powers, average reference",
            [new("channel"), .. bands.Select(b => new TableColumn($"{b.Name} {b.LowHz}–{b.HighHz} Hz", spectra[0].PowerUnit)), new("alpha peak", Unit.Hertz)],
            rows);
    }

    // So many that each can be told from the others: evenly over the channels, first and last among them.
    private static List<Spectrum> Spread(IReadOnlyList<Spectrum> spectra) => spectra.Count <= MostTraces
        ? [.. spectra]
        : [.. Enumerable.Range(0, MostTraces).Select(i => spectra[(int)Math.Round(i * (spectra.Count - 1) / (double)(MostTraces - 1))])];
}
