using SignalLab.Analysis.Norms;
using SignalLab.Model;

namespace SignalLab.Review.Ecg;

/// <summary>The reference sets that numbers can be held against: the user's own before those that come with the program.</summary>
/// <param name="own">Reads the user's own.</param>
internal sealed class NormShelf(Func<IReadOnlyList<NormSet>> own)
{
    private volatile IReadOnlyList<NormSet> sets = [.. own(), .. ReferenceSets.All];

    /// <summary>The sets as they were when last looked at.</summary>
    public IReadOnlyList<NormSet> Sets => sets;

    /// <summary>Looks at the user's own again: one may have been added.</summary>
    public void Refresh() => sets = [.. own(), .. ReferenceSets.All];

    /// <summary>The norms of one set, or of all in the order in which they go before one another.</summary>
    /// <param name="id">The set's name, or null for all.</param>
    /// <returns>The norms; null where there is no set of that name.</returns>
    public IReadOnlyList<ReferenceNorm>? Chosen(string? id) => id is null ? [.. sets.SelectMany(s => s.Norms)] : sets.FirstOrDefault(s => s.Id == id)?.Norms;
}
