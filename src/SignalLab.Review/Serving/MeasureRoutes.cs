using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Figures;
using SignalLab.Figures.Maps;
using SignalLab.Model;

namespace SignalLab.Review.Serving;

/// <summary>Values at the cursor, spectra and band powers of a stretch, topographic maps.</summary>
internal static class MeasureRoutes
{
    private const double LongestStretchSeconds = 600;

    public static void Map(WebApplication app, Desk desk)
    {
        Routes.Get(app, "/api/values", query => Values(desk.Recording(query).Through(Routes.View(query)), query.RequiredNumber("time", -1e9, 1e9)));
        Routes.Get(app, "/api/spectrum", query => Spectrum(desk.Recording(query).Through(Routes.View(query)), query));
        Routes.Get(app, "/api/map", query => Topography(MapView(desk, query), query));
        app.MapGet("/api/map/figure", (RequestDelegate)(context => SendFigure(context, desk)));
    }

    // The stored sample nearest to the cursor, as export writes it.
    private static object Values(Recording view, double time)
    {
        var values = new double?[view.Channels.Count];
        Span<double> one = stackalloc double[1];
        for (var c = 0; c < values.Length; c++)
        {
            var rate = view.Channels[c].RateHz;
            foreach (var run in view.Runs(c))
            {
                var at = Math.Round((time - run.OnsetSeconds) * rate);
                if (at >= 0 && at < run.Count)
                {
                    view.Samples.Read(c, run.FirstSample + (long)at, one);
                    values[c] = double.IsFinite(one[0]) ? one[0] : null;
                    break;
                }
            }
        }

        return new { time, values };
    }

    private static object Spectrum(Recording view, Query query)
    {
        var from = query.RequiredNumber("from", 0, 1e9);
        var seconds = query.RequiredNumber("seconds", 0.5, LongestStretchSeconds);
        var channel = query.Whole("channel", 0, view.Channels.Count - 1, 0);
        var cut = view.Pick([channel]).Crop(from, from + seconds);
        var spectrum = cut.Welch(new() { SegmentSeconds = Math.Min(2, seconds) })[0];
        var highest = query.Number("highest", 1, 1e5) ?? 70;
        var frequencies = spectrum.Density.Axis.Values;
        var shown = frequencies.TakeWhile(f => f <= highest).Count();
        return new
        {
            label = view.Channels[channel].Label,
            unit = spectrum.Density.Unit.Symbol,
            frequencies = frequencies.Take(shown),
            density = spectrum.Density.Values.Take(shown).Select(v => double.IsFinite(v) ? v : (double?)null),
            powerUnit = spectrum.PowerUnit.Symbol,
            segments = spectrum.SegmentCount,
            bands = spectrum.Powers(FrequencyBand.Standard.Where(b => b.HighHz <= view.Channels[channel].RateHz / 2).ToArray()).Select(p => new { name = p.Band.Name, low = p.Band.LowHz, high = p.Band.HighHz, power = p.Absolute, share = p.Relative }),
            peak = spectrum.PeakHz(new FrequencyBand("all", 1, Math.Min(highest, frequencies[^1]))),
        };
    }

    private static object Topography(Recording view, Query query)
    {
        var map = MapOf(view, query);
        var support = (GridSupport)map.Grid.Support;
        var values = new double[support.Count];
        map.Grid.Values.Read(0, 0, values);
        return new
        {
            unit = map.Grid.Unit.Symbol,
            size = support.SizeX,
            extent = 0.5e-3 * (support.SizeX - 1) * support.SpacingMm.X,
            values = values.Select((v, i) => double.IsFinite(v) && (map.Grid.Mask is null || map.Grid.Mask[i]) ? (float)v : (float?)null),
            radius = map.HeadRadiusMetres,
            sensors = map.PlaneSensors.Sensors.Select((s, i) => new { name = s.Name, x = s.PositionMetres.X, y = s.PositionMetres.Y, value = map.SensorValues[i] }),
        };
    }

    private static async Task SendFigure(HttpContext context, Desk desk)
    {
        var query = new Query(context.Request.Query);
        var view = MapView(desk, query);
        var ending = query.Required("ending");
        Topography[] maps = query.Text("times") is { } times ? [.. Times(times).Select(t => MapOf(view, query, t))] : [MapOf(view, query)];
        if (ending == ".csv")
        {
            await Routes.Send(context, Encoding.UTF8.GetBytes(Table(maps)), "text/csv").ConfigureAwait(false);
            return;
        }

        if (!FigureFile.Endings.Contains(ending))
        {
            throw new QueryException($"'ending' is '{ending}': expected .csv {string.Join(' ', FigureFile.Endings)}.");
        }

        var figure = new TopographicMapFigure(maps) { Title = query.Required("file"), Subtitle = view.Provenance.Input };
        await Routes.Send(context, FigureFile.ToBytes(figure, ending, new("signallab review", [view.Provenance])), ending switch { ".png" => "image/png", ".svg" => "image/svg+xml", _ => "application/pdf" }).ConfigureAwait(false);
    }

    private static string Table(Topography[] maps)
    {
        var text = new StringBuilder("name,x_m,y_m,").AppendJoin(',', maps.Select(m => m.Title.Length > 0 ? $"{m.Title.Replace(',', ' ')} ({m.Grid.Unit.Symbol})" : m.Grid.Unit.Symbol)).Append('\n');
        for (var i = 0; i < maps[0].PlaneSensors.Sensors.Count; i++)
        {
            var sensor = maps[0].PlaneSensors.Sensors[i];
            text.Append(CultureInfo.InvariantCulture, $"{sensor.Name},{sensor.PositionMetres.X:R},{sensor.PositionMetres.Y:R},").AppendJoin(',', maps.Select(m => m.SensorValues[i].ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<double> Times(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length <= 64
            ? parts.Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var t) && double.IsFinite(t) ? t : throw new QueryException($"'times' has '{p}': expected seconds."))
            : throw new QueryException("'times' has more than 64 times.");
    }

    // A map is of electrodes: a bipolar montage has no places, so only the reference may change.
    private static Recording MapView(Desk desk, Query query)
    {
        var view = desk.Recording(query).Through(Routes.View(query) with { Montage = query.IsSet("average") ? "average" : null, Own = null });
        return query.Text("event") is null ? view : AverageRoutes.Average(desk, query, view);
    }

    private static Topography MapOf(Recording view, Query query, double? at = null)
    {
        ChannelKind[] kinds = [.. view.Channels.Where(c => c.Sensor is not null && !c.IsBad && c.Kind is ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad).Select(c => c.Kind).Distinct()];
        if (kinds.Length == 0)
        {
            throw new UnfitInputException("No channel has a known place: a map needs electrodes with 10-05 names, or a file with positions.");
        }

        var kind = query.Text("kind") is not { } wanted ? kinds[0]
            : Array.Find(kinds, k => string.Equals(k.ToString(), wanted, StringComparison.OrdinalIgnoreCase)) is var found && found != default ? found
            : throw new QueryException($"'kind' is '{wanted}': the recording has {string.Join(", ", kinds).ToLowerInvariant()}.");
        var options = TopographyOptions.Default with { Sphere = HeadSphere.Of(view, kind), GridSize = query.Whole("grid", 16, 256, 64) };
        if (query.Text("band") is { } name)
        {
            var band = FrequencyBand.Standard.FirstOrDefault(b => b.Name == name) ?? throw new QueryException($"'band' is '{name}': expected {string.Join(", ", FrequencyBand.Standard.Select(b => b.Name))}.");
            var (from, to) = (query.RequiredNumber("from", 0, 1e9), query.RequiredNumber("to", 0, 1e9));
            return to > from && to - from <= LongestStretchSeconds
                ? view.Crop(from, to).BandMap(band, kind).ToTopography(options) with { Title = $"{name} power" }
                : throw new QueryException(FormattableString.Invariant($"'from' and 'to': expected a stretch of at most {LongestStretchSeconds} s."));
        }

        var time = at ?? query.RequiredNumber("time", -1e6, 1e9);
        return view.MapAt(time - (view.Evoked?.FirstLatencySeconds ?? 0), kind).ToTopography(options) with { Title = FormattableString.Invariant($"{time:0.###} s") };
    }
}
