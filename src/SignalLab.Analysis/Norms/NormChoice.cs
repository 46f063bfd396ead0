using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>Which stratum of which set a subject is judged by.</summary>
internal static class NormChoice
{
    private const double OldestYears = 120;

    /// <summary>A stratum with its set.</summary>
    public sealed record Chosen(ReferenceNorm Norm, NormRow Row);

    /// <summary>The stratum: the user's own sets before others, one for that sex before one for both, the narrower ages before the wider, what was seen before what was not.</summary>
    /// <param name="norms">Norms of one measure.</param>
    /// <param name="sex"><c>F</c> or <c>M</c>.</param>
    /// <param name="ageYears">The age.</param>
    /// <returns>The best stratum with limits, or null.</returns>
    public static Chosen? For(IReadOnlyList<ReferenceNorm> norms, string sex, double ageYears) => norms
        .SelectMany(n => n.Rows.Select(r => new Chosen(n, r)))
        .Where(c => (c.Row.Low is not null || c.Row.High is not null) && (c.Row.Sex is null || c.Row.Sex == sex) && ageYears >= c.Row.AgeFromYears && ageYears < c.Row.AgeToYears)
        .OrderBy(c => c.Norm.IsOwn ? 0 : 1)
        .ThenBy(c => c.Row.Sex is null ? 1 : 0)
        .ThenBy(c => c.Row.AgeToYears - c.Row.AgeFromYears)
        .ThenBy(c => c.Norm.Certainty)
        .FirstOrDefault();

    /// <summary>The stratum of a subject of whom age or sex may not be known.</summary>
    /// <param name="norms">Norms of one measure.</param>
    /// <param name="subject">The subject.</param>
    /// <returns>The stratum; or null and the reason: nothing covers the subject, or what is not known would decide.</returns>
    public static (Chosen? Chosen, string? Reason) For(IReadOnlyList<ReferenceNorm> norms, Subject subject)
    {
        string[] sexes = subject.Sex is "F" or "M" ? [subject.Sex] : ["F", "M"];
        double[] ages = subject.AgeYears is { } age && double.IsFinite(age) ? [age] : Ages(norms);
        if (norms.Count == 0)
        {
            return (null, "No reference set has limits of it.");
        }

        var possible = sexes.SelectMany(s => ages.Select(a => For(norms, s, a))).ToArray();
        if (possible.All(p => p is null))
        {
            return (null, subject.AgeYears is { } years ? FormattableString.Invariant($"No reference set covers {Who(subject)} of {years:0.##} years.") : "No reference set has limits of it.");
        }

        return possible.All(p => p is not null && (p.Row.Low, p.Row.High) == (possible[0]?.Row.Low, possible[0]?.Row.High))
            ? (possible[0], null)
            : (null, $"The limits depend on {Unknown(sexes.Length > 1, ages.Length > 1)}, which is not known.");
    }

    // One age within every band.
    private static double[] Ages(IReadOnlyList<ReferenceNorm> norms)
    {
        double[] edges = [.. norms.SelectMany(n => n.Rows).SelectMany(r => new[] { r.AgeFromYears, r.AgeToYears }).Append(0).Append(OldestYears).Where(e => e is >= 0 and <= OldestYears).Distinct().Order()];
        return [.. edges.Zip(edges.Skip(1), (a, b) => (a + b) / 2)];
    }

    private static string Unknown(bool sex, bool age) => (sex, age) switch
    {
        (true, true) => "age and sex",
        (true, false) => "sex",
        _ => "age",
    };

    private static string Who(Subject subject) => subject.Sex switch { "F" => "a female", "M" => "a male", _ => "a subject" };
}
