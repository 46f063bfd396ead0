using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Artemis123;

/// <summary>Digitised points (<c>NAME.pos</c>): what it is, then x, y and z in centimetres.</summary>
internal static class ArtemisDigitiser
{
    private const double MetresAUnit = 0.01;

    private static readonly (string Word, string Name)[] Landmarks = [("nasion", "nasion"), ("left", "lpa"), ("right", "rpa")];

    /// <summary>Reads the landmarks and the points of the scalp, in the head frame of the landmarks; none where there is no file or a landmark is missing.</summary>
    /// <param name="path">The file, or null.</param>
    public static (IReadOnlyList<Sensor> Fiducials, IReadOnlyList<Point3> HeadShape) Read(string? path)
    {
        if (path is null)
        {
            return ([], []);
        }

        var (fiducials, shape) = (new List<Sensor>(), new List<Point3>());
        foreach (var row in WordRows.Read(path, "digitised points").Rows)
        {
            var words = row.Words;
            if (words.Length is not (4 or 5) || new WordRow(0, string.Join(' ', words[^3..])).Numbers() is not { } n)
            {
                continue;
            }

            var point = MetresAUnit * new Point3(n[0], n[1], n[2]);
            if (Landmarks.FirstOrDefault(l => l.Word.Equals(words[0], StringComparison.OrdinalIgnoreCase)).Name is { } name)
            {
                fiducials.Add(new(name, point));
            }
            else if (!words[0].Contains("hpi", StringComparison.OrdinalIgnoreCase))
            {
                shape.Add(point);
            }
        }

        var layout = new SensorLayout(new Frame("digitiser"), [], fiducials, Path.GetFileName(path));
        return layout.ToHead()?.Matrix is { } toHead ? (layout.InHeadFrame().Fiducials, [.. shape.Select(toHead.Apply)]) : ([], []);
    }
}
