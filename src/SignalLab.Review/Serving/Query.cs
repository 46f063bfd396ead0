using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SignalLab.Review.Serving;

/// <summary>A value of a request that does not fit.</summary>
internal sealed class QueryException(string line) : Exception(line);

/// <summary>The values of a request's query, checked.</summary>
/// <param name="values">The query.</param>
internal sealed class Query(IQueryCollection values)
{
    /// <summary>A text, or null where it is missing or empty.</summary>
    public string? Text(string name) => values[name].ToString() is { Length: > 0 and <= 4096 } text ? text : values[name].ToString().Length > 4096 ? throw new QueryException($"'{name}' is too long.") : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string name) => Text(name) ?? throw new QueryException($"'{name}' is missing.");

    /// <summary>A number in a range, or null where it is missing.</summary>
    public double? Number(string name, double least, double most) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new QueryException(FormattableString.Invariant($"'{name}' is '{text}': expected a number from {least} to {most}."));

    /// <summary>A number in a range that must be there.</summary>
    public double RequiredNumber(string name, double least, double most) => Number(name, least, most) ?? throw new QueryException($"'{name}' is missing.");

    /// <summary>A whole number in a range, or a default.</summary>
    public int Whole(string name, int least, int most, int otherwise) => Number(name, least, most) is not { } number ? otherwise
        : number == Math.Floor(number) ? (int)number : throw new QueryException($"'{name}' is no whole number.");

    /// <summary>True for <c>1</c> or <c>true</c>.</summary>
    public bool IsSet(string name) => Text(name) is "1" or "true";
}
