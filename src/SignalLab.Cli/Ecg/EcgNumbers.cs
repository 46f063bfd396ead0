using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>Finds the measurements of an examination by name, and puts them where users look for them: null and a reason for what could not be measured.</summary>
/// <param name="measurements">All measurements.</param>
internal sealed class EcgNumbers(IEnumerable<Measurement> measurements)
{
    private const string Unmeasured = "not measured";

    private readonly Dictionary<string, Measurement> byName = measurements.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a measurement in a unit, or why there is none.</summary>
    /// <param name="name">The measurement's name.</param>
    /// <param name="unit">The unit wanted.</param>
    public (double? Value, string Reason) Get(string name, Unit unit)
    {
        if (!byName.TryGetValue(name, out var found))
        {
            return (null, Unmeasured);
        }

        var value = found.Value is { } v && found.Unit.ConvertsTo(unit) ? found.Unit.Convert(v, unit) : found.Value;
        return value is { } number && double.IsFinite(number) ? (number, "") : (null, found.Reason ?? Unmeasured);
    }

    /// <summary>An object of numbers; where one is missing the reason stands beside.</summary>
    /// <param name="fields">Key in the object and name of the measurement.</param>
    /// <param name="unit">The unit wanted.</param>
    public JsonObject Object(IEnumerable<(string Key, string Name)> fields, Unit unit)
    {
        var result = new JsonObject();
        Fill(result, fields, unit);
        return result;
    }

    /// <summary>Adds numbers to an object, and the reason where one is missing.</summary>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="fields">Key in the object and name of the measurement.</param>
    /// <param name="unit">The unit wanted.</param>
    public void Fill(JsonObject target, IEnumerable<(string Key, string Name)> fields, Unit unit)
    {
        var missing = new List<(string Key, string Reason)>();
        foreach (var (key, name) in fields)
        {
            var (value, reason) = Get(name, unit);
            target[key] = value;
            if (value is null)
            {
                missing.Add((key, reason));
            }
        }

        AddReason(target, missing);
    }

    /// <summary>One reason where all are the same, else each with its field.</summary>
    /// <param name="target">Receives <c>reason</c>.</param>
    /// <param name="missing">Fields without a value.</param>
    public static void AddReason(JsonObject target, IReadOnlyList<(string Key, string Reason)> missing)
    {
        if (missing.Count > 0)
        {
            var told = missing.Select(m => m.Reason).Distinct().Count() == 1 ? missing[0].Reason : string.Join("; ", missing.Select(m => $"{m.Key}: {m.Reason}"));
            target["reason"] = target["reason"] is { } before ? $"{(string?)before}; {told}" : told;
        }
    }
}
