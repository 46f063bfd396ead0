using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>The marker coils on the head as the sensors located them.</summary>
internal static class KitMarkers
{
    private const int Most = 8, MatrixBytes = 16 * 8;

    /// <summary>Reads them from a file's coregistration.</summary>
    /// <param name="directory">The file.</param>
    /// <returns>Measured markers in the device frame, metres; empty where none was.</returns>
    public static IReadOnlyList<Point3> Read(KitDirectory directory) => [.. Found(directory).Where(m => m.IsMeasured).Select(m => m.Metres)];

    /// <summary>All markers with a flag whether each was measured.</summary>
    public static IReadOnlyList<(bool IsMeasured, Point3 Metres)> Found(KitDirectory directory)
    {
        if (directory.Find(KitDirectory.Coregistration) is null)
        {
            return [];
        }

        var fields = directory.Fields(KitDirectory.Coregistration, "coregistration");
        fields.Skip(4 + (2 * MatrixBytes));
        var count = fields.Int32("number of markers");
        if (count is < 0 or > Most)
        {
            throw fields.Fault(4, "number of markers", FormattableString.Invariant($"{count}"), FormattableString.Invariant($"0 to {Most}"));
        }

        var markers = new List<(bool, Point3)>();
        for (var i = 0; i < count; i++)
        {
            fields.Skip(12);
            var isMeasured = fields.Int32("marker") != 0;
            fields.Skip(24);
            var place = KitPoints.Turned(fields.Point("marker"));
            markers.Add((isMeasured && double.IsFinite(place.Norm), place));
        }

        return markers;
    }
}
