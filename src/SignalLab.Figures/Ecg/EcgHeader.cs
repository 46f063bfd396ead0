using SignalLab.Model;

namespace SignalLab.Figures.Ecg;

/// <summary>The block above the paper: rate, intervals and axes with their limits at the left, statements at the right.</summary>
internal sealed class EcgHeader
{
    private const int Rows = 4;
    private const int MostStatements = 6;
    private const float ColumnMm = 50;
    private const float NameMm = 17;
    private const float ValueMm = 13;
    private const float LeastStatementsMm = 60;

    private static readonly TextStyle Words = Style.Label with { Upright = Upright.Top };
    private static readonly TextStyle Limits = Style.Small with { Upright = Upright.Top, Colour = Style.Muted };

    private static readonly (string Short, string Name)[] Shown =
    [
        ("Heart rate", "heart rate"), ("P", "P duration"), ("PR", "PR interval"), ("QRS", "QRS duration"),
        ("QT", "QT interval"), ("QTcB", "QTc interval (Bazett)"), ("QTcF", "QTc interval (Fridericia)"), ("QTcH", "QTc interval (Hodges)"),
        ("P axis", "P axis"), ("QRS axis", "QRS axis"), ("T axis", "T axis"),
    ];

    private readonly List<(string Short, Measurement Measurement)> cells;
    private readonly List<string> lines;
    private readonly float statementsLeft;

    /// <summary>Plans the block.</summary>
    /// <param name="measurements">What was measured; others than rate, intervals and axes are left out.</param>
    /// <param name="statements">One text each.</param>
    /// <param name="width">Its width, mm.</param>
    public EcgHeader(IReadOnlyList<Measurement> measurements, IReadOnlyList<string> statements, float width)
    {
        cells = [.. Shown.Select(s => (s.Short, Found: measurements.FirstOrDefault(m => m.Name.Equals(s.Name, StringComparison.OrdinalIgnoreCase)))).Where(f => f.Found is not null).Select(f => (f.Short, f.Found!))];
        var columns = (cells.Count + Rows - 1) / Rows;
        statementsLeft = columns * ColumnMm;
        if (columns > 0 && width - statementsLeft < LeastStatementsMm)
        {
            statementsLeft = 0;
        }

        // Beside a table every statement has its line; alone they follow each other.
        lines = columns > 0
            ? [.. statements.SelectMany(s => Sheet.Wrap(s, width - statementsLeft, Words))]
            : [.. Sheet.Wrap(string.Join(" · ", statements), width, Words)];
        if (columns > 0 && lines.Count > MostStatements)
        {
            var left = lines.Count - MostStatements + 1;
            lines = [.. lines.Take(MostStatements - 1), FormattableString.Invariant($"and {left} more lines")];
        }
    }

    private float TableMm => Math.Min(Rows, cells.Count) * Words.LineMm;

    private float LinesMm => lines.Count * Words.LineMm;

    /// <summary>Its height with the space below, mm.</summary>
    public float HeightMm => (statementsLeft > 0 ? Math.Max(TableMm, LinesMm) : TableMm + LinesMm) is > 0 and var height ? height + 1 : 0;

    /// <summary>Draws the block.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="left">Left edge, mm.</param>
    /// <param name="top">Upper edge, mm.</param>
    public void Draw(Sheet sheet, float left, float top)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            Draw(sheet, cells[i].Short, cells[i].Measurement, left + (i / Rows * ColumnMm), top + (i % Rows * Words.LineMm));
        }

        var y = top + (statementsLeft > 0 ? 0 : TableMm);
        foreach (var line in lines)
        {
            sheet.Text(line, left + statementsLeft, y, Words);
            y += Words.LineMm;
        }
    }

    private static void Draw(Sheet sheet, string name, Measurement m, float x, float y)
    {
        sheet.Text(name, x, y, Words);
        if (m.Value is not { } value)
        {
            sheet.Text("not measurable", x + NameMm, y, Limits);
            return;
        }

        var isOut = m.Verdict is Verdict.Low or Verdict.High;
        var text = m.Unit.Symbol == "deg" ? PlainText.Of(Math.Round(value)) + "°" : $"{PlainText.Of(Math.Round(value))} {PlainText.Of(m.Unit)}";
        sheet.Text(text, x + NameMm, y, Words with { Bold = true, Colour = isOut ? Style.Mark : Style.Ink });
        var range = m.Reference switch
        {
            { Low: { } low, High: { } high } => $"{PlainText.Of(Math.Round(low))}…{PlainText.Of(Math.Round(high))}",
            { Low: { } low } => "≥ " + PlainText.Of(Math.Round(low)),
            { High: { } high } => "≤ " + PlainText.Of(Math.Round(high)),
            _ => "",
        };
        var verdict = m.Verdict switch { Verdict.Low => " low", Verdict.High => " high", _ => "" };
        var from = x + NameMm + Math.Max(ValueMm, Sheet.Width(text, Words with { Bold = true }) + 1);
        sheet.Text(Sheet.Elide(range + verdict, x + ColumnMm - 0.5f - from, Limits), from, y + 0.15f, Limits with { Colour = isOut ? Style.Mark : Style.Muted });
    }
}
