using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>Scores every WFDB record under a folder that has annotations beside it, folder by folder.</summary>
internal static class ValidationFolder
{
    /// <summary>Scores the records.</summary>
    /// <param name="folder">Where to look, subfolders included.</param>
    /// <param name="rules">Limits.</param>
    /// <param name="only">Names of the records wanted, or null for all.</param>
    /// <returns>A score a folder, and one line a record that failed.</returns>
    /// <exception cref="UnfitInputException">There is no such folder, or no record with annotations.</exception>
    public static (IReadOnlyList<ValidationScore> Scores, IReadOnlyList<string> Failures) Score(string folder, ValidationRules rules, IReadOnlySet<string>? only)
    {
        if (!Directory.Exists(folder))
        {
            throw new UnfitInputException($"{folder}: is no folder.");
        }

        var headers = Directory.EnumerateFiles(folder, "*.hea", SearchOption.AllDirectories).Where(h => only is null || only.Contains(Path.GetFileNameWithoutExtension(h))).Where(HasReference)
            .GroupBy(h => Path.GetDirectoryName(h)!).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (headers.Count == 0)
        {
            throw new UnfitInputException($"{folder}: holds no WFDB record with .atr or .q1c annotations or one annotation file a lead (.i, .ii, …) beside it.");
        }

        var (scores, failures) = (new List<ValidationScore>(), new List<string>());
        foreach (var group in headers)
        {
            var score = new ValidationScore(Path.GetFileName(Path.GetFullPath(group.Key)), rules);
            foreach (var (marks, failure) in group.Order(StringComparer.Ordinal).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Examine))
            {
                if (marks is not null)
                {
                    score.Add(marks);
                }
                else
                {
                    failures.Add(failure!);
                }
            }

            scores.Add(score);
        }

        return (scores, failures);
    }

    private static bool HasReference(string header) =>
        RecordMarks.Has(header, "atr") || RecordMarks.Has(header, "q1c") || RecordMarks.Has(header, "i") || RecordMarks.Has(header, "ii");

    private static (RecordMarks? Marks, string? Failure) Examine(string header)
    {
        try
        {
            var record = EcgRecord.Of(header, new EcgChoice(), quiet: true);
            return (new(record, record.Examination.Recording.Channels[record.Examination.Leads[0]].RateHz, header), null);
        }
        catch (Exception e) when (Program.StatusOf(e) == ExitCode.UnfitInput)
        {
            var line = Program.LineOf(e, ExitCode.UnfitInput);
            return (null, line.Contains(Path.GetFileName(header), StringComparison.Ordinal) ? line : $"{header}: {line}");
        }
    }
}
