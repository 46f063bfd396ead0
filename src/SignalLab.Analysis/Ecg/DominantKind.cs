namespace SignalLab.Analysis.Ecg;

/// <summary>The beats that stand for a recording: those of the template that has most of them, else of the class that has.</summary>
internal static class DominantKind
{
    /// <summary>The beats of the most frequent kind.</summary>
    /// <param name="beats">Beats in order of time, with templates and classes as far as they are known.</param>
    /// <returns>Some of them, in the same order; none only where there is none.</returns>
    public static IReadOnlyList<Beat> Of(IReadOnlyList<Beat> beats) =>
        [.. Largest(beats.Where(b => b.Template >= 0), b => b.Template) ?? Largest(beats, b => (int)b.Class) ?? []];

    private static IEnumerable<Beat>? Largest(IEnumerable<Beat> beats, Func<Beat, int> kind) => beats.GroupBy(kind).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault();
}
