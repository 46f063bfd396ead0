using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Heights of the waves and levels of the ST segment in each lead.</summary>
internal static class AmplitudeTable
{
    private const string PMethod = "median beat; largest deflection from the line between P onset and P end";
    private const string QrsMethod = "median beat, from the level before QRS onset; waves of 0.02 mV and 6 ms or more, 0 where there is none; QS counts as Q (IEC 60601-2-25)";
    private const string TMethod = "median beat; largest deflection of the T wave from the level before QRS onset";
    private const string StMethod = "median beat; level at that time after the J point, from the level before QRS onset";

    private static readonly (string Name, double Seconds)[] StPoints = [("J", 0), ("J+60", 0.06), ("J+80", 0.08)];

    /// <summary>The values of every recorded lead, by its own label.</summary>
    /// <param name="median">The median beat, or null.</param>
    /// <param name="leads">Its leads, or null.</param>
    public static IEnumerable<Measurement> Measure(MedianBeat? median, AverageLeads? leads)
    {
        if (leads is null || AverageWindow.Of(median, leads) is not { } window)
        {
            yield break;
        }

        foreach (var (label, lead) in leads.Recorded)
        {
            QrsWaves? waves = window.Qrs is null ? null : Waves(window, lead);
            yield return Amplitude("P", label, PHeight(window, lead), PMethod, "The median beat has no P wave with both ends.");
            foreach (var (name, height) in new[] { ("Q", waves?.Q), ("R", waves?.R), ("S", waves?.S) })
            {
                yield return Amplitude(name, label, height, QrsMethod, "The median beat has no QRS complex with both ends.");
            }

            yield return Amplitude("T", label, THeight(window, lead), TMethod, "The median beat has no T wave with both ends.");
            foreach (var (name, seconds) in StPoints)
            {
                yield return EcgMeasure.Of($"ST at {name} ({label})", St(window, lead, seconds), Unit.Millivolt, StMethod, "The median beat has no QRS complex with both ends, or ends before that time.");
            }
        }

        foreach (var label in leads.UnfitUnits)
        {
            yield return EcgMeasure.Of($"ST at J ({label})", null, Unit.Millivolt, StMethod, $"Lead {label} states no unit that converts to mV.");
        }
    }

    /// <summary>The QRS waves of a lead.</summary>
    /// <param name="window">Where they are.</param>
    /// <param name="lead">The lead in mV.</param>
    public static QrsWaves Waves(AverageWindow window, double[] lead)
    {
        var (on, off) = window.Qrs!.Value;
        var level = window.Level(lead);
        return QrsWaves.Of([.. lead[on..(off + 1)].Select(v => v - level)], window.RateHz);
    }

    private static double? PHeight(AverageWindow window, double[] lead)
    {
        if (window.P is not { } p)
        {
            return null;
        }

        var (levelOn, levelOff) = window.PLine(lead);
        return Largest(Enumerable.Range(p.On, p.Off - p.On + 1).Select(i => lead[i] - levelOn - ((levelOff - levelOn) * (i - p.On) / (p.Off - p.On))));
    }

    private static double? THeight(AverageWindow window, double[] lead)
    {
        if (window is not { T: { } t, Qrs: not null })
        {
            return null;
        }

        var level = window.Level(lead);
        return Largest(lead[t.On..(t.Off + 1)].Select(v => v - level));
    }

    private static double? St(AverageWindow window, double[] lead, double seconds)
    {
        if (window.Qrs is not { } qrs)
        {
            return null;
        }

        var at = qrs.Off + (int)Math.Round(seconds * window.RateHz);
        return at < lead.Length ? lead[at] - window.Level(lead) : null;
    }

    private static double Largest(IEnumerable<double> values) => values.Aggregate(0.0, (best, v) => Math.Abs(v) > Math.Abs(best) ? v : best);

    private static Measurement Amplitude(string wave, string label, double? value, string method, string reason) =>
        EcgMeasure.Of($"{wave} amplitude ({label})", value, Unit.Millivolt, method, reason);
}
