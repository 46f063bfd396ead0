using System.Globalization;
using SignalLab.Analysis.Norms;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Cli.Norms;

/// <summary>Members of a cohort: a folder of recordings, each measured, or a table with a row a subject.</summary>
internal static class CohortReading
{
    private static readonly string[] AgeColumns = ["age_y", "age", "age_years"];

    /// <summary>Reads a cohort.</summary>
    /// <param name="path">A folder of recordings, or a table (<c>sex</c>, <c>age_y</c> and a column a measure, as <c>PR interval[ms]</c> or <c>pr_ms</c>).</param>
    /// <param name="failed">Receives a line for each recording that could not be measured.</param>
    public static IEnumerable<CohortMember> Read(string path, List<string> failed) =>
        Directory.Exists(path) ? Recordings(path, failed) : File.Exists(path) ? Table(path) : throw new UsageException($"{path}: no such file or folder.");

    private static IEnumerable<CohortMember> Recordings(string folder, List<string> failed)
    {
        foreach (var path in InputFolder.Files(folder))
        {
            CohortMember? member = null;
            try
            {
                if (KnownFormats.Open(path).Recordings is [var recording, ..])
                {
                    member = new(recording.Subject, ExaminedFile.Measurements(recording));
                }
            }
            catch (Exception e) when (Program.StatusOf(e) == ExitCode.UnfitInput)
            {
                failed.Add($"{Path.GetRelativePath(folder, path)}: {e.Message}");
            }

            if (member is not null)
            {
                yield return member;
            }
        }
    }

    private static IEnumerable<CohortMember> Table(string path)
    {
        string[]? columns = null;
        var delimiter = ',';
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (columns is null)
            {
                delimiter = line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
                columns = [.. NormPack.Cells(line, delimiter).Select(c => c.Trim())];
                if (Column(columns, "sex") < 0 || AgeColumns.All(a => Column(columns, a) < 0))
                {
                    throw new UnfitInputException($"{Path.GetFileName(path)}: a cohort's table needs the columns sex and age_y; found {string.Join(", ", columns.Take(12))}.");
                }

                continue;
            }

            var cells = NormPack.Cells(line, delimiter);
            if (cells.Count != columns.Length)
            {
                throw new UnfitInputException($"{Path.GetFileName(path)}, line {number}: has {cells.Count} cells, the column names are {columns.Length}.");
            }

            yield return Member(columns, cells);
        }
    }

    private static CohortMember Member(string[] columns, IReadOnlyList<string> cells)
    {
        var age = Column(columns, AgeColumns.First(a => Column(columns, a) >= 0));
        var sex = cells[Column(columns, "sex")].Trim().ToUpperInvariant() switch { "F" or "FEMALE" => "F", "M" or "MALE" => "M", _ => null };
        var measurements = new List<Measurement>();
        for (var c = 0; c < columns.Length; c++)
        {
            if (MeasureNames.Of(columns[c]) is (var name, { IsKnown: true } unit) && Number(cells[c]) is { } value)
            {
                measurements.Add(new Measurement(name, value, unit, "as the table gives it", Origin.File));
            }
        }

        return new(new Subject(null, sex, Number(cells[age])), measurements);
    }

    private static int Column(string[] columns, string name) => Array.FindIndex(columns, c => c.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
