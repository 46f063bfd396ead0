using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>
/// Layouts of sensors on a sheet (Neuromag .lout, FieldTrip .lay): number, x, y, width, height and name; a .lout begins with the sheet's four edges.
/// They have no unit: the middle becomes the origin and the farthest sensor lies 0.095 m from it.
/// </summary>
internal sealed class PlaneLayout() : ElectrodeFormat("sensor sheet .lout .lay")
{
    private const double SheetRadiusMetres = 0.095;

    private static readonly Frame Sheet = new("sensor sheet");

    protected override bool Recognises(ElectrodeText head)
    {
        var rows = head.Rows.Take(40).Select(r => r.Words).ToList();
        return rows.Count >= 3 && IsRow(rows[1]) && rows.Skip(1).All(IsRow) && (IsRow(rows[0]) || AreEdges(rows[0]));
    }

    protected override Study Read(ElectrodeText text)
    {
        var sensors = new List<Sensor>();
        var isFirst = true;
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            var isEdges = isFirst && AreEdges(words);
            isFirst = false;
            if (isEdges)
            {
                continue;
            }

            if (!IsRow(words))
            {
                throw text.Fault(row, "sensor", $"'{row.Text}'", "number, x, y, width, height and name");
            }

            // Two boxes of FieldTrip's figures are no sensors.
            var name = string.Join(' ', words[5..]);
            if (name is not ("COMNT" or "SCALE"))
            {
                sensors.Add(new(name, new(text.Number(row, words[1], "x"), text.Number(row, words[2], "y"), 0)));
            }
        }

        if (sensors.Count == 0)
        {
            throw text.Fault("sensors", "none", "a sensor and its place at least once");
        }

        double Middle(Func<Point3, double> axis) => (sensors.Min(s => axis(s.PositionMetres)) + sensors.Max(s => axis(s.PositionMetres))) / 2;
        var middle = new Point3(Middle(p => p.X), Middle(p => p.Y), 0);
        var farthest = sensors.Max(s => (s.PositionMetres - middle).Norm);
        var scale = farthest > 0 ? SheetRadiusMetres / farthest : 1;
        var placed = sensors.Select(s => s with { PositionMetres = scale * (s.PositionMetres - middle) });
        return new Study
        {
            Format = Name,
            Layouts = [new SensorLayout(Sheet, [.. placed], [], Path.GetFileName(text.Path))],
            Remarks = ["A layout on a sheet, without unit: its middle is the origin and the farthest sensor lies 0.095 m from it; there is no third dimension."],
        };
    }

    private static bool IsRow(string[] words) =>
        words.Length >= 6 && int.TryParse(words[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out _) && AreNumbers(words.AsSpan(1, 4)) && words[5].Any(char.IsLetterOrDigit);

    private static bool AreEdges(string[] words) => words.Length == 4 && AreNumbers(words);
}
