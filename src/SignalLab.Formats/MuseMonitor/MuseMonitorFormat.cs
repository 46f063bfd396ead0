using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Formats.MuseMonitor;

/// <summary>Tables of the Muse Monitor application: raw potentials, band powers, movement and state of a Muse headband.</summary>
/// <remarks>Source: Muse Monitor, "Technical manual" and "FAQ" (units of the columns).</remarks>
public sealed class MuseMonitorFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "Muse Monitor";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return DelimitedHead.Of(head) is { } table && IsMuse(table);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        var head = bytes.Length == 0 ? null : DelimitedHead.Of(bytes);
        if (head is null || !IsMuse(head))
        {
            throw new MalformedFileException(path, 0, "header", bytes.Length == 0 ? "an empty file" : "other columns", "the columns TimeStamp, RAW_TP9, RAW_AF7, …");
        }

        var study = new DelimitedFormat().Open(path);
        Recording[] recordings = [.. study.Recordings.Select(r => r with
        {
            Channels = [.. r.Channels.Select(c => c with { Kind = KindOf(c.Label), Unit = UnitOf(c.Label) })],
            Segments = r.Segments,
            Provenance = Provenance.OfFile(path, Name),
        })];
        return study with { Recordings = recordings, Format = Name };
    }

    private static bool IsMuse(DelimitedHead head) => head.Header.Contains("TimeStamp") && head.Header.Any(n => n.StartsWith("RAW_", StringComparison.Ordinal));

    private static ChannelKind KindOf(string name) =>
        name.StartsWith("RAW_", StringComparison.Ordinal) ? ChannelKind.Eeg
        : name.StartsWith("Accelerometer", StringComparison.Ordinal) || name.StartsWith("Gyro", StringComparison.Ordinal) ? ChannelKind.Position
        : ChannelKind.Misc;

    // Band powers are bels, acceleration counts the earth's: the unit table has neither.
    private static Unit UnitOf(string name) =>
        name.StartsWith("RAW_", StringComparison.Ordinal) || name.StartsWith("AUX", StringComparison.Ordinal) ? Unit.Microvolt
        : name.StartsWith("Gyro", StringComparison.Ordinal) ? Unit.Parse("deg/s")
        : name == "Battery" ? Unit.Parse("%")
        : Unit.Unknown;
}
