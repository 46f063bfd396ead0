using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Bti;

/// <summary>The head's digitised points (<c>hs_file</c>) and how 4D's frames lie to ours.</summary>
/// <param name="ToHead">From 4D's head coordinates (x front, y left) to the head frame, or null without digitised points.</param>
/// <param name="ToDevice">From 4D's head coordinates to the device frame.</param>
/// <param name="Transforms">The transforms that are known.</param>
/// <param name="Fiducials">Ears and nasion in the head frame.</param>
/// <param name="HeadShape">Points of the scalp in the head frame, metres.</param>
internal sealed record BtiHead(Affine? ToHead, Affine ToDevice, IReadOnlyList<Transform> Transforms, IReadOnlyList<Sensor> Fiducials, IReadOnlyList<Point3> HeadShape)
{
    /// <summary>4D's head coordinates.</summary>
    public static Frame FourDHead { get; } = new("4d head");

    private const int PointBytes = 24, IndexPoints = 5;

    // From the dewar's frame (x front, y left) to the device frame: x right, y front, the origin where Neuromag's lies. Source: MNE-Python, read_raw_bti.
    private static readonly Affine DewarToDevice = new([0, -1, 0, 0, 1, 0, 0, 0.02, 0, 0, 1, 0.11]);

    /// <summary>Reads the points beside a data file.</summary>
    public static BtiHead Of(string path, BtiConfig config, List<string> remarks)
    {
        if (config.DeviceToHead is null)
        {
            remarks.Add("The configuration has no transform from sensors to head: the dewar's frame is taken as the head's.");
        }

        var toDevice = DewarToDevice.After((config.DeviceToHead ?? Affine.Identity).Inverse());
        if (BtiFiles.HeadShape(path) is not { } file)
        {
            remarks.Add("No head shape (hs_file) beside the recording: nothing joins the sensors to the head frame.");
            return new(null, toDevice, [], [], []);
        }

        var fields = new FieldCursor(ByteSource.OpenAsIs(file), isBigEndian: true) { Position = 12 };
        var count = fields.Int32("number of points");
        fields.Require((long)PointBytes * (IndexPoints + (long)count), "points");
        if (count < 0)
        {
            throw fields.Fault(4, "number of points", FormattableString.Invariant($"{count}"), "0 or more");
        }

        // Left ear, right ear, nasion, vertex, inion; then the scalp.
        Point3[] index = [.. Enumerable.Range(0, IndexPoints).Select(_ => fields.Point("index point"))];
        Sensor[] fiducials = [new("lpa", index[0]), new("nasion", index[2]), new("rpa", index[1])];
        Point3[] shape = [.. Enumerable.Range(0, count).Select(_ => fields.Point("point")).Where(p => double.IsFinite(p.Norm))];
        if (!fiducials.All(f => double.IsFinite(f.PositionMetres.Norm)) || new SensorLayout(FourDHead, [], fiducials, "hs_file").ToHead() is not { } toHead)
        {
            remarks.Add("The head shape has no ears and nasion: nothing joins the sensors to the head frame.");
            return new(null, toDevice, [], [], []);
        }

        return new(
            toHead.Matrix, toDevice, [new Transform(Frame.Device, Frame.Head, toHead.Matrix.After(toDevice.Inverse())), toHead],
            [.. fiducials.Select(f => f with { PositionMetres = toHead.Matrix.Apply(f.PositionMetres) })], [.. shape.Select(toHead.Matrix.Apply)]);
    }
}
