using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Selection;
using SignalLab.Figures;
using SignalLab.Figures.Averages;
using SignalLab.Model;

namespace SignalLab.Cli.Averages;

/// <summary>Averages as butterflies with maps at the peaks of their field power.</summary>
internal static class AveragePage
{
    private const int MostMaps = 4;
    private const double ApartSeconds = 0.05;

    private static readonly ChannelKind[] Kinds = [ChannelKind.Eeg, ChannelKind.Mag, ChannelKind.Grad, ChannelKind.Seeg, ChannelKind.Ecog];

    public static Figure Of(IReadOnlyList<Recording> averages, IReadOnlyList<double>? mapsAt)
    {
        var panels = averages.SelectMany(a => KindsOf(a).Select(k => Panel(a, k, mapsAt))).ToList();
        return panels.Count > 0
            ? new ButterflyFigure(panels) { Subtitle = averages[0].Provenance.Input }
            : throw new UnfitInputException("No good EEG, MEG or intracranial channel is left to draw: choose with --channels.");
    }

    /// <summary>Kinds of channels that have a field power of their own.</summary>
    public static IEnumerable<ChannelKind> KindsOf(Recording recording) => Kinds.Where(k => recording.Channels.Any(c => c.Kind == k && !c.IsBad));

    private static ButterflyPanel Panel(Recording average, ChannelKind kind, IReadOnlyList<double>? mapsAt)
    {
        var ofKind = average.Pick(c => c.Kind == kind && !c.IsBad);
        var power = ofKind.Channels.Count > 1 ? ofKind.GlobalFieldPower(kind) : null;
        if (ofKind.Channels.Count(c => c.Sensor is not null) < 4)
        {
            return new(ofKind, kind, power, []);
        }

        var zero = ofKind.Evoked!.FirstLatencySeconds;
        var latencies = mapsAt ?? ofKind.FieldPowerMaxima(kind, MostMaps, ApartSeconds, Math.Max(zero, 0));
        try
        {
            var source = new MapSource(ofKind, kind, TopographyOptions.Default);
            return new(ofKind, kind, power, [.. latencies.Select(t => source.Map(new MapTime.At(t)))]) { MapLatenciesSeconds = latencies };
        }
        catch (UnfitInputException) when (mapsAt is null)
        {
            // Places that no map can be drawn over: the lines stand alone.
            return new(ofKind, kind, power, []);
        }
    }
}
