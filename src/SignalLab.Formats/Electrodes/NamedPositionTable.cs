using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Tables with a header (.tsv, .csv): BIDS electrodes.tsv with its coordsystem.json, and plain name x y z.</summary>
internal sealed class NamedPositionTable() : ElectrodeFormat("name x y z table")
{
    protected override bool Recognises(ElectrodeText head) => head.Rows.FirstOrDefault() is { Text: { } header } && Columns(new(header)) is not null;

    protected override Study Read(ElectrodeText text)
    {
        var rows = text.Rows.ToList();
        var table = new HeaderedTable(rows.Count > 0 ? rows[0].Text : "");
        if (Columns(table) is not { } columns)
        {
            throw text.Fault("header", "no name, x, y and z", "the columns name x y z");
        }

        var (layout, system) = (new LayoutBuilder(), BidsCoordinateSystem.Beside(text.Path));
        foreach (var row in rows.Skip(1))
        {
            var cells = table.Cut(row.Text);
            if (cells.Length <= columns.Last)
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "name x y z");
            }

            string[] place = [cells[columns.X], cells[columns.Y], cells[columns.Z]];
            if (place.Any(p => p.Equals("n/a", StringComparison.OrdinalIgnoreCase)))
            {
                layout.Remark($"'{cells[columns.Name]}' has no position.");
            }
            else
            {
                layout.Add(cells[columns.Name], system.Turned(Point(text, row, place)));
            }
        }

        foreach (var (name, place) in system.Landmarks)
        {
            layout.AddFiducial(name, place);
        }

        return layout.Build(text, system.Exists ? "BIDS electrodes.tsv" : Name, system.MetresPerUnit);
    }

    private static (int Name, int X, int Y, int Z, int Last)? Columns(HeaderedTable table)
    {
        var (name, x, y, z) = (table.Column("name", "label", "labels", "site", "electrode", "channel", "ch_name"), table.Column("x", "px"), table.Column("y", "py"), table.Column("z", "pz"));
        return name >= 0 && x >= 0 && y >= 0 && z >= 0 ? (name, x, y, z, Math.Max(Math.Max(name, x), Math.Max(y, z))) : null;
    }
}
