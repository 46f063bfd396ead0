using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Cli.Averages;

/// <summary>Neighbours from a file.</summary>
internal static class NeighbourTables
{
    /// <summary>FieldTrip's neighbours, or a table whose first two columns name the two sensors of a pair.</summary>
    public static SensorNeighbours Read(string path)
    {
        if (path.EndsWith(".mat", StringComparison.OrdinalIgnoreCase))
        {
            return NeighbourFile.Read(path) with { Source = Path.GetFileName(path) };
        }

        var (labels, places, pairs) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal), new SortedSet<(int A, int B)>());
        var line = 0;
        foreach (var row in File.ReadLines(path))
        {
            line++;
            var cells = row.Split(path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',', StringSplitOptions.TrimEntries);
            if (row.StartsWith('#') || row.Length == 0)
            {
                continue;
            }

            if (cells.Length < 2 || cells[0].Length == 0 || cells[1].Length == 0)
            {
                throw new UnfitInputException($"{path}, line {line}: found '{row}', expected the names of two sensors.");
            }

            var (a, b) = (Place(cells[0]), Place(cells[1]));
            if (a != b)
            {
                pairs.Add((Math.Min(a, b), Math.Max(a, b)));
            }
        }

        return new SensorNeighbours(labels, [.. pairs]) { Source = Path.GetFileName(path) };

        int Place(string name)
        {
            if (!places.TryGetValue(name, out var place))
            {
                places[name] = place = labels.Count;
                labels.Add(name);
            }

            return place;
        }
    }
}
