using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>QT corrected for the rate by the usual formulas.</summary>
internal static class CorrectedQtTable
{
    private static readonly (string Name, string Method, Func<double, double, double> Formula)[] Rows =
    [
        ("Bazett", "QT / RR^(1/2), RR in s; Bazett 1920", CorrectedQt.Bazett),
        ("Fridericia", "QT / RR^(1/3), RR in s; Fridericia 1920", CorrectedQt.Fridericia),
        ("Framingham", "QT + 0.154 (1 - RR), s; Sagie 1992", CorrectedQt.Framingham),
        ("Hodges", "QT + 1.75 ms (rate - 60); Hodges 1983", CorrectedQt.Hodges),
    ];

    /// <summary>The four corrected intervals.</summary>
    /// <param name="qtMilliseconds">QT of the median beat, or null.</param>
    /// <param name="beats">The beats, for their median RR.</param>
    public static IEnumerable<Measurement> Measure(double? qtMilliseconds, BeatSeries beats)
    {
        var rr = BeatSeries.Median(beats.KnownRr());
        var reason = qtMilliseconds is null ? "There is no QT interval." : "There is no RR interval.";
        return Rows.Select(row => EcgMeasure.Of(
            $"QTc interval ({row.Name})",
            qtMilliseconds is { } qt && rr is > 0 and { } seconds ? 1000 * row.Formula(qt / 1000, seconds) : null,
            EcgMeasure.Millisecond, row.Method + "; RR: the record's median", reason));
    }
}
