using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>EEGLAB channel tables (.ced): a header with labels and theta, radius, X, Y, Z or sph_theta, sph_phi; X points front, Y left; no unit.</summary>
internal sealed class EeglabChannelTable() : ElectrodeFormat("EEGLAB .ced")
{
    protected override bool Recognises(ElectrodeText head) =>
        head.Rows.FirstOrDefault() is { Text: { } header } && new HeaderedTable(header) is var table && table.Column("labels") >= 0 && HasPlaces(table);

    protected override Study Read(ElectrodeText text)
    {
        var rows = text.Rows.ToList();
        var table = new HeaderedTable(rows.Count > 0 ? rows[0].Text : "");
        var (label, kind) = (table.Column("labels"), table.Column("type"));
        if (label < 0 || !HasPlaces(table))
        {
            throw text.Fault("header", "no labels with positions", "labels and X Y Z, sph_theta sph_phi or theta radius");
        }

        var layout = new LayoutBuilder();
        foreach (var row in rows.Skip(1))
        {
            var cells = table.Cut(row.Text);
            var name = label < cells.Length ? cells[label] : throw text.Fault(row, "labels", $"'{row.Text}'", "a row as long as the header");
            if (Position(text, row, table, cells) is not { } position)
            {
                layout.Remark($"'{name}' has no position.");
            }
            else if (kind >= 0 && kind < cells.Length && cells[kind].Equals("FID", StringComparison.OrdinalIgnoreCase))
            {
                layout.AddFiducial(name, position);
            }
            else
            {
                layout.Add(name, position);
            }
        }

        return layout.Build(text, Name, null);
    }

    private static bool HasPlaces(HeaderedTable table) =>
        table.Column("sph_theta") >= 0 && table.Column("sph_phi") >= 0 || table.Column("theta") >= 0 && table.Column("radius") >= 0;

    private static Point3? Position(ElectrodeText text, TextLine row, HeaderedTable table, string[] cells)
    {
        double? Cell(string column) => table.Column(column) is >= 0 and var c && c < cells.Length && cells[c].Length > 0 && !cells[c].Equals("NaN", StringComparison.OrdinalIgnoreCase)
            ? text.Number(row, cells[c], column)
            : null;
        if (Cell("X") is { } x && Cell("Y") is { } y && Cell("Z") is { } z)
        {
            return new(-y, x, z);
        }

        if (Cell("sph_theta") is { } azimuth && Cell("sph_phi") is { } elevation)
        {
            return SphericalAngles.FromThetaPhi(90 - elevation, azimuth + 90, Cell("sph_radius") ?? 1);
        }

        return Cell("theta") is { } theta && Cell("radius") is { } arc ? SphericalAngles.FromPolar(theta, arc) : null;
    }
}
