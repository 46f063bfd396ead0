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
    public static IReadOnlyList<Measurement> Measurements(Recording recording)
    {
        var leads = recording.EcgLeads();
        if (leads.Count == 0)
        {
            return recording.Measurements;
        }

        Beat[] beats = [.. recording.DetectBeats(leads).Select(b => new Beat(recording.SampleAt(leads[0], b.OnsetSeconds), b.OnsetSeconds))];
        var ours = new EcgExamination(recording, leads, beats) { Median = recording.AverageBeats(leads, beats) }.MeasureIntervals();
        var measured = ours.Where(m => m.Value is not null).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var theirs = recording.Measurements.Where(m => m.Value is not null && measured.Add(m.Name)).ToArray();
        return [.. ours.Where(m => m.Value is not null || !measured.Contains(m.Name)), .. theirs];
    }
}
