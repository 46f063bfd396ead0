using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>A channel as the header describes it.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Unit">Unit of the physical values.</param>
/// <param name="Column">Where it stands in a record, and its scale.</param>
internal sealed record GdfChannel(string Label, Unit Unit, RecordColumn Column)
{
    /// <summary>Samples a record holds of it; 0 where it is sampled at no fixed rate.</summary>
    public long PerRecord => Column.PerRecord;

    /// <summary>Its integer scale, or null.</summary>
    public Calibration? Calibration { get; init; }

    public string Transducer { get; init; } = "";

    public string Prefilter { get; init; } = "";

    /// <summary>Where its sensor was, in no stated unit; null where nothing is said.</summary>
    public Point3? Position { get; init; }
}

/// <summary>What the header says.</summary>
/// <param name="Version">For example 1.25 or 2.51.</param>
/// <param name="DataOffset">Byte of the first record.</param>
/// <param name="RecordCount">Records; −1 where they were not counted.</param>
/// <param name="RecordSeconds">Length of a record as a fraction.</param>
/// <param name="Channels">All channels in file order.</param>
internal sealed record GdfHeader(double Version, long DataOffset, long RecordCount, (double Numerator, double Denominator) RecordSeconds, IReadOnlyList<GdfChannel> Channels)
{
    /// <summary>Bytes of a record.</summary>
    public long RecordBytes => Channels.Sum(c => c.Column.End - c.Column.Offset);

    public DateTime? Start { get; init; }

    public Subject Subject { get; init; } = Subject.Unknown;

    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>A channel's sampling rate in Hz.</summary>
    public double RateOf(GdfChannel channel) => channel.PerRecord * RecordSeconds.Denominator / RecordSeconds.Numerator;
}
