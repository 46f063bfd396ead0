using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Averages;

/// <summary>Which sensors count as neighbours: every sensor with its name, an edge for each pair, seen from above.</summary>
public sealed class NeighbourFigure : Figure
{
    private const float SideMm = 150;

    private readonly SensorNeighbours neighbours;
    private readonly IReadOnlyList<(double X, double Y)> points;
    private readonly double radius;

    /// <summary>The graph over the sensors' plane.</summary>
    /// <param name="neighbours">Names and pairs.</param>
    /// <param name="pointsMetres">Where each sensor falls in the plane, x right, y front, about the head's centre; one a name.</param>
    /// <param name="headRadiusMetres">Radius of the head outline, above zero.</param>
    public NeighbourFigure(SensorNeighbours neighbours, IReadOnlyList<(double X, double Y)> pointsMetres, double headRadiusMetres = 0.095)
    {
        ArgumentNullException.ThrowIfNull(neighbours);
        ArgumentNullException.ThrowIfNull(pointsMetres);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pointsMetres.Count, neighbours.Labels.Count, nameof(pointsMetres));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headRadiusMetres);
        (this.neighbours, points, radius) = (neighbours, pointsMetres, headRadiusMetres);
        var degrees = new int[points.Count];
        foreach (var (a, b) in neighbours.Pairs)
        {
            degrees[a]++;
            degrees[b]++;
        }

        Title = "Neighbours of the sensors";
        Subtitle = FormattableString.Invariant($"{points.Count} sensors, {neighbours.Pairs.Count} pairs, {(points.Count == 0 ? 0 : degrees.Average()):0.0} neighbours on average, {degrees.Count(d => d == 0)} without any");
        Notes = neighbours.Source.Length == 0 ? ["Seen from above, nose up, left is left."] : [$"Seen from above, nose up, left is left. Pairs from: {neighbours.Source}."];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(SideMm, SideMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var reach = Math.Max(HeadOutline.NoseReach * radius, points.Count == 0 ? 0 : points.Max(p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)))) * 1.05;
        var scale = Math.Min(body.Width, body.Height) / 2 / reach;
        SKPoint At((double X, double Y) p) => new((float)(body.MidX + (p.X * scale)), (float)(body.MidY - (p.Y * scale)));
        HeadOutline.Draw(sheet, At((0, 0)), (float)(radius * scale));
        foreach (var (a, b) in neighbours.Pairs)
        {
            var (from, to) = (At(points[a]), At(points[b]));
            sheet.Line(from.X, from.Y, to.X, to.Y, Style.Series[0], 0.2f);
        }

        var name = Style.Small with { SizeMm = Math.Clamp(24 / MathF.Sqrt(Math.Max(1, points.Count)), 1.3f, 2.8f), Across = Across.Centre, Upright = Upright.Bottom };
        for (var i = 0; i < points.Count; i++)
        {
            var at = At(points[i]);
            using var dot = new SKPath();
            dot.AddCircle(at.X, at.Y, 0.7f);
            sheet.Fill(dot, Style.Ink);
            var width = Sheet.Width(neighbours.Labels[i], name);
            sheet.Fill(SKRect.Create(at.X - (width / 2) - 0.2f, at.Y - 0.9f - (1.02f * name.SizeMm), width + 0.4f, name.SizeMm), Style.Paper.WithAlpha(0xc0));
            sheet.Text(neighbours.Labels[i], at.X, at.Y - 0.9f, name);
        }

        sheet.Text("L", body.Left, body.Bottom, Style.Small with { Upright = Upright.Bottom });
        sheet.Text("R", body.Right, body.Bottom, Style.Small with { Upright = Upright.Bottom, Across = Across.Right });
    }
}
