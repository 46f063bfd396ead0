namespace SignalLab.Model;

/// <summary>What one file or folder holds of one subject: recordings, maps, layouts, and the transforms between their frames.</summary>
public sealed record Study
{
    /// <summary>Recordings, or the conditions of an evoked file, in file order.</summary>
    public IReadOnlyList<Recording> Recordings { get; init; } = [];

    /// <summary>Images and maps.</summary>
    public IReadOnlyList<ParameterMap> Maps { get; init; } = [];

    /// <summary>Electrode or coil positions without samples.</summary>
    public IReadOnlyList<SensorLayout> Layouts { get; init; } = [];

    /// <summary>How the frames lie to each other.</summary>
    public IReadOnlyList<Transform> Transforms { get; init; } = [];

    /// <summary>The format's name, for example <c>EDF+D</c>.</summary>
    public string Format { get; init; } = "";

    /// <summary>What is suspicious but readable.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
