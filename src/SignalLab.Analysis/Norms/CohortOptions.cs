namespace SignalLab.Analysis.Norms;

/// <summary>How a cohort becomes a set of norms.</summary>
/// <param name="Id">The set's name.</param>
/// <param name="Population">Whom it is of.</param>
public sealed record CohortOptions(string Id, string Population)
{
    /// <summary>Edges of the age groups in years, increasing; a group holds its lower edge and not its upper one.</summary>
    public IReadOnlyList<double> AgeEdges { get; init; } = [0, 1, 3, 5, 8, 12, 16, 18, 30, 40, 50, 60, 70, 80, 150];

    /// <summary>Percentiles wanted; one is given where the group is large enough that it lies within its values.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [1, 2, 5, 25, 50, 75, 95, 98, 99];

    /// <summary>Where the cohort comes from.</summary>
    public string Source { get; init; } = "built from a cohort of recordings";
}
