using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Angles between the QRS and the T loop of the vectorcardiogram.</summary>
internal static class VectorTable
{
    private const string PeakMethod = "spatial angle between the longest vectors of the QRS and the T loop";
    private const string MeanMethod = "spatial angle between the mean vectors of the QRS and the T loop";

    private static readonly (VectorMethod Method, string Suffix, string Source)[] Transforms =
    [
        (VectorMethod.Kors, "", "leads X, Y, Z by regression, Kors 1990"),
        (VectorMethod.InverseDower, ", inverse Dower", "leads X, Y, Z by the inverse Dower matrix, Edenbrandt and Pahlm 1988"),
    ];

    /// <summary>The angles by both matrices.</summary>
    /// <param name="median">The median beat, or null.</param>
    /// <param name="leads">Its leads, or null.</param>
    public static IEnumerable<Measurement> Measure(MedianBeat? median, AverageLeads? leads)
    {
        var window = AverageWindow.Of(median, leads);
        foreach (var (method, suffix, source) in Transforms)
        {
            var (peak, mean, reason) = Angles(window, leads, method);
            yield return EcgMeasure.Of($"QRS-T angle (peak{suffix})", peak, EcgMeasure.Degree, $"{PeakMethod}; {source}", reason);
            yield return EcgMeasure.Of($"QRS-T angle (mean{suffix})", mean, EcgMeasure.Degree, $"{MeanMethod}; {source}", reason);
        }
    }

    private static (double? Peak, double? Mean, string? Reason) Angles(AverageWindow? window, AverageLeads? leads, VectorMethod method)
    {
        if (leads is null || window is null)
        {
            return (null, null, "No beat could be averaged.");
        }

        if (HeartVector.Leads.Any(l => leads.Of(l) is null))
        {
            return (null, null, leads.Missing([.. HeartVector.Leads]));
        }

        if (window.Qrs is not { } qrs || window.T is not { } t)
        {
            return (null, null, "The median beat has no QRS complex or no T wave with both ends.");
        }

        double[][] eight = [.. HeartVector.Leads.Select(l => Levelled(leads.Of(l)!, window.Level(leads.Of(l)!)))];
        var vectors = HeartVector.Of(eight, method);
        var (qrsLoop, tLoop) = (vectors[qrs.On..(qrs.Off + 1)], vectors[t.On..(t.Off + 1)]);
        return (
            HeartVector.AngleDegrees(qrsLoop.MaxBy(v => v.Norm), tLoop.MaxBy(v => v.Norm)),
            HeartVector.AngleDegrees(qrsLoop.Aggregate((a, b) => a + b), tLoop.Aggregate((a, b) => a + b)),
            "A loop has no direction.");
    }

    private static double[] Levelled(double[] lead, double level) => [.. lead.Select(v => v - level)];
}
