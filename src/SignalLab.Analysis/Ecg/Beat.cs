namespace SignalLab.Analysis.Ecg;

/// <summary>One heartbeat: where it is, what it is, and where its waves begin and end.</summary>
/// <param name="Sample">Its QRS complex: sample index of the R peak in the tallest lead, counted like those of the leads' channels.</param>
/// <param name="Seconds">The same instant in real time since the recording's first sample.</param>
public sealed record Beat(long Sample, double Seconds)
{
    /// <summary>What kind of beat it is.</summary>
    public BeatClass Class { get; init; } = BeatClass.Unclassifiable;

    /// <summary>Which template it belongs to (index into the examination's templates), or −1.</summary>
    public int Template { get; init; } = -1;

    /// <summary>True where a pacing spike starts it.</summary>
    public bool IsPaced { get; init; }

    /// <summary>True where it reached the ventricles from above: neither ventricular, nor fused, nor paced.</summary>
    public bool IsConducted => !IsPaced && Class is (BeatClass.Normal or BeatClass.Supraventricular or BeatClass.Unclassifiable);

    /// <summary>Its waves in each examined lead, in the leads' order; empty before delineation.</summary>
    public IReadOnlyList<WaveMarks> Leads { get; init; } = [];

    /// <summary>Its waves over all leads: earliest onset, latest end, outliers rejected.</summary>
    public WaveMarks Global { get; init; } = WaveMarks.None;
}
