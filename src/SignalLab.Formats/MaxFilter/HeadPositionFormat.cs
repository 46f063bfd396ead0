using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.MaxFilter;

/// <summary>Positions of the head over time (<c>.pos</c>), as MaxFilter finds them from coils that are on during a recording.</summary>
/// <remarks>
/// Source: MaxFilter User's Guide, "Head position": time in seconds, q1 to q3 of a unit quaternion, q4 to q6 a shift in metres, goodness of fit, error, velocity.
/// Error and velocity are metres and metres a second in MaxFilter's own files (they fit the movement between the rows); nothing in the file says so.
/// </remarks>
public sealed class HeadPositionFormat : IFormat
{
    private const int FewestColumns = 8, MostColumns = 10;
    private const double Tolerance = 1e-3;

    /// <inheritdoc/>
    public string Name => "MaxFilter head positions";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return WordRows.Of(head).Lines is [var first, ..] && ColumnsOf(first) is not null;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "positions of the head");
        if (text.Lines is not [var header, _, ..] || ColumnsOf(header) is not { } columns)
        {
            throw new MalformedFileException(path, 0, "positions", "none", "a line of names, Time q1 q2 q3 q4 q5 q6 …, and one line at least below it");
        }

        return new Study { HeadPositions = [.. text.Lines.Skip(1).Select(r => Parse(r, columns) ?? throw text.Fault(r, "position", $"{columns} numbers: a time, a unit quaternion, a shift"))], Format = Name };
    }

    private static int? ColumnsOf(WordRow header) =>
        new WordRow(0, header.Text.TrimStart('#', '%', ' ')).Words is { Length: >= FewestColumns and <= MostColumns } words
        && words.Take(FewestColumns - 1).SequenceEqual(["Time", "q1", "q2", "q3", "q4", "q5", "q6"], StringComparer.OrdinalIgnoreCase) ? words.Length : null;

    private static HeadPosition? Parse(WordRow row, int columns)
    {
        if (row.Numbers() is not { } n || n.Length != columns)
        {
            return null;
        }

        var square = (n[1] * n[1]) + (n[2] * n[2]) + (n[3] * n[3]);
        if (!(square <= 1 + Tolerance))
        {
            return null;
        }

        return new(n[0], new(Frame.Device, Frame.Head, Rotation(Math.Sqrt(Math.Max(0, 1 - square)), n[1], n[2], n[3], new(n[4], n[5], n[6]))))
        {
            GoodnessOfFit = n[7],
            ErrorMetres = columns > 8 ? n[8] : null,
            MetresPerSecond = columns > 9 ? n[9] : null,
        };
    }

    // A unit quaternion as columns of a rotation, w + xi + yj + zk.
    private static Affine Rotation(double w, double x, double y, double z, Point3 shift) => Affine.FromColumns(
        new((w * w) + (x * x) - (y * y) - (z * z), 2 * ((x * y) + (w * z)), 2 * ((x * z) - (w * y))),
        new(2 * ((x * y) - (w * z)), (w * w) - (x * x) + (y * y) - (z * z), 2 * ((y * z) + (w * x))),
        new(2 * ((x * z) + (w * y)), 2 * ((y * z) - (w * x)), (w * w) - (x * x) - (y * y) + (z * z)),
        shift);
}
