using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Voltage indices of left ventricular hypertrophy.</summary>
internal static class VoltageTable
{
    // Added for women. Source: Okin et al. 1995, J Am Coll Cardiol 25:417, as used in the LIFE study (0.6 mV).
    private const double WomenMillivolts = 0.6;
    private const string SokolowMethod = "S in V1 + larger R of V5 and V6; Sokolow and Lyon 1949";
    private const string CornellMethod = "R in aVL + S in V3; Casale 1985";
    private const string ProductMethod = "(R in aVL + S in V3, + 0.6 mV in women) x QRS duration; Okin 1995";

    /// <summary>The indices.</summary>
    /// <param name="median">The median beat, or null.</param>
    /// <param name="leads">Its leads, or null.</param>
    /// <param name="qrsMilliseconds">QRS duration, or null.</param>
    /// <param name="subject">For the sex.</param>
    public static IEnumerable<Measurement> Measure(MedianBeat? median, AverageLeads? leads, double? qrsMilliseconds, Subject subject)
    {
        var window = AverageWindow.Of(median, leads);
        string Reason(params ReadOnlySpan<string> names) =>
            leads is null ? "No beat could be averaged." : window!.Qrs is null ? "The median beat has no QRS complex with both ends." : leads.Missing(names);
        var sokolow = Depth("V1") + (R("V5") is { } five && R("V6") is { } six ? Math.Max(five, six) : null);
        var cornell = R("aVL") + Depth("V3");
        yield return EcgMeasure.Of("Sokolow-Lyon voltage", sokolow, Unit.Millivolt, SokolowMethod, Reason("V1", "V5", "V6"));
        yield return EcgMeasure.Of("Cornell voltage", cornell, Unit.Millivolt, CornellMethod, Reason("aVL", "V3"));
        var addition = subject.Sex switch { "F" => WomenMillivolts, "M" => 0.0, _ => (double?)null };
        yield return EcgMeasure.Of(
            "Cornell product", (cornell + addition) * qrsMilliseconds, Unit.Parse("mV.ms"), ProductMethod,
            cornell is null ? Reason("aVL", "V3") : addition is null ? "The sex is not known, and women's voltage is added to." : "There is no QRS duration.");

        QrsWaves? Waves(string name) => window?.Qrs is not null && leads!.Of(name) is { } lead ? AmplitudeTable.Waves(window, lead) : null;

        double? R(string name) => Waves(name)?.R;

        // A complex that is negative throughout counts with its whole depth.
        double? Depth(string name) => Waves(name) is { } waves ? -Math.Min(waves.S, waves.R > 0 ? 0 : waves.Q) : null;
    }
}
