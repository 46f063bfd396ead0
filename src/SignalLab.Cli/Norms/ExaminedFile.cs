using SignalLab.Analysis.Ecg;
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
        Measurement[] ours = [.. examination.Measurements, .. examination.Variability];
        var measured = ours.Where(m => m.Value is not null).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        Measurement[] theirs = [.. recording.Measurements.Where(m => m.Value is not null && measured.Add(m.Name))];
        return [.. ours.Where(m => m.Value is not null || !measured.Contains(m.Name)), .. theirs];
    }
}
