using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>Blocks of a task, from the table beside an fMRI series.</summary>
/// <param name="OnsetsSeconds">Starts.</param>
/// <param name="DurationSeconds">Length of every block.</param>
internal sealed record TaskEvents(double[] OnsetsSeconds, double DurationSeconds)
{
    /// <summary>Reads <c>NAME_events.tsv</c> beside <c>NAME.nii.gz</c> or <c>NAME_bold.nii.gz</c> (BIDS), or null where there is none.</summary>
    /// <exception cref="MalformedFileException">The table has no numeric onset and duration columns, or blocks of different lengths.</exception>
    public static TaskEvents? Beside(string imagePath)
    {
        var name = Path.GetFileName(imagePath).Replace(".nii.gz", "", StringComparison.OrdinalIgnoreCase).Replace(".nii", "", StringComparison.OrdinalIgnoreCase);
        var stem = name.EndsWith("_bold", StringComparison.Ordinal) ? name[..^5] : name;
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(imagePath))!, stem + "_events.tsv");
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadLines(path).Take(100_000).Where(l => l.Length > 0).Select(l => l.Split('\t')).ToList();
        var (onset, duration) = lines.Count == 0 ? (-1, -1) : (Array.IndexOf(lines[0], "onset"), Array.IndexOf(lines[0], "duration"));
        if (onset < 0 || duration < 0 || lines.Count < 2)
        {
            throw new MalformedFileException(path, null, "line 1", lines.Count == 0 ? "nothing" : string.Join(" ", lines[0]), "columns named onset and duration, and rows below them");
        }

        double Number(int row, int column) =>
            column < lines[row].Length && double.TryParse(lines[row][column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
                ? value
                : throw new MalformedFileException(path, null, $"line {row + 1}", string.Join(" ", lines[row]), "seconds as numbers not below 0");

        var durations = Enumerable.Range(1, lines.Count - 1).Select(r => Number(r, duration)).Distinct().ToList();
        return durations.Count == 1
            ? new([.. Enumerable.Range(1, lines.Count - 1).Select(r => Number(r, onset))], durations[0])
            : throw new MalformedFileException(path, null, "column duration", $"{durations.Count} different lengths", "blocks of one length");
    }
}
