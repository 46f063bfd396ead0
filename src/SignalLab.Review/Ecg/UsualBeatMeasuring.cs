using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Model;

namespace SignalLab.Review.Ecg;

/// <summary>Measures the usual beat anew after its marks were moved; what is measured from beat to beat stays as it was, so that a day of beats is not gone through at every move.</summary>
internal static class UsualBeatMeasuring
{
    private const int FewBeats = 200;

    private static readonly string[] OfBeats = ["heart rate", "RR median", "RR min", "RR max", "QTc interval (own QT/RR fit)", "QT/RR slope", "QT/RR memory"];

    /// <summary>The measurements of an examination whose usual beat has other marks than before.</summary>
    /// <param name="examination">The examination with the new marks and the measurements of before.</param>
    /// <returns>Measurements in the order of before, not yet judged.</returns>
    public static IReadOnlyList<Measurement> Measure(EcgExamination examination)
    {
        if (examination.Beats.Count <= FewBeats)
        {
            return examination.MeasureIntervals();
        }

        var anew = (examination with { Beats = BeatsOfMedianInterval(examination), VentricularFlutter = [] }).MeasureIntervals().ToDictionary(m => m.Name);
        return [.. examination.Measurements.Select(m => IsOfBeats(m.Name) ? m : anew.GetValueOrDefault(m.Name, m))];
    }

    private static bool IsOfBeats(string name) => OfBeats.Contains(name) || name.EndsWith("(beats, median)", StringComparison.Ordinal) || name.EndsWith("(beats, SD)", StringComparison.Ordinal);

    // Corrected QT needs one thing of the beats, their median interval: three beats that have it, to the half sample, stand for all.
    private static Beat[] BeatsOfMedianInterval(EcgExamination examination)
    {
        if (examination.Measurements.FirstOrDefault(m => m.Name == "RR median")?.Value is not { } milliseconds)
        {
            return [];
        }

        var rate = examination.Recording.Channels[examination.Leads[0]].RateHz;
        var halves = (long)Math.Round(2 * milliseconds / 1000 * rate);
        long[] samples = [0, halves / 2, halves];
        return [.. samples.Select(s => new Beat(s, s / rate))];
    }
}
