using SignalLab.Analysis.Spectra;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>How far pairs of channels go together, for the spectrum verb.</summary>
internal static class CouplingPage
{
    private static readonly Dictionary<string, (ConnectivityMeasure Measure, string Title)> Measures = new(StringComparer.Ordinal)
    {
        ["coherence"] = (ConnectivityMeasure.Coherence, "Coherence"),
        ["imaginary"] = (ConnectivityMeasure.ImaginaryCoherence, "Imaginary coherence"),
        ["plv"] = (ConnectivityMeasure.PhaseLockingValue, "Phase-locking value"),
        ["pli"] = (ConnectivityMeasure.PhaseLagIndex, "Phase lag index"),
        ["wpli"] = (ConnectivityMeasure.WeightedPhaseLagIndex, "Weighted phase lag index"),
        ["dwpli2"] = (ConnectivityMeasure.DebiasedWeightedPhaseLagIndexSquared, "Debiased weighted phase lag index, squared"),
    };

    public static string Names => string.Join(", ", Measures.Keys);

    public static ConnectivityMeasure MeasureNamed(string name) =>
        Measures.TryGetValue(name, out var found) ? found.Measure : throw new UsageException($"--measure '{name}': expected {Names}.");

    /// <summary>The pairs <c>A-B,C-D</c>; a hyphen inside a name is told from the one between names by which channels there are.</summary>
    public static IReadOnlyList<(int First, int Second)> Pairs(Recording recording, string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => Pair(recording, pair))];

    public static Figure Picture(Recording recording, IReadOnlyList<Series> series, string measure)
    {
        var shown = series.Count <= 8 ? series : [.. series.Take(8)];
        return new SeriesGraph([.. shown.Select(s => Upto(s, 70))], new SeriesOptions { Quantity = Measures[measure].Title, Points = false, HeightMm = 85 })
        {
            Title = $"{recording.Provenance.Input}: {Measures[measure].Title.ToLowerInvariant()}",
            Notes = shown.Count < series.Count ? [$"The first {shown.Count} of {series.Count} pairs are shown."] : [],
        };
    }

    private static Series Upto(Series series, double hz)
    {
        var count = series.Axis.Values.Count(f => f <= hz);
        return series with { Axis = series.Axis with { Values = [.. series.Axis.Values.Take(count)] }, Values = [.. series.Values.Take(count)] };
    }

    private static (int First, int Second) Pair(Recording recording, string pair)
    {
        for (var at = pair.IndexOf('-', StringComparison.Ordinal); at >= 0; at = pair.IndexOf('-', at + 1))
        {
            var (first, second) = (Selection.Matching(recording, pair[..at].Trim()), Selection.Matching(recording, pair[(at + 1)..].Trim()));
            if (first.Count == 1 && second.Count == 1)
            {
                return (first[0], second[0]);
            }
        }

        throw new UnfitInputException($"--coherence '{pair}': expected two channels of the recording as A-B; it has {string.Join(", ", recording.Channels.Take(12).Select(c => c.Label))}{(recording.Channels.Count > 12 ? ", …" : "")}.");
    }
}
