using SignalLab.Formats.Electrodes;
using SignalLab.Formats.Meg;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>Points digitised on the head and the transform that the marker coils among them give. All are in the head frame, metres.</summary>
/// <param name="Fiducials">Nasion, left and right ear.</param>
/// <param name="HeadShape">Points of the scalp.</param>
/// <param name="Electrodes">Electrodes by name.</param>
/// <param name="Transforms">From the device to the head, where the markers were located.</param>
internal sealed record KitPoints(IReadOnlyList<Sensor> Fiducials, IReadOnlyList<Point3> HeadShape, IReadOnlyDictionary<string, Point3> Electrodes, IReadOnlyList<Transform> Transforms)
{
    private const int RecordBytes = 32;
    private const double LargestResidualMetres = 0.02;

    private static readonly Dictionary<string, Point3> NoElectrodes = new(StringComparer.OrdinalIgnoreCase);
    private static readonly KitPoints None = new([], [], NoElectrodes, []);
    private static readonly (string Name, string Role)[] Landmarks = [("fidnz", "nasion"), ("fidt9", "lpa"), ("fidt10", "rpa")];
    private static readonly string[] Coils = ["hpi_1", "hpi_2", "hpi_3", "hpi_4", "hpi_5"];

    /// <summary>KIT's axes are x front, y left; ours x right, y front.</summary>
    public static Point3 Turned(Point3 p) => new(-p.Y, p.X, p.Z);

    /// <summary>The points inside the file, else those of the files beside it.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="markers">Markers located in this file.</param>
    /// <param name="remarks">Receives where points came from and what is suspicious.</param>
    public static KitPoints Of(string path, KitDirectory directory, IReadOnlyList<Point3> markers, List<string> remarks) =>
        directory.Find(KitDirectory.DigitisedPoints) is { } entry ? Inside(directory, entry, remarks) : Beside(path, markers, remarks);

    private static KitPoints Inside(KitDirectory directory, KitEntry entry, List<string> remarks)
    {
        directory.Bytes.Require(entry.Offset, (long)RecordBytes * entry.Count, "digitised points");
        var fields = new FieldCursor(directory.Bytes, isBigEndian: false) { Position = entry.Offset };
        var (named, shape) = (new Dictionary<string, Point3>(StringComparer.OrdinalIgnoreCase), new List<Point3>());
        for (var i = 0; i < entry.Count; i++)
        {
            var name = fields.Text(8, "name of a point");
            var place = fields.Point("digitised point");
            if (!double.IsFinite(place.Norm))
            {
                continue;
            }

            if (name.Length == 0)
            {
                shape.Add(place);
            }
            else
            {
                named.TryAdd(name, place);
            }
        }

        Sensor[] fiducials = [.. Landmarks.Where(l => named.ContainsKey(l.Name)).Select(l => new Sensor(l.Role, named[l.Name]))];
        var located = KitMarkers.Found(directory);
        var pairs = Coils.Zip(located).Where(c => named.ContainsKey(c.First) && c.Second.IsMeasured).Select(c => (Digitised: named[c.First], Located: c.Second.Metres)).ToList();
        foreach (var name in Landmarks.Select(l => l.Name).Concat(Coils))
        {
            named.Remove(name);
        }

        return Joined(fiducials, [.. pairs.Select(p => p.Digitised)], [.. pairs.Select(p => p.Located)], shape, named, remarks);
    }

    // NAME.elp: fiducials and coils; NAME.hsp: head shape; NAME.mrk, NAME_mrk.sqd or NAME-mrk.sqd: where the sensors located the coils.
    private static KitPoints Beside(string path, IReadOnlyList<Point3> markers, List<string> remarks)
    {
        var stem = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileNameWithoutExtension(path));
        if (!File.Exists(stem + ".elp"))
        {
            return None;
        }

        var probe = new PolhemusElectrodes().Open(stem + ".elp").Layouts[0];
        var shape = File.Exists(stem + ".hsp") ? new PolhemusShape().Open(stem + ".hsp").Layouts[0].Sensors : [];
        if (markers.Count == 0 && new[] { ".mrk", "_mrk.sqd", "-mrk.sqd" }.Select(e => stem + e).FirstOrDefault(File.Exists) is { } marked)
        {
            markers = KitMarkers.Read(KitDirectory.Read(ByteSource.OpenAsIs(marked)));
        }

        remarks.Add($"Digitised points are those of {Path.GetFileName(stem)}.elp and what stands beside it.");
        return Joined(probe.Fiducials, [.. probe.Sensors.Select(s => s.PositionMetres)], markers, [.. shape.Select(s => s.PositionMetres)], NoElectrodes, remarks);
    }

    private static KitPoints Joined(
        IReadOnlyList<Sensor> fiducials, IReadOnlyList<Point3> coils, IReadOnlyList<Point3> markers, IReadOnlyList<Point3> shape, Dictionary<string, Point3> electrodes, List<string> remarks)
    {
        if (new SensorLayout(Frame.Electrodes, [], fiducials, "").ToHead() is not { Matrix: var toHead })
        {
            remarks.Add("The digitised points have no nasion and ears; they are left out.");
            return None;
        }

        var transforms = new List<Transform>();
        var inHead = coils.Select(toHead.Apply).ToList();
        if (coils.Count != markers.Count || RigidFit.Between(markers, inHead) is not { } fit)
        {
            remarks.Add(FormattableString.Invariant($"{coils.Count} marker coils were digitised and {markers.Count} located: nothing joins the sensors to the head."));
        }
        else
        {
            transforms.Add(new(Frame.Device, Frame.Head, fit.Matrix));
            if (fit.LargestResidual > LargestResidualMetres)
            {
                remarks.Add(FormattableString.Invariant($"The located markers lie up to {1000 * fit.LargestResidual:0.0} mm from the digitised ones."));
            }
        }

        return new(
            [.. fiducials.Select(f => f with { PositionMetres = toHead.Apply(f.PositionMetres) })],
            [.. shape.Select(toHead.Apply)],
            electrodes.ToDictionary(e => e.Key, e => toHead.Apply(e.Value), StringComparer.OrdinalIgnoreCase),
            transforms);
    }
}
