using System.Globalization;
using SignalLab.Formats.Meg;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>Sensor definitions of a KIT system as text: a channel a line, its type, place in mm, direction in degrees.</summary>
/// <remarks>Source: the file's own two lines of headings: <c>Channel no.,Type,x,y,z,theta,phi,size,baseline</c> and their units.</remarks>
public sealed class SensorDefinitionFormat : IFormat
{
    private const string Begin = "[Sensor Definition]";
    private const int Columns = 9;

    // Millimetres and degrees beyond this are damage.
    private const double Farthest = 10_000;

    private static readonly Dictionary<string, int> CoilTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AxialGradioMeter"] = KitChannel.GradiometerCoil,
        ["MagnetoMeter"] = KitChannel.PointCoil,
        ["RefMagnetoMeter"] = KitChannel.ReferenceCoil,
    };

    /// <inheritdoc/>
    public string Name => "KIT sensor definition";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return WordRows.Of(head).Lines is [var first, ..] && first.Text.Trim().Equals(Begin, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "a sensor definition");
        var (sensors, unplaced) = (new List<Sensor>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var row in text.Lines.Where(l => l.Text.TrimStart() is [>= '0' and <= '9', ..]))
        {
            var cells = row.Text.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length < 2 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == int.MaxValue)
            {
                throw text.Fault(row, "sensor", "a channel's number and its type");
            }

            if (CoilTypes.TryGetValue(cells[1], out var coil))
            {
                sensors.Add(SensorOf(cells, number, coil) ?? throw text.Fault(row, "sensor", "number, type, x, y, z, theta, phi, size, baseline"));
            }
            else if (cells[1].Length > 0 && !cells[1].StartsWith("Null", StringComparison.OrdinalIgnoreCase))
            {
                unplaced.Add(cells[1]);
            }
        }

        return sensors.Count > 0
            ? new Study
            {
                Layouts = [new SensorLayout(Frame.Device, sensors, [], Path.GetFileName(path))],
                Remarks = unplaced.Count == 0 ? [] : [$"Channels of type {string.Join(", ", unplaced)} are left out."],
                Format = Name,
            }
            : throw new MalformedFileException(path, 0, "sensors", "none", "at least one with a place");
    }

    private static Sensor? SensorOf(string[] cells, int number, int coil)
    {
        if (cells.Length != Columns || new WordRow(0, string.Join(' ', cells[2..])).Numbers() is not { Length: Columns - 2 } n || n.Any(v => Math.Abs(v) > Farthest))
        {
            return null;
        }

        var (name, (theta, phi)) = (FormattableString.Invariant($"MEG {number + 1:000}"), (n[3] * Math.PI / 180, n[4] * Math.PI / 180));
        var axes = CoilAxes.Around(new(Math.Sin(theta) * Math.Cos(phi), Math.Sin(theta) * Math.Sin(phi), Math.Cos(theta)));
        return new(name, KitPoints.Turned(1e-3 * new Point3(n[0], n[1], n[2])), new(coil, KitPoints.Turned(axes.Ex), KitPoints.Turned(axes.Ey), KitPoints.Turned(axes.Ez)));
    }
}
