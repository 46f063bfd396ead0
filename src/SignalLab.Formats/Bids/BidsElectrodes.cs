using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>Positions of <c>electrodes.tsv</c> in the frame of its <c>coordsystem.json</c>.</summary>
/// <remarks>Source: BIDS 1.10, "Electrodes description", "Coordinate System JSON" and appendix "Coordinate systems".</remarks>
internal static class BidsElectrodes
{
    // Which of several tables is taken: a head first, then the subject's own images, then a template, then anything else.
    private static readonly string[] Heads = ["CapTrak", "ElektaNeuromag", "CTF", "4DBti", "KitYokogawa", "ChietiItab", "EEGLAB", "EEGLAB-HJ"];

    // Their axes are those of the head frame.
    private static readonly string[] HeadFrames = ["CapTrak", "ElektaNeuromag"];

    private static readonly string[] Mnis = ["MNI", "fsaverage", "IXI549Space", "ICBM"];

    /// <summary>The layout that counts for a recording, or null where there is none.</summary>
    /// <param name="sidecars">The files that describe it.</param>
    /// <param name="used">Receives the files that were used.</param>
    /// <param name="remarks">Receives what is left out.</param>
    /// <exception cref="MalformedFileException">A table has no positions where they belong.</exception>
    public static SensorLayout? Read(BidsSidecars sidecars, BidsUse used, List<string> remarks)
    {
        var tables = sidecars.All("electrodes", ".tsv").ToList();
        if (tables.Count == 0)
        {
            return null;
        }

        var deepest = tables.Where(t => t.Level == tables[^1].Level)
            .Select(t => (Table: t, Description: DescriptionOf(t, sidecars)))
            .Select(t => (t.Table, t.Description, System: t.Description is { } d ? BidsCoordinateSystem.Read(d.Path) : BidsCoordinateSystem.None))
            .OrderBy(t => Rank(t.System)).ThenBy(t => t.Table.Name["space"] is null ? 0 : 1).ThenByDescending(t => t.Table.Name.Entities.Count).ToList();
        var (table, description, system) = deepest[0];
        if (deepest.Skip(1).Where(t => t.System.Name != system.Name).Select(t => t.System.Name.Length > 0 ? t.System.Name : "an unnamed system").ToList() is { Count: > 0 } left)
        {
            remarks.Add($"Electrodes are taken in {(system.Name.Length > 0 ? system.Name : "an unnamed system")}; those in {string.Join(", ", left)} are left out.");
        }

        if (system.IsPicture)
        {
            remarks.Add($"{Path.GetFileName(table.Path)} gives places on a picture (pixels): they are no positions and are left out.");
            return null;
        }

        var layout = Layout(BidsTable.Read(table.Path), system, remarks);
        if (layout is not null)
        {
            used.Add(table.Path);
            used.Add(description?.Path);
        }

        return layout;
    }

    // Of the same space; a description alone at its level belongs to every table.
    private static BidsSidecar? DescriptionOf(BidsSidecar table, BidsSidecars sidecars)
    {
        var all = sidecars.All("coordsystem", ".json").ToList();
        return all.LastOrDefault(d => d.Name["space"] == table.Name["space"]) ?? (all.Count == 1 && (all[0].Name["space"] is null || table.Name["space"] is null) ? all[0] : null);
    }

    private static SensorLayout? Layout(BidsTable table, BidsCoordinateSystem system, List<string> remarks)
    {
        var (name, x, y, z) = (table.Require("name"), table.Require("x"), table.Require("y"), table.Require("z"));
        var sensors = new List<Sensor>();
        foreach (var row in table.Rows)
        {
            if (table.Number(row, x) is { } px && table.Number(row, y) is { } py && table.Number(row, z) is { } pz)
            {
                sensors.Add(new(row.Cells[name], system.Turned(new(px, py, pz))));
            }
        }

        if (sensors.Count == 0)
        {
            return null;
        }

        var landmarks = system.Landmarks.Select(l => new Sensor(l.Name, l.Place));
        var scale = system.MetresPerUnit;
        if (scale is null)
        {
            scale = Rank(system) > 1 && system.Exists ? null : LayoutBuilder.UnitlessScale(sensors);
            remarks.Add(scale is null
                ? $"{Path.GetFileName(table.Path)} has no unit of length: its positions are left out."
                : $"{Path.GetFileName(table.Path)} has no unit of length: positions are scaled to a head of 0.095 m (median distance from the origin).");
        }

        if (scale is not { } metres)
        {
            return null;
        }

        Sensor[] placed = [.. sensors.Select(s => s with { PositionMetres = metres * s.PositionMetres })];
        Sensor[] fiducials = [.. LayoutBuilder.FiducialsAmong(landmarks.Concat(sensors)).Select(s => s with { PositionMetres = metres * s.PositionMetres })];
        var frame = FrameOf(system.Name);
        var layout = new SensorLayout(frame, placed, fiducials, Path.GetFileName(table.Path));

        // Landmarks tell the head frame exactly; of images' frames nothing is moved.
        var moved = frame == Frame.Electrodes || frame == Frame.Head ? (layout with { Frame = Frame.Electrodes }).InHeadFrame() : layout;
        return moved.Frame == Frame.Head ? moved : layout;
    }

    private static int Rank(BidsCoordinateSystem system) =>
        !system.Exists ? 1
        : system.IsPicture ? 5
        : Heads.Contains(system.Name, StringComparer.OrdinalIgnoreCase) ? 0
        : FrameOf(system.Name) is var frame && frame == Frame.Electrodes ? (system.Landmarks.Count >= 3 ? 1 : 4)
        : frame == Frame.Mni || frame == Frame.Talairach ? 3
        : 2;

    private static Frame FrameOf(string system) => system.ToUpperInvariant() switch
    {
        "ACPC" => new("acpc"),
        "SCANRAS" => Frame.Scanner,
        "T1W" or "INDIVIDUAL" => new("t1w"),
        "FSNATIVE" => Frame.Mri,
        "TALAIRACH" => Frame.Talairach,
        _ when Mnis.Any(m => system.StartsWith(m, StringComparison.OrdinalIgnoreCase)) => Frame.Mni,
        _ when HeadFrames.Contains(system, StringComparer.OrdinalIgnoreCase) => Frame.Head,
        _ => Frame.Electrodes,
    };
}
