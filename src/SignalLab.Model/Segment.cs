namespace SignalLab.Model;

/// <summary>An uninterrupted stretch of a recording; between two of them nothing was recorded.</summary>
/// <param name="OnsetSeconds">Start in real time since the recording's first sample (gaps count).</param>
/// <param name="DurationSeconds">Length.</param>
public readonly record struct Segment(double OnsetSeconds, double DurationSeconds)
{
    /// <summary>End in real time.</summary>
    public double EndSeconds => OnsetSeconds + DurationSeconds;
}

/// <summary>A segment as one channel stores it.</summary>
/// <param name="OnsetSeconds">Real time of the first sample.</param>
/// <param name="FirstSample">Its index among the channel's stored samples.</param>
/// <param name="Count">Samples in the run.</param>
public readonly record struct SampleRun(double OnsetSeconds, long FirstSample, long Count)
{
    /// <summary>Index just past the run.</summary>
    public long EndSample => FirstSample + Count;
}
