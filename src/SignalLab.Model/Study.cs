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

    /// <summary>Surfaces of tissues, of the head, of a helmet: a boundary-element model, the outermost first.</summary>
    public IReadOnlyList<Surface> Surfaces { get; init; } = [];

    /// <summary>Where sources may lie, one a hemisphere or region.</summary>
    public IReadOnlyList<SourceSpace> SourceSpaces { get; init; } = [];

    /// <summary>Forward solutions, one a modality.</summary>
    public IReadOnlyList<LeadField> LeadFields { get; init; } = [];

    /// <summary>Covariances of the sensors' noise.</summary>
    public IReadOnlyList<NoiseCovariance> NoiseCovariances { get; init; } = [];

    /// <summary>Signal-space projectors on their own, to be applied to a recording.</summary>
    public IReadOnlyList<Projector> Projectors { get; init; } = [];

    /// <summary>Events that are kept beside their recording.</summary>
    public IReadOnlyList<TriggerEvent> Events { get; init; } = [];

    /// <summary>Dipoles that were fitted.</summary>
    public IReadOnlyList<Dipole> Dipoles { get; init; } = [];

    /// <summary>Where the head was during a recording, in order of time.</summary>
    public IReadOnlyList<HeadPosition> HeadPositions { get; init; } = [];

    /// <summary>Which sensors are neighbours, or null.</summary>
    public SensorNeighbours? Neighbours { get; init; }

    /// <summary>How types of coils are integrated over.</summary>
    public IReadOnlyList<CoilDefinition> CoilDefinitions { get; init; } = [];

    /// <summary>What leaks from one channel into others, where it was measured: the corrected values are the matrix times the recorded ones.</summary>
    public NamedMatrix? CrossTalk { get; init; }

    /// <summary>The format's name, for example <c>EDF+D</c>.</summary>
    public string Format { get; init; } = "";

    /// <summary>What is suspicious but readable.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
