namespace SignalLab.Model;

/// <summary>What was done to a field that may tell who somebody is.</summary>
public enum Treatment
{
    /// <summary>Left out.</summary>
    Removed,

    /// <summary>Another value stands in its place.</summary>
    Replaced,

    /// <summary>Moved by the subject's number of days.</summary>
    Shifted,

    /// <summary>Told less exactly.</summary>
    Coarsened,

    /// <summary>Left as it was.</summary>
    Kept,
}

/// <summary>A line of the report on what anonymising did: the field's name, never its value.</summary>
/// <param name="Field">The field, in words.</param>
/// <param name="Treatment">What was done to it.</param>
/// <param name="Count">How many of them there were.</param>
public sealed record TreatedField(string Field, Treatment Treatment, int Count = 1)
{
    /// <summary>Reports as one: fields of one name and treatment are counted together, in their first order.</summary>
    /// <param name="fields">Lines of one report or of several.</param>
    public static IReadOnlyList<TreatedField> Together(IEnumerable<TreatedField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return [.. fields.GroupBy(f => (f.Field, f.Treatment)).Select(g => new TreatedField(g.Key.Field, g.Key.Treatment, g.Sum(f => f.Count)))];
    }

    /// <summary>The report as a step of a provenance: a parameter for each treatment, its fields after each other.</summary>
    /// <param name="fields">The report.</param>
    public static ProcessingStep StepOf(IReadOnlyList<TreatedField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new("anonymise", Enum.GetValues<Treatment>()
            .Select(t => (Name: t.ToString().ToLowerInvariant(), Fields: string.Join("; ", fields.Where(f => f.Treatment == t))))
            .Where(p => p.Fields.Length > 0)
            .ToDictionary(p => p.Name, p => p.Fields, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? Field : FormattableString.Invariant($"{Field} ({Count})");
}
