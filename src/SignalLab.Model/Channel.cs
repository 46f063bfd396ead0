namespace SignalLab.Model;

/// <summary>What a channel records.</summary>
public enum ChannelKind
{
    /// <summary>Not stated.</summary>
    Other,

    /// <summary>Scalp electroencephalogram.</summary>
    Eeg,

    /// <summary>Intracranial electrodes: depth.</summary>
    Seeg,

    /// <summary>Intracranial electrodes: cortical grid or strip.</summary>
    Ecog,

    /// <summary>Electrocardiogram lead.</summary>
    Ecg,

    /// <summary>Electro-oculogram.</summary>
    Eog,

    /// <summary>Electromyogram.</summary>
    Emg,

    /// <summary>MEG magnetometer.</summary>
    Mag,

    /// <summary>MEG gradiometer.</summary>
    Grad,

    /// <summary>MEG reference sensor.</summary>
    RefMeg,

    /// <summary>Trigger or status channel.</summary>
    Stim,

    /// <summary>Respiration or airflow.</summary>
    Resp,

    /// <summary>Oxygen saturation.</summary>
    SpO2,

    /// <summary>Pulse wave (plethysmogram).</summary>
    Pleth,

    /// <summary>Blood pressure.</summary>
    Pressure,

    /// <summary>Temperature.</summary>
    Temp,

    /// <summary>Galvanic skin response.</summary>
    Gsr,

    /// <summary>Sound: snoring, microphone.</summary>
    Sound,

    /// <summary>Position, acceleration, head movement.</summary>
    Position,

    /// <summary>Optical density or light intensity (NIRS).</summary>
    Nirs,

    /// <summary>Anything else that was measured and is kept as it is.</summary>
    Misc,
}

/// <summary>How stored integers become physical values: physical = digital × Gain + Offset.</summary>
/// <param name="Gain">Physical units per step.</param>
/// <param name="Offset">Physical value of digital zero.</param>
/// <param name="DigitalMinimum">Smallest stored value the format's header allows.</param>
/// <param name="DigitalMaximum">Largest stored value.</param>
/// <param name="PhysicalMinimum">As the header prints it, so that a copy prints the same.</param>
/// <param name="PhysicalMaximum">As the header prints it.</param>
public sealed record Calibration(double Gain, double Offset, long DigitalMinimum, long DigitalMaximum, double PhysicalMinimum, double PhysicalMaximum);

/// <summary>One channel of a recording.</summary>
/// <param name="Label">The file's own name, duplicates kept.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Unit">The unit of the samples that are read from it.</param>
/// <param name="RateHz">Its own sampling rate, &gt; 0.</param>
/// <param name="SampleCount">Stored samples over all segments.</param>
public sealed record Channel(string Label, ChannelKind Kind, Unit Unit, double RateHz, long SampleCount)
{
    /// <summary>Where it records, or null.</summary>
    public Sensor? Sensor { get; init; }

    /// <summary>The frame of <see cref="Sensor"/>, or null where there is none.</summary>
    public Frame? Frame { get; init; }

    /// <summary>The light path of a NIRS channel, or null.</summary>
    public LightPath? Light { get; init; }

    /// <summary>Its own stretches where its clock is not the others' (a stream that began later or broke off, in a file of several streams); null: those of the recording.</summary>
    public IReadOnlyList<Segment>? Segments { get; init; }

    /// <summary>Marked as bad by a person, a file or an algorithm.</summary>
    public bool IsBad { get; init; }

    /// <summary>The integer scale it was stored with, kept so that a copy loses nothing; null for computed samples.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Grade of the reference-sensor compensation that its samples have, 0 for none; null where compensation does not concern it.</summary>
    public int? CompensationGrade { get; init; }

    /// <summary>Transducer as the file states it.</summary>
    public string Transducer { get; init; } = "";

    /// <summary>Filters that were applied before storing, as the file states them.</summary>
    public string Prefilter { get; init; } = "";
}
