using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>Two ECGs of one person side by side.</summary>
/// <param name="now">The ECG in question.</param>
/// <param name="before">The one it is compared with.</param>
internal sealed class EcgComparison(EcgRecord now, EcgRecord before)
{
    private static readonly string[] Shown =
    [
        "heart rate", "P duration", "PR interval", "QRS duration", "QT interval", "QTc interval (Bazett)", "QTc interval (Fridericia)", "QTc interval (Framingham)", "QTc interval (Hodges)",
        "P axis", "QRS axis", "T axis",
    ];

    /// <summary>What both were measured for: value, earlier value, and their difference where both are there.</summary>
    public IReadOnlyList<EcgChange> Changes { get; } =
    [
        .. now.Examination.Measurements
            .Join(before.Examination.Measurements, m => m.Name, m => m.Name, (m, other) => new EcgChange(m, other))
            .Where(c => c.Value is not null || c.Other is not null),
    ];

    /// <summary>The differences as lines: name, this one, the other, the change.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{"",-28}{Cut(now.Name),12}{Cut(before.Name),12}{"change",12}");
        foreach (var change in Changes.Where(c => Shown.Contains(c.Name) || c.Name.StartsWith("ST at J+60", StringComparison.Ordinal)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{$"{change.Name} {change.Unit.Symbol}",-28}{Text(change.Value, change.Unit),12}{Text(change.Other, change.Unit),12}{Text(change.Difference, change.Unit, signed: true),12}");
        }

        var (rhythm, earlier) = (Rhythm(now), Rhythm(before));
        if (rhythm.Length + earlier.Length > 0)
        {
            yield return $"rhythm: {rhythm}; before: {earlier}";
        }
    }

    /// <summary>The same as a document.</summary>
    public JsonObject Json() => new()
    {
        ["other"] = before.Name,
        ["rhythm"] = Rhythm(now),
        ["rhythm_other"] = Rhythm(before),
        ["differences"] = new JsonArray([.. Changes.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Name,
            ["unit"] = c.Unit.Symbol,
            ["value"] = c.Value,
            ["other"] = c.Other,
            ["difference"] = c.Difference,
            ["reason"] = c.Reason,
        })]),
    };

    private static string Rhythm(EcgRecord record) => string.Join(", ", record.Examination.Rhythm.Select(r => r.Name).Distinct());

    private static string Cut(string name) => name.Length <= 11 ? name : name[..10] + "…";

    private static string Text(double? value, Unit unit, bool signed = false)
    {
        var format = unit.ConvertsTo(Unit.Volt) ? "0.00" : "0";
        return value?.ToString(signed ? $"+{format};-{format};{format}" : format, CultureInfo.InvariantCulture) ?? "–";
    }
}

/// <summary>One measure of two ECGs.</summary>
internal sealed class EcgChange(Measurement now, Measurement before)
{
    public string Name => now.Name;

    public Unit Unit => now.Unit;

    public double? Value => Finite(now.Value);

    public double? Other => Finite(before.Value) is { } v && before.Unit.ConvertsTo(now.Unit) ? before.Unit.Convert(v, now.Unit) : null;

    /// <summary>This one minus the other; an angle turns the shorter way round.</summary>
    public double? Difference => Value - Other is not { } d ? null : Name.EndsWith(" axis", StringComparison.Ordinal) ? d - (360 * Math.Round(d / 360)) : d;

    public string? Reason => Value is null ? now.Reason ?? "not measured" : Other is null ? before.Reason ?? "not measured in the other" : null;

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
