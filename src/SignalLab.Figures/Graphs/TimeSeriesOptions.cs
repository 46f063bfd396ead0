namespace SignalLab.Figures.Graphs;

/// <summary>What of a recording a graph shows, and at which scale. What is left null is chosen from the data and printed.</summary>
public sealed record TimeSeriesOptions
{
    /// <summary>First time shown, in seconds of real time.</summary>
    public double FromSeconds { get; init; }

    /// <summary>Length shown; null for all that follows, on paper for 10 s.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Channel indices; null for all.</summary>
    public IReadOnlyList<int>? Channels { get; init; }

    /// <summary>Scale of the channels whose unit it fits; beside EEG, ECG and EMG channels keep their own. Null for a usual step that fits the data (on paper 10 mm/mV for an ECG, 7 µV/mm for an EEG unless its values need a coarser one).</summary>
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>Paper speed; null to fill <see cref="WidthMm"/> (on paper 30 mm/s, 25 mm/s for an ECG alone).</summary>
    public double? SpeedMmPerSecond { get; init; }

    /// <summary>Ruled paper at the clinical speed and sensitivity.</summary>
    public bool Paper { get; init; }

    /// <summary>Width of the traces where no speed decides it.</summary>
    public double WidthMm { get; init; } = 230;

    /// <summary>Height of a row; null for one that suits their number.</summary>
    public double? RowMm { get; init; }

    /// <summary>Print the annotations.</summary>
    public bool Annotations { get; init; } = true;
}
