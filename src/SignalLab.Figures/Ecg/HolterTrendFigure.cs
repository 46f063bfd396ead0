using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>The trend of a long recording over one time axis: heart rate (band from lowest to highest, line of the mean), ectopic beats as bars, rhythms and pauses as bands.</summary>
public sealed class HolterTrendFigure : Figure
{
    private const float WidthMm = 174;
    private const float KeyMm = 36;
    private const float RateMm = 48;
    private const float BarsMm = 16;
    private const float GapMm = 3;
    private const float LaneMm = 7;
    private const float LeastBandMm = 0.35f;
    private const int MostLanes = 8;
    private static readonly TextStyle Key = Style.Small with { Upright = Upright.Middle };

    private readonly HolterTrend trend;
    private readonly string[] lanes;
    private readonly (string Letter, string Name, SKColor Colour, Func<HolterBin, int> Of)[] bars;

    /// <summary>A trend.</summary>
    /// <param name="trend">The trend, at least one bin.</param>
    /// <exception cref="UnfitInputException">There is no bin, or its length is not positive.</exception>
    public HolterTrendFigure(HolterTrend trend)
    {
        ArgumentNullException.ThrowIfNull(trend);
        if (trend.Bins.Count == 0 || !(trend.BinSeconds > 0))
        {
            throw new UnfitInputException("There is no stretch of time to draw a trend of.");
        }

        this.trend = trend;
        string[] names = [.. trend.Episodes.Select(e => e.Name).Distinct()];
        lanes = names[..Math.Min(names.Length, MostLanes)];
        bars = trend.IsClassified
            ? [("S", "supraventricular ectopic", Style.Series[0], b => b.Supraventricular), ("V", "ventricular ectopic", Style.Series[1], b => b.Ventricular)]
            : [];
        Title = "Trend";
        Notes = names.Length > MostLanes ? [$"Not shown: {string.Join(", ", names[MostLanes..])}."] : [];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    protected override SKSize BodyMm => new(WidthMm, 1 + RateMm + (bars.Length * (BarsMm + GapMm)) + (lanes.Length * LaneMm) + (lanes.Length > 0 ? GapMm : 0) + PlotFrame.BottomMm);

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var times = (Low: trend.Bins[0].OnsetSeconds, High: trend.Bins[^1].OnsetSeconds + trend.BinSeconds);
        var (left, right) = (body.Left + PlotFrame.LeftMm, body.Right - KeyMm);
        var y = body.Top + 1;
        var frame = new SKRect(left, y, right, y + RateMm);
        var (ticks, timeTitle) = DayAxis.Of(times.Low, times.High, trend.Start, right - left);
        var rate = new PlotFrame(frame, times, RateLimits());
        rate.DrawGuides(sheet, ticks);
        DrawRate(sheet, rate);
        foreach (var (letter, name, colour, of) in bars)
        {
            frame = SKRect.Create(left, frame.Bottom + GapMm, right - left, BarsMm);
            var plot = new PlotFrame(frame, times, (0, Math.Max(4, 1.1 * trend.Bins.Max(of))));
            plot.DrawGuides(sheet, ticks);
            DrawBars(sheet, plot, letter, name, colour, of);
        }

        if (lanes.Length > 0)
        {
            frame = SKRect.Create(left, frame.Bottom + GapMm, right - left, lanes.Length * LaneMm);
            DrawLanes(sheet, new PlotFrame(frame, times, (0, 1)));
        }

        new PlotFrame(frame, times, (0, 1)).DrawAcross(sheet, timeTitle, ticks);
    }

    private (double Low, double High) RateLimits()
    {
        double[] rates = [.. trend.Bins.SelectMany(b => new[] { b.MinBpm, b.MeanBpm, b.MaxBpm }).OfType<double>().Where(double.IsFinite)];
        return rates.Length == 0 ? (40, 120) : (Math.Max(0, Math.Floor((rates.Min() - 5) / 10) * 10), Math.Ceiling((rates.Max() + 5) / 10) * 10);
    }

    private void DrawRate(Sheet sheet, PlotFrame plot)
    {
        plot.DrawUpright(sheet, "Heart rate (/min)", 7);
        plot.Draw(sheet, () =>
        {
            foreach (var bin in trend.Bins)
            {
                if (bin is { MinBpm: { } low, MaxBpm: { } high })
                {
                    var (from, to) = (plot.X(bin.OnsetSeconds), plot.X(bin.OnsetSeconds + trend.BinSeconds));
                    sheet.Fill(new SKRect(from, plot.Y(high), Math.Max(to, from + 0.1f), Math.Max(plot.Y(low), plot.Y(high) + 0.2f)), Style.Series[4].WithAlpha(0x80));
                }
            }

            plot.Line(sheet, [.. trend.Bins.Select(b => b.OnsetSeconds + (trend.BinSeconds / 2))], [.. trend.Bins.Select(b => b.MeanBpm ?? double.NaN)], Style.Ink, 0.3f);
        });
        var (x, y) = (plot.Frame.Right + 3, plot.Frame.Top + 3);
        sheet.Line(x, y, x + 5, y, Style.Ink, 0.4f);
        sheet.Text("mean", x + 6.5f, y, Key);
        sheet.Fill(SKRect.Create(x, y + 2.8f, 5, 2.4f), Style.Series[4].WithAlpha(0x80));
        sheet.Text("lowest to highest", x + 6.5f, y + 4, Key);
        sheet.Text($"in each {Length(trend.BinSeconds)}", x + 6.5f, y + 7.5f, Key with { Colour = Style.Muted });
    }

    private void DrawBars(Sheet sheet, PlotFrame plot, string letter, string name, SKColor colour, Func<HolterBin, int> of)
    {
        plot.DrawUpright(sheet, $"{letter} beats", 3);
        plot.Draw(sheet, () =>
        {
            foreach (var bin in trend.Bins.Where(b => of(b) > 0))
            {
                var (from, to) = (plot.X(bin.OnsetSeconds), plot.X(bin.OnsetSeconds + trend.BinSeconds));
                sheet.Fill(new SKRect(from, plot.Y(of(bin)), Math.Max(to - (0.15f * (to - from)), from + 0.2f), plot.Frame.Bottom), colour);
            }
        });
        var x = plot.Frame.Right + 3;
        sheet.Text(Sheet.Elide(name, KeyMm - 3, Key), x, plot.Frame.Top + 3, Key with { Colour = colour });
        sheet.Text(FormattableString.Invariant($"{trend.Bins.Sum(of)} in all"), x, plot.Frame.Top + 6.5f, Key with { Colour = Style.Muted });
    }

    private void DrawLanes(Sheet sheet, PlotFrame plot)
    {
        plot.Draw(sheet, () =>
        {
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                var top = plot.Frame.Top + (lane * LaneMm);
                sheet.Line(plot.Frame.Left, top, plot.Frame.Right, top, Style.Guide, Style.HairMm);
                foreach (var episode in trend.Episodes.Where(e => e.Name == lanes[lane]))
                {
                    var (from, to) = (plot.X(episode.OnsetSeconds), plot.X(episode.EndSeconds));
                    sheet.Fill(new SKRect(from, top + 1.2f, Math.Max(to, from + LeastBandMm), top + LaneMm - 1.2f), Style.Series[(lane + 2) % 6]);
                }
            }
        });
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            HolterEpisode[] members = [.. trend.Episodes.Where(e => e.Name == lanes[lane])];
            var (x, y) = (plot.Frame.Right + 3, plot.Frame.Top + ((lane + 0.5f) * LaneMm));
            sheet.Text(Sheet.Elide(lanes[lane], KeyMm - 3, Key), x, y - 1.4f, Key);
            sheet.Text(FormattableString.Invariant($"{members.Length} × · {Length(members.Sum(m => m.EndSeconds - m.OnsetSeconds))}"), x, y + 1.7f, Key with { Colour = Style.Muted });
        }
    }

    private static string Length(double seconds) => seconds switch
    {
        60 => "minute",
        3600 => "hour",
        >= 3600 => PlainText.Of(seconds / 3600, 3) + " h",
        >= 60 => PlainText.Of(seconds / 60, 3) + " min",
        _ => PlainText.Of(seconds, 3) + " s",
    };
}
