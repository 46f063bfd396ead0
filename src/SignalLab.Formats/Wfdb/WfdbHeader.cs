namespace SignalLab.Formats.Wfdb;

/// <summary>A <c>.hea</c> file: the record line, then one line a signal or one a segment, with comments anywhere.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5).</remarks>
internal sealed record WfdbHeader(string Path, string Name, double FrameRateHz)
{
    /// <summary>Sampling frequency where the record line has none (DEFREQ).</summary>
    public const double DefaultRateHz = 250;

    /// <summary>Frames (samples of a signal with one sample a frame), or null where the header leaves it to the files' length.</summary>
    public long? Frames { get; init; }

    /// <summary>Base date and time, or null where one of them is not stated.</summary>
    public DateTime? Start { get; init; }

    public IReadOnlyList<WfdbSignal> Signals { get; init; } = [];

    /// <summary>Null for an ordinary record.</summary>
    public IReadOnlyList<WfdbSegment>? Segments { get; init; }

    /// <summary>Number of signals the record line states.</summary>
    public int SignalCount { get; init; }

    /// <summary>Info strings without their <c>#</c>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A segment line: the record that is the segment (<c>~</c> for a gap) and its length in frames.</summary>
internal readonly record struct WfdbSegment(string Name, long Frames)
{
    public bool IsNull => Name == "~";
}

/// <summary>A signal specification line with the defaults filled in.</summary>
internal sealed record WfdbSignal(string File, SampleFormat Format)
{
    /// <summary>ADC units per physical unit where the gain is zero or missing (DEFGAIN).</summary>
    public const double DefaultGain = 200;

    public int SamplesPerFrame { get; init; } = 1;

    /// <summary>Frames of this signal that precede frame 0.</summary>
    public long SkewFrames { get; init; }

    public long ByteOffset { get; init; }

    /// <summary>ADC units per physical unit, never 0.</summary>
    public double Gain { get; init; } = DefaultGain;

    /// <summary>False where the header's gain was zero or missing.</summary>
    public bool IsCalibrated { get; init; }

    /// <summary>ADC value of 0 physical units; an integer by the guide, kept as found.</summary>
    public double Baseline { get; init; }

    public string Units { get; init; } = "mV";

    public int AdcResolutionBits { get; init; }

    public long AdcZero { get; init; }

    public long InitialValue { get; init; }

    /// <summary>16-bit sum of the samples, or null where not stated.</summary>
    public long? Checksum { get; init; }

    public string Description { get; init; } = "";
}
