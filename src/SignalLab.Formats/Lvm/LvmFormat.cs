using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Lvm;

/// <summary>LabVIEW measurement files (<c>.lvm</c>) as QuSpin's magnetometers are recorded: text, a row a sample.</summary>
/// <remarks>Source: NI, "Specification for the LabVIEW Measurement File (.lvm)", 2023.</remarks>
public sealed class LvmFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "LabVIEW measurement";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && head.Has(0, "LabVIEW Measurement");
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ByteSource.OpenAsIs(path);
        var header = LvmHeader.Read(bytes);
        var rows = LvmRows.Scan(bytes, header);
        var channels = header.Names.Select((n, i) => ToChannel(n, header.UnitOf(i), rows)).ToArray();
        var recording = new Recording(channels, rows)
        {
            Start = header.Start,
            Comments = header.Operator.Length > 0 ? [$"operator: {header.Operator}"] : [],
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name };
    }

    // QuSpin names the axes of its sensors X1, Y1, Z1 …
    private static Channel ToChannel(string name, Unit unit, LvmRows rows)
    {
        var isField = unit.ConvertsTo(Unit.Tesla) && name.Length > 1 && name[0] is 'X' or 'Y' or 'Z' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new(name, isField ? ChannelKind.Mag : ChannelKind.Misc, unit, rows.RateHz, rows.RowCount);
    }
}
