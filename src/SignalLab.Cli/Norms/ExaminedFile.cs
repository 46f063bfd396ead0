using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Model;

namespace SignalLab.Cli.Norms;

/// <summary>What is measured in a recording, to be held against norms.</summary>
internal static class ExaminedFile
{
    /// <summary>Our measurements of the recording, and those its file brings under names that ours have no value for.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices of its ECG leads; null for those that are known to be.</param>
    public static IReadOnlyList<Measurement> Measurements(Recording recording, IReadOnlyList<int>? leads = null)
    {
        leads ??= recording.EcgLeads();
        if (leads.Count == 0)
        {
            return recording.Measurements;
        }

        var examination = recording.Examine(new EcgOptions { Leads = leads });
        examination = examination.Median is null ? examination with { Median = recording.AverageBeats(leads, examination.Beats) } : examination;
        Measurement[] ours = [.. examination.MeasureIntervals(), .. examination.Variability];
        var measured = ours.Where(m => m.Value is not null).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        Measurement[] theirs = [.. recording.Measurements.Where(m => m.Value is not null && measured.Add(m.Name))];
        return [.. ours.Where(m => m.Value is not null || !measured.Contains(m.Name)), .. theirs];
    }
}
