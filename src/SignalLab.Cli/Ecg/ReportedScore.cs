using SignalLab.Analysis.Ecg.Validation;

namespace SignalLab.Cli.Ecg;

/// <summary>Our intervals beside those that the files of ECGs report.</summary>
/// <param name="folder">Name of the folder they lie in.</param>
internal sealed class ReportedScore(string folder)
{
    private const string Task = "what the files report";

    private readonly List<(string Record, IReadOnlyList<(ReportedInterval Theirs, double? Ours)> Pairs)> files = [];

    /// <summary>Adds an ECG, unless it is one that is there already in another format.</summary>
    public void Add(EcgRecord record)
    {
        var ours = record.Examination.Measurements;
        var pairs = ReportedInterval.Of(record.Examination.Recording).Select(r => (r, ours.FirstOrDefault(m => m.Name == r.Name)?.Value)).ToList();
        if (pairs.Count > 0 && !files.Exists(f => pairs.TrueForAll(f.Pairs.Contains)))
        {
            files.Add((record.Name, pairs));
        }
    }

    /// <summary>A row a file and interval, then the errors of each kind of interval as the files state it.</summary>
    public IEnumerable<ValidationRow> Rows()
    {
        foreach (var (record, pairs) in files)
        {
            foreach (var (theirs, ours) in pairs)
            {
                yield return new(folder, Task, $"{Label(theirs)}, {record}{(theirs.IsOfMarks && pairs.Any(p => p.Theirs.Name == theirs.Name && !p.Theirs.IsOfMarks) ? " by its marks" : "")}", files.Count)
                {
                    Reference = theirs.Value,
                    Found = ours,
                    MeanMs = ours - theirs.Value,
                };
            }
        }

        foreach (var kind in files.SelectMany(f => f.Pairs.DistinctBy(p => p.Theirs.Name)).Where(p => p.Ours is not null).GroupBy(p => p.Theirs.Name))
        {
            var errors = ErrorSummary.Of([.. kind.Select(p => p.Ours!.Value - p.Theirs.Value)]);
            yield return new(folder, Task, $"{Label(kind.First().Theirs)}, {errors.Count} file{(errors.Count == 1 ? "" : "s")}", files.Count) { MeanMs = errors.MeanMs, SdMs = errors.Count > 1 ? errors.SdMs : null };
        }
    }

    private static string Label(ReportedInterval interval) => interval.Name == "heart rate" ? "heart rate /min" : interval.Name;
}
