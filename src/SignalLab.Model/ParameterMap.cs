namespace SignalLab.Model;

/// <summary>How a map's values came about.</summary>
public enum MapKind
{
    /// <summary>As the instrument gave them.</summary>
    Measured,

    /// <summary>Computed from measured values, in a physical unit.</summary>
    Derived,

    /// <summary>A test statistic or score.</summary>
    Statistic,

    /// <summary>Names of regions; never interpolated.</summary>
    Label,
}

/// <summary>What a value means beyond its unit.</summary>
/// <param name="Name">For example <c>electric potential</c>, <c>CT number</c>.</param>
public sealed record Quantity(string Name)
{
    /// <summary>Scalp or body-surface potential.</summary>
    public static Quantity ElectricPotential { get; } = new("electric potential");

    /// <summary>Current that enters or leaves the scalp, as a potential per area.</summary>
    public static Quantity CurrentSourceDensity { get; } = new("current source density");

    /// <summary>Magnetic flux density.</summary>
    public static Quantity MagneticField { get; } = new("magnetic field");

    /// <summary>Spatial derivative of the magnetic flux density.</summary>
    public static Quantity MagneticGradient { get; } = new("magnetic gradient");

    /// <summary>Power spectral density or band power.</summary>
    public static Quantity Power { get; } = new("power");

    /// <summary>Stored values whose meaning the file does not state.</summary>
    public static Quantity Intensity { get; } = new("intensity");

    /// <summary>The quantity of a channel, which its unit may tell apart: a potential per square metre is a current source density.</summary>
    /// <param name="channel">The channel.</param>
    public static Quantity Of(Channel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Unit.ConvertsTo(PotentialPerArea) ? CurrentSourceDensity : Of(channel.Kind);
    }

    private static Unit PotentialPerArea { get; } = Unit.Parse("V/m2");

    /// <summary>The quantity a channel of that kind records.</summary>
    /// <param name="kind">The kind.</param>
    public static Quantity Of(ChannelKind kind) => kind switch
    {
        ChannelKind.Mag or ChannelKind.RefMeg => MagneticField,
        ChannelKind.Grad => MagneticGradient,
        ChannelKind.Eeg or ChannelKind.Ecg or ChannelKind.Eog or ChannelKind.Emg or ChannelKind.Ecog or ChannelKind.Seeg => ElectricPotential,
        _ => Intensity,
    };
}

/// <summary>A quantity over locations, with optional extra axes (time, frequency, component, colour): a topography, a CT volume, an fMRI series, a source image.</summary>
/// <param name="Quantity">What is mapped.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Support">The locations.</param>
/// <param name="Values">The values, a frame for every combination of the extra axes.</param>
public sealed record ParameterMap(Quantity Quantity, Unit Unit, Support Support, IMapValues Values)
{
    /// <summary>Extra axes, the first fastest; their lengths multiply to the number of frames.</summary>
    public IReadOnlyList<Axis> Axes { get; init; } = [];

    /// <summary>How the values came about.</summary>
    public MapKind Kind { get; init; } = MapKind.Measured;

    /// <summary>For each location whether it has a value, or null where all have.</summary>
    public IReadOnlyList<bool>? Mask { get; init; }

    /// <summary>Modality as its field names it (DICOM's code where there is one: CT, MR, US), or empty.</summary>
    public string Modality { get; init; } = "";

    /// <summary>Centre and width of the window the source proposes, or null.</summary>
    public (double Centre, double Width)? Window { get; init; }

    /// <summary>True where the source asks for its lowest values to be shown white (DICOM's MONOCHROME1); the values themselves are as measured.</summary>
    public bool LowIsWhite { get; init; }

    /// <summary>Names of the numbers of a label map, as far as they are known; empty for other maps.</summary>
    public IReadOnlyDictionary<int, string> LabelNames { get; init; } = new Dictionary<int, string>();

    /// <summary>Whom it is about.</summary>
    public Subject Subject { get; init; } = Subject.Unknown;

    /// <summary>Clock at the acquisition, or null.</summary>
    public DateTime? Start { get; init; }

    /// <summary>What is suspicious but readable.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>Number of frames.</summary>
    public int FrameCount => Axes.Aggregate(1, (n, axis) => n * axis.Length);

    /// <summary>Reads one frame whole.</summary>
    /// <param name="frame">Frame number, first extra axis fastest.</param>
    /// <returns>A value for every location, in order.</returns>
    public double[] ReadFrame(int frame = 0)
    {
        var values = new double[Support.Count];
        Values.Read(frame, 0, values);
        return values;
    }

    /// <summary>The cut at one location: the values along the first extra axis.</summary>
    /// <param name="location">Index of the location in the support.</param>
    /// <returns>A series over that axis.</returns>
    /// <exception cref="UnfitInputException">The map has no extra axis.</exception>
    public Series GraphAt(long location)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(location);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(location, Support.Count);
        if (Axes.Count == 0)
        {
            throw new UnfitInputException("This map holds one instant only: there is no graph over time at a location.");
        }

        var values = new double[Axes[0].Length];
        for (var i = 0; i < values.Length; i++)
        {
            Values.Read(i, location, values.AsSpan(i, 1));
        }

        return new Series(NameOf(location), Axes[0], values, Unit)
        {
            Provenance = Provenance.Then(ProcessingStep.Of("graph at", ("location", NameOf(location)))),
        };
    }

    private string NameOf(long location) => Support switch
    {
        SensorSupport sensors => sensors.Layout.Sensors[(int)location].Name,
        GridSupport grid => FormattableString.Invariant($"{location % grid.SizeX},{location / grid.SizeX % grid.SizeY},{location / grid.SizeX / grid.SizeY}"),
        _ => FormattableString.Invariant($"vertex {location}"),
    };
}
