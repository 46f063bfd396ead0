using SignalLab.Model;

namespace SignalLab.Figures.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Unit">Unit of the numbers below, printed in the heading; null for words.</param>
public sealed record TableColumn(string Name, Unit? Unit = null)
{
    /// <summary>Numbers stand at the right.</summary>
    public bool IsNumber { get; init; } = Unit is not null;

    /// <summary>Heading with unit.</summary>
    public string Heading => Unit is null ? Name : PlainText.Titled(Name, Unit);
}

/// <summary>A table with units in its headings.</summary>
/// <param name="Caption">What the table holds.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Rows">Cells, row by row, one a column; short rows end in empty cells.</param>
public sealed record TableBlock(string Caption, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportBlock
{
    /// <summary>Numbers of the rows that deserve attention; the reason must also stand in a cell.</summary>
    public IReadOnlySet<int> Flagged { get; init; } = new HashSet<int>();

    /// <summary>Measurements with their limits and how they stand to them; what could not be measured says why.</summary>
    /// <param name="caption">What was measured.</param>
    /// <param name="measurements">The measurements.</param>
    public static TableBlock Of(string caption, IReadOnlyList<Measurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        return new(
            caption,
            [new("Measure"), new("Value") { IsNumber = true }, new("Unit"), new("Normal") { IsNumber = true }, new("Verdict"), new("Limits from")],
            [.. measurements.Select(Row)])
        {
            Flagged = measurements.Select((m, i) => (m.Verdict, i)).Where(v => v.Verdict is Verdict.Low or Verdict.High).Select(v => v.i).ToHashSet(),
        };
    }

    private static string[] Row(Measurement m) =>
    [
        m.Name,
        m.Value is { } value ? PlainText.Of(value) : "–",
        m.Value is null ? m.Reason ?? "not measured" : m.Unit.IsKnown || m.Unit.Symbol.Length > 0 ? PlainText.Of(m.Unit) : "not stated",
        m.Reference switch
        {
            { Low: { } low, High: { } high } => $"{PlainText.Of(low)} … {PlainText.Of(high)}",
            { Low: { } low } => "≥ " + PlainText.Of(low),
            { High: { } high } => "≤ " + PlainText.Of(high),
            _ => "",
        },
        m.Verdict switch { Verdict.Low => "low", Verdict.High => "high", Verdict.Normal => "normal", _ => "" },
        m.Reference?.Source ?? "",
    ];
}
