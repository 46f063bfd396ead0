using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Axes of P, QRS and T in the frontal plane.</summary>
internal static class AxisTable
{
    // A mean height below this, in mV, is noise and rounding: its direction means nothing.
    private const double LeastMillivolts = 0.003;
    private const string Method = "median beat; net areas of I and aVF (aVF times 2/sqrt 3), limb leads derived where missing";

    /// <summary>The three axes.</summary>
    /// <param name="median">The median beat, or null.</param>
    /// <param name="leads">Its leads, or null.</param>
    public static IEnumerable<Measurement> Measure(MedianBeat? median, AverageLeads? leads)
    {
        var window = AverageWindow.Of(median, leads);
        yield return Axis("P axis", window?.P, "P wave", l => window!.PLine(l));
        yield return Axis("QRS axis", window?.Qrs, "QRS complex", QrsLevel);
        yield return Axis("T axis", window?.T, "T wave", QrsLevel);

        (double On, double Off) QrsLevel(double[] lead) => (window!.Level(lead), window.Level(lead));

        Measurement Axis(string name, (int On, int Off)? span, string wave, Func<double[], (double On, double Off)> level)
        {
            if (leads is null || span is not { } at || window!.Qrs is null)
            {
                return EcgMeasure.Of(name, null, EcgMeasure.Degree, Method, leads is null ? "No beat could be averaged." : $"The median beat has no {wave} with both ends.");
            }

            if (leads.Of("I") is not { } one || leads.Of("aVF") is not { } avf)
            {
                return EcgMeasure.Of(name, null, EcgMeasure.Degree, Method, leads.Missing("I", "aVF"));
            }

            var (a, b) = (Mean(one), Mean(avf));
            return double.Hypot(a, b) < LeastMillivolts
                ? EcgMeasure.Of(name, null, EcgMeasure.Degree, Method, $"The {wave} has no net area in the frontal plane.")
                : EcgMeasure.Of(name, FrontalAxis.Degrees(a, b), EcgMeasure.Degree, Method);

            double Mean(double[] lead) => FrontalAxis.MeanHeight(lead, at.On, at.Off, level(lead).On, level(lead).Off);
        }
    }
}
