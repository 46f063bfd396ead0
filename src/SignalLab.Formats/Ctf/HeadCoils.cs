using SignalLab.Formats.Meg;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>Where the head's coils were measured (<c>.hc</c>), and what follows: from device and from CTF's head coordinates to the head frame.</summary>
/// <param name="ToHead">From CTF's head coordinates (x front, origin between the ears) to the head frame, or null.</param>
/// <param name="Transforms">The transforms that are known.</param>
/// <param name="Fiducials">The coils on nasion and ears, in the head frame.</param>
internal sealed record HeadCoils(Affine? ToHead, IReadOnlyList<Transform> Transforms, IReadOnlyList<Sensor> Fiducials)
{
    /// <summary>CTF's own head coordinates: x through the nasion, y left through the left ear, z up.</summary>
    public static Frame CtfHead { get; } = new("ctf head");

    private const double LargestResidualMetres = 1e-3;

    private static readonly HeadCoils None = new(null, [], []);

    private static readonly (string Words, string Name)[] Names = [("nasion", "nasion"), ("left ear", "lpa"), ("right ear", "rpa"), ("spare", "spare")];

    /// <summary>Reads the coils of a dataset.</summary>
    /// <param name="folder">The dataset.</param>
    /// <param name="remarks">Receives why there are none.</param>
    public static HeadCoils Read(CtfFolder folder, List<string> remarks)
    {
        var (dewar, head) = Measured(CompanionText.Lines(folder.Companion(".hc"), "head coil positions"));
        string[] common = [.. Names.Select(n => n.Name).Where(n => dewar.ContainsKey(n) && head.ContainsKey(n))];
        var landmarks = new SensorLayout(CtfHead, [], [.. head.Where(h => h.Key != "spare").Select(h => new Sensor(h.Key, h.Value))], ".hc");
        if (landmarks.ToHead() is not { } toHead)
        {
            remarks.Add("No measured head coils: nothing joins the sensors to the head.");
            return None;
        }

        Sensor[] fiducials = [.. new[] { "lpa", "nasion", "rpa" }.Select(n => new Sensor(n, toHead.Matrix.Apply(head[n])))];
        if (RigidFit.Between([.. common.Select(n => dewar[n])], [.. common.Select(n => head[n])]) is not { } fit || fit.LargestResidual > LargestResidualMetres)
        {
            remarks.Add("The head coils in dewar coordinates do not fit those in head coordinates: nothing joins the sensors to the head.");
            return new(toHead.Matrix, [toHead], fiducials);
        }

        var deviceToHead = toHead.Matrix.After(fit.Matrix).After(CtfChannels.DewarToDevice.Inverse());
        return new(toHead.Matrix, [new Transform(Frame.Device, Frame.Head, deviceToHead), toHead], fiducials);
    }

    // "measured nasion coil position relative to dewar (cm):", then x, y and z, a line each.
    private static (Dictionary<string, Point3> Dewar, Dictionary<string, Point3> Head) Measured(IReadOnlyList<string> lines)
    {
        var (dewar, head) = (new Dictionary<string, Point3>(StringComparer.Ordinal), new Dictionary<string, Point3>(StringComparer.Ordinal));
        for (var i = 0; i + 3 < lines.Count; i++)
        {
            var name = Names.FirstOrDefault(n => lines[i].Contains(n.Words, StringComparison.OrdinalIgnoreCase)).Name;
            var into = lines[i].Contains("relative to dewar", StringComparison.OrdinalIgnoreCase) ? dewar
                : lines[i].Contains("relative to head", StringComparison.OrdinalIgnoreCase) ? head : null;
            if (name is not null && into is not null && lines[i].Contains("measured", StringComparison.OrdinalIgnoreCase)
                && Value(lines[i + 1], "x") is { } x && Value(lines[i + 2], "y") is { } y && Value(lines[i + 3], "z") is { } z)
            {
                into.TryAdd(name, 0.01 * new Point3(x, y, z));
            }
        }

        return (dewar, head);
    }

    private static double? Value(string line, string axis) =>
        CompanionText.Words(line) is [var a, "=", var value] && a == axis ? CompanionText.Number(value) : null;
}
