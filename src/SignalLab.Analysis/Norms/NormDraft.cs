using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>A pack while it is read: collects head lines and rows, and refuses in one line what is not as it must be.</summary>
/// <param name="name">What a refusal calls the pack.</param>
internal sealed class NormDraft(string name)
{
    private const double OldestYears = 150;
    private const int MostRows = 200_000;

    // Which percentiles are the limits, the first pair that a row has.
    private static readonly (double Low, double High)[] LimitPairs = [(2, 98), (2.5, 97.5), (5, 95), (3, 97), (1, 99), (10, 90), (0.5, 99.5)];

    // Below and above the mean by two standard deviations.
    private const double TwoDeviationsPercentile = 2.275;

    private readonly Dictionary<string, string> head = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Measure, Unit Unit), List<NormRow>> rows = [];
    private int count;

    public void Head(string key, string value) => head[key] = value;

    public void Row(IEnumerable<(string Column, string Value)> cells, string place)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in cells)
        {
            values[column] = value;
        }

        if (++count > MostRows)
        {
            throw new UnfitInputException($"{name}, {place}: more than {MostRows} rows is no pack of norms.");
        }

        var (measure, known) = MeasureNames.Of(values.GetValueOrDefault("measure") ?? throw Refusal(place, "has no measure"));
        var unit = values.TryGetValue("unit", out var spelling) ? Unit.Parse(spelling) : known ?? throw Refusal(place, $"has no unit for '{measure}'");
        if (!unit.IsKnown)
        {
            throw Refusal(place, $"the unit '{spelling}' is not known");
        }

        var percentiles = Percentiles(values, place);
        double? Value(string column) => values.TryGetValue(column, out var text) ? Number(text, column, place) : null;
        var (mean, deviation, low, high) = (Value("mean"), Value("sd"), Value("low"), Value("high"));
        if (percentiles.Count == 0 && (mean ?? low ?? high) is null)
        {
            throw Refusal(place, "has neither percentiles (p2, p50, p98 …) nor limits (low, high) nor a mean");
        }

        if (deviation < 0 || low > high)
        {
            throw Refusal(place, deviation < 0 ? "the standard deviation is negative" : "the lower limit is above the upper one");
        }

        var (from, to) = (Value("age_from_y") ?? 0, Value("age_to_y") ?? OldestYears);
        if (!(from >= 0 && from < to))
        {
            throw Refusal(place, FormattableString.Invariant($"ages from {from} to {to} years are no age group"));
        }

        var limits = Limits(percentiles, mean, deviation, low, high);
        var row = new NormRow(Sex(values.GetValueOrDefault("sex"), place), from, to, limits.Low, percentiles.FirstOrDefault(p => p.Percentile == 50)?.Value, limits.High, limits.LowPercentile, limits.HighPercentile)
        {
            Count = Value("n") is { } n ? n >= 0 && n == Math.Floor(n) && n <= int.MaxValue ? (int)n : throw Refusal(place, $"n = {values["n"]} is no number of subjects") : null,
            Mean = mean,
            StandardDeviation = deviation,
            Percentiles = percentiles,
        };
        var others = rows.TryGetValue((measure, unit), out var found) ? found : rows[(measure, unit)] = [];
        if (others.Any(o => o.Sex == row.Sex && o.AgeFromYears < row.AgeToYears && row.AgeFromYears < o.AgeToYears))
        {
            throw Refusal(place, FormattableString.Invariant($"a second row of '{measure}' for the same sex and ages {from} to {to}"));
        }

        others.Add(row);
    }

    public NormSet Finish()
    {
        var id = Required("id");
        if (id.Length > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') || id[0] == '.')
        {
            throw new UnfitInputException($"{name}: the id '{id}' may hold only letters, digits and . _ - and at most 64 of them.");
        }

        if (rows.Count == 0)
        {
            throw new UnfitInputException($"{name}: has no rows.");
        }

        var (source, population) = (Required("source"), Required("population"));
        var licence = head.GetValueOrDefault("licence") ?? head.GetValueOrDefault("license") ?? "not stated";
        var stated = head.GetValueOrDefault("certainty") ?? "own";
        if (!Enum.TryParse<NormCertainty>(stated, ignoreCase: true, out var certainty) || !Enum.IsDefined(certainty))
        {
            throw new UnfitInputException($"{name}: the certainty '{stated}' is none of own, seen, secondary, recalled.");
        }

        return new(id, [.. rows.Select(r => new ReferenceNorm(r.Key.Measure, r.Key.Unit, population, r.Value, source, licence) { Set = id, Certainty = certainty })]);
    }

    private string Required(string key) => head.GetValueOrDefault(key) is { Length: > 0 } value
        ? value
        : throw new UnfitInputException($"{name}: has no {key} (a head line '# {key}: …', in JSON a member \"{key}\").");

    private (double? Low, double? High, double LowPercentile, double HighPercentile) Limits(List<NormPercentile> percentiles, double? mean, double? deviation, double? low, double? high)
    {
        if (low is not null || high is not null)
        {
            return (low, high, 0, 0);
        }

        if (head.GetValueOrDefault("limits") == "none")
        {
            return (null, null, 0, 0);
        }

        foreach (var (below, above) in LimitPairs)
        {
            if (percentiles.FirstOrDefault(p => p.Percentile == below) is { } a && percentiles.FirstOrDefault(p => p.Percentile == above) is { } b)
            {
                return (a.Value, b.Value, below, above);
            }
        }

        return mean is { } m && deviation is > 0 and { } s ? (m - (2 * s), m + (2 * s), TwoDeviationsPercentile, 100 - TwoDeviationsPercentile) : (null, null, 0, 0);
    }

    private List<NormPercentile> Percentiles(Dictionary<string, string> values, string place)
    {
        var found = new List<NormPercentile>();
        foreach (var (column, text) in values)
        {
            if (column.Length > 1 && column[0] == 'p' && double.TryParse(column.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percentile))
            {
                found.Add(percentile is > 0 and < 100 ? new(percentile, Number(text, column, place)) : throw Refusal(place, $"'{column}' is no percentile between 0 and 100"));
            }
        }

        found.Sort((a, b) => a.Percentile.CompareTo(b.Percentile));
        return found.Zip(found.Skip(1)).All(p => p.First.Value <= p.Second.Value) ? found : throw Refusal(place, "the percentiles' values do not rise");
    }

    private string? Sex(string? text, string place) => text?.ToUpperInvariant() switch
    {
        null or "" or "ANY" or "BOTH" or "ALL" => null,
        "F" or "FEMALE" or "WOMEN" => "F",
        "M" or "MALE" or "MEN" => "M",
        _ => throw Refusal(place, $"the sex '{text}' is none of F, M, any"),
    };

    private double Number(string text, string column, string place) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Refusal(place, $"{column} '{text}' is no number");

    private UnfitInputException Refusal(string place, string fault) => new($"{name}, {place}: {fault}.");
}
