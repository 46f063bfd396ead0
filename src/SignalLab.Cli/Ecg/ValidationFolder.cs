using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>Scores every WFDB record under a folder that has annotations beside it, folder by folder, and every other ECG there whose file reports intervals.</summary>
internal static class ValidationFolder
{
    /// <summary>Scores the records.</summary>
    /// <param name="folder">Where to look, subfolders included.</param>
    /// <param name="rules">Limits.</param>
    /// <param name="only">Names of the records wanted, or null for all.</param>
    /// <returns>A score a folder, one of what files report, and one line a record that failed.</returns>
    /// <exception cref="UnfitInputException">There is no such folder, or nothing in it to score by.</exception>
    public static (IReadOnlyList<ValidationScore> Scores, ReportedScore Reported, IReadOnlyList<string> Failures) Score(string folder, ValidationRules rules, IReadOnlySet<string>? only)
    {
        if (!Directory.Exists(folder))
        {
            throw new UnfitInputException($"{folder}: is no folder.");
        }

        var inputs = InputFolder.Files(folder).Where(i => only is null || only.Contains(Path.GetFileNameWithoutExtension(i))).ToLookup(i => Path.GetExtension(i).Equals(".hea", StringComparison.OrdinalIgnoreCase));
        var headers = inputs[true].Where(HasReference).GroupBy(h => Path.GetDirectoryName(h)!).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var (scores, failures) = (new List<ValidationScore>(), new List<string>());
        foreach (var group in headers)
        {
            var score = new ValidationScore(Path.GetFileName(Path.GetFullPath(group.Key)), rules);
            Each(group, ExamineMarked, score.Add, failures);
            scores.Add(score);
        }

        var reported = new ReportedScore(Path.GetFileName(Path.GetFullPath(folder)));
        Each(inputs[false], ExamineReporting, reported.Add, failures);
        return headers.Count > 0 || failures.Count > 0 || reported.Rows().Any() ? (scores, reported, failures)
            : throw new UnfitInputException($"{folder}: holds no WFDB record with .atr or .q1c annotations or one annotation file a lead (.i, .ii, …) beside it, and no ECG whose file reports intervals.");
    }

    private static void Each<T>(IEnumerable<string> paths, Func<string, T?> examine, Action<T> add, List<string> failures)
        where T : class
    {
        foreach (var (result, failure) in paths.Order(StringComparer.Ordinal).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(p => Attempt(p, examine)))
        {
            if (result is not null)
            {
                add(result);
            }
            else if (failure is not null)
            {
                failures.Add(failure);
            }
        }
    }

    private static bool HasReference(string header) =>
        RecordMarks.Has(header, "atr") || RecordMarks.Has(header, "q1c") || RecordMarks.Has(header, "i") || RecordMarks.Has(header, "ii");

    private static RecordMarks ExamineMarked(string header)
    {
        var record = EcgRecord.Of(header, new EcgChoice(), quiet: true);
        return new(record, record.Examination.Recording.Channels[record.Examination.Leads[0]].RateHz, header);
    }

    // Images and recordings of other kinds have no business here: only what reports intervals is examined.
    private static EcgRecord? ExamineReporting(string path) =>
        KnownFormats.Open(path).Recordings is [{ } first, ..] && ReportedInterval.Of(first).Count > 0 ? EcgRecord.Of(path, new EcgChoice(), quiet: true) : null;

    private static (T? Result, string? Failure) Attempt<T>(string path, Func<string, T?> examine)
        where T : class
    {
        try
        {
            return (examine(path), null);
        }
        catch (Exception e) when (Program.StatusOf(e) == ExitCode.UnfitInput)
        {
            var line = Program.LineOf(e, ExitCode.UnfitInput);
            return (null, line.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? line : $"{path}: {line}");
        }
    }
}
