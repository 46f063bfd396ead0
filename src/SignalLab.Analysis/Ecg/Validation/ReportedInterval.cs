using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>An interval or a rate that stands in an ECG's file beside the signals, as an electrocardiograph's program or a reader measured it.</summary>
/// <param name="Name">Name of the measurement, as in <see cref="EcgExamination.Measurements"/>.</param>
/// <param name="Value">Milliseconds, or beats a minute of the heart rate.</param>
/// <param name="IsOfMarks">True where it is the distance of two marks in the file, false where the file states it.</param>
public sealed record ReportedInterval(string Name, double Value, bool IsOfMarks)
{
    // A program that rounds its marks to its samples does not contradict itself.
    private const double SameMs = 4;

    private static readonly Unit Millisecond = Unit.Parse("ms");
    private static readonly Unit PerMinute = Unit.Parse("/min");

    private static readonly (string Name, string From, string To)[] Distances =
    [
        ("P duration", "P onset", "P offset"), ("PR interval", "P onset", "QRS onset"), ("QRS duration", "QRS onset", "QRS offset"), ("QT interval", "QRS onset", "T offset"),
    ];

    /// <summary>What the file of a recording reports.</summary>
    /// <param name="recording">The recording; its measurements and annotations are read, its samples are not.</param>
    /// <returns>
    /// P, PR, QRS, QT and the heart rate as far as they are there: the value stated and, where there is none or where it differs by more than 4 ms, the distance of the file's
    /// marks too (over beats their median). Values that are not above 0 say that nothing was measured and are left out.
    /// </returns>
    public static IReadOnlyList<ReportedInterval> Of(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var all = new List<ReportedInterval>();
        foreach (var (name, from, to) in Distances)
        {
            var stated = Stated(recording, name, Millisecond);
            if (stated is { } value)
            {
                all.Add(new(name, value, false));
            }

            if (OfMarks(recording, from, to) is { } distance && !(Math.Abs(distance - (stated ?? double.NaN)) <= SameMs))
            {
                all.Add(new(name, distance, true));
            }
        }

        if ((Stated(recording, "heart rate", PerMinute) ?? 60000 / Stated(recording, "RR interval", Millisecond)) is { } rate)
        {
            all.Add(new("heart rate", rate, false));
        }

        return all;
    }

    private static double? Stated(Recording recording, string name, Unit unit) => Reported(recording, name, unit) is > 0 and var value ? value : null;

    private static double? Reported(Recording recording, string name, Unit unit) =>
        recording.Measurements.FirstOrDefault(m => m.Value is not null && Is(m.Name, name) && m.Unit.ConvertsTo(unit)) is { Value: { } value } found ? found.Unit.Convert(value, unit) : null;

    private static double? OfMarks(Recording recording, string from, string to)
    {
        if (Reported(recording, to, Millisecond) - Reported(recording, from, Millisecond) is { } distance)
        {
            return distance > 0 ? distance : null;
        }

        // Marks of single beats: each end goes with the last onset before it, as long as no other one stands between.
        var distances = new List<double>();
        double? onset = null;
        foreach (var mark in recording.Annotations.Where(a => a.Channel is null).OrderBy(a => a.OnsetSeconds))
        {
            if (Is(mark.Text, from))
            {
                onset = mark.OnsetSeconds;
            }
            else if (Is(mark.Text, to) && onset is { } begin)
            {
                distances.Add(1000 * (mark.OnsetSeconds - begin));
                onset = null;
            }
        }

        return distances.Count > 0 ? ErrorSummary.Median(distances) : null;
    }

    private static bool Is(string text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
