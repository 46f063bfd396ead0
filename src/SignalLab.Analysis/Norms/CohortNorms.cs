using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>One member of a cohort.</summary>
/// <param name="Subject">Age and sex.</param>
/// <param name="Measurements">What was measured.</param>
public sealed record CohortMember(Subject Subject, IReadOnlyList<Measurement> Measurements);

/// <summary>Makes norms of a cohort's measurements.</summary>
public static class CohortNorms
{
    private const int FewestForMedian = 3;

    /// <summary>Percentiles by sex and age group.</summary>
    /// <param name="cohort">The members; those without age or sex belong to no group and are left out.</param>
    /// <param name="options">Groups and percentiles.</param>
    /// <returns>The set, with the count of every group; percentiles that a group is too small for are left out.</returns>
    /// <exception cref="UnfitInputException">No member has age, sex and a value.</exception>
    public static NormSet Build(IEnumerable<CohortMember> cohort, CohortOptions options)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(options);
        var values = new Dictionary<string, (Unit Unit, Dictionary<(string Sex, int Group), List<double>> Groups)>(StringComparer.Ordinal);
        foreach (var member in cohort)
        {
            if (member.Subject is not { Sex: "F" or "M", AgeYears: { } age } || GroupOf(age, options.AgeEdges) is not { } group)
            {
                continue;
            }

            foreach (var measurement in member.Measurements.Where(m => m.Value is { } v && double.IsFinite(v)))
            {
                if (!values.TryGetValue(measurement.Name, out var entry))
                {
                    values[measurement.Name] = entry = (measurement.Unit, []);
                }

                if (measurement.Unit.ConvertsTo(entry.Unit))
                {
                    var list = entry.Groups.TryGetValue((member.Subject.Sex!, group), out var found) ? found : entry.Groups[(member.Subject.Sex!, group)] = [];
                    list.Add(measurement.Unit.Convert(measurement.Value!.Value, entry.Unit));
                }
            }
        }

        return values.Count == 0
            ? throw new UnfitInputException("No member of the cohort has age, sex and a measured value: norms by sex and age group need all three.")
            : new(options.Id, [.. values.Select(v => new ReferenceNorm(v.Key, v.Value.Unit, options.Population, Rows(v.Value.Groups, options), options.Source, "the user's own") { Set = options.Id, Certainty = NormCertainty.Own, IsOwn = true })]);
    }

    /// <summary>A percentile of values. Source: Hyndman and Fan 1996, definition 8 (median-unbiased).</summary>
    /// <param name="sorted">The values in order.</param>
    /// <param name="percentile">Above 0 and below 100.</param>
    /// <returns>The percentile; null where it lies outside the values, as there are too few.</returns>
    public static double? Percentile(IReadOnlyList<double> sorted, double percentile)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var place = ((sorted.Count + (1.0 / 3)) * percentile / 100) + (1.0 / 3);
        var below = (int)Math.Floor(place);
        if (below < 1 || below > sorted.Count || (below == sorted.Count && place > below))
        {
            return null;
        }

        return below == sorted.Count ? sorted[^1] : sorted[below - 1] + ((place - below) * (sorted[below] - sorted[below - 1]));
    }

    private static List<NormRow> Rows(Dictionary<(string Sex, int Group), List<double>> groups, CohortOptions options)
    {
        var rows = new List<NormRow>();
        foreach (var ((sex, group), values) in groups.OrderBy(g => g.Key.Sex, StringComparer.Ordinal).ThenBy(g => g.Key.Group))
        {
            values.Sort();
            NormPercentile[] percentiles = values.Count < FewestForMedian ? [] : [.. options.Percentiles.Select(p => (p, Value: Percentile(values, p))).Where(p => p.Value is not null).Select(p => new NormPercentile(p.p, p.Value!.Value))];
            var pair = new[] { (Low: 2.0, High: 98.0), (5, 95) }.FirstOrDefault(l => percentiles.Any(p => p.Percentile == l.Low) && percentiles.Any(p => p.Percentile == l.High));
            double? At(double percentile) => percentiles.FirstOrDefault(p => p.Percentile == percentile)?.Value;
            var mean = values.Average();
            rows.Add(new NormRow(sex, options.AgeEdges[group], options.AgeEdges[group + 1], At(pair.Low), At(50), At(pair.High), pair.Low, pair.High)
            {
                Count = values.Count,
                Mean = mean,
                StandardDeviation = values.Count > 1 ? Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)) : null,
                Percentiles = percentiles,
            });
        }

        return rows;
    }

    private static int? GroupOf(double age, IReadOnlyList<double> edges)
    {
        for (var g = 0; g + 1 < edges.Count; g++)
        {
            if (age >= edges[g] && age < edges[g + 1])
            {
                return g;
            }
        }

        return null;
    }
}
