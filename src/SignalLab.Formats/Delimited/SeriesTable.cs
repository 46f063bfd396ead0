using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Series that share an axis as a table: <c>frequency_hz,Fp1[uV2/Hz],…</c>.</summary>
public static class SeriesTable
{
    /// <summary>Writes the series side by side, one row a coordinate.</summary>
    /// <param name="series">At least one; all over the same coordinates.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <exception cref="UnfitInputException">The axes differ.</exception>
    public static void Write(IReadOnlyList<Series> series, Stream output, Delimiter delimiter = Delimiter.Comma)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfZero(series.Count, nameof(series));
        var axis = series[0].Axis;
        if (series.FirstOrDefault(s => s.Axis.Kind != axis.Kind || !s.Axis.Unit.Equals(axis.Unit) || !s.Axis.Values.SequenceEqual(axis.Values)) is { } other)
        {
            throw new UnfitInputException($"'{series[0].Name}' and '{other.Name}' are not given at the same {NameOf(axis)} and do not share a table.");
        }

        using var table = new TableWriter(output, delimiter);
        table.Cell(NameOf(axis));
        foreach (var one in series)
        {
            table.Heading(one.Name, one.Unit);
        }

        table.EndRow();
        for (var i = 0; i < axis.Length; i++)
        {
            table.Cell(axis.Values[i]);
            foreach (var one in series)
            {
                table.Cell(one.Values[i]);
            }

            table.EndRow();
        }
    }

    /// <summary>The heading of an axis: what it counts and its unit, for example <c>time_s</c>.</summary>
    /// <param name="axis">The axis.</param>
    public static string NameOf(Axis axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        var name = axis.Kind switch
        {
            AxisKind.Time => "time",
            AxisKind.Frequency => "frequency",
            AxisKind.Latency => "latency",
            AxisKind.RrNumber => "rr_number",
            AxisKind.Component => "component",
            _ => "colour",
        };
        return axis.Unit.Symbol is "" or "1" ? name : $"{name}_{axis.Unit.Symbol.ToLowerInvariant()}";
    }
}
