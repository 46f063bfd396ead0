using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>Counts samples in real time, as annotation files do: those that a gap left out count too.</summary>
/// <param name="record">The examined record.</param>
internal sealed class RealSamples(EcgRecord record)
{
    private readonly IReadOnlyList<SampleRun> runs = record.Examination.Recording.Runs(record.Examination.Leads[0]);
    private readonly double rateHz = record.Examination.Recording.Channels[record.Examination.Leads[0]].RateHz;

    /// <summary>The index in real time of a stored sample.</summary>
    /// <param name="sample">Index among the stored samples.</param>
    public long Of(long sample)
    {
        if (runs.Count <= 1)
        {
            return sample;
        }

        var run = runs.Last(r => r.FirstSample <= sample);
        return (long)Math.Round(run.OnsetSeconds * rateHz) + sample - run.FirstSample;
    }

    /// <summary>The same of a mark that may be missing.</summary>
    /// <param name="sample">Index among the stored samples, or null.</param>
    public long? Of(long? sample) => sample is { } s ? Of(s) : null;
}
