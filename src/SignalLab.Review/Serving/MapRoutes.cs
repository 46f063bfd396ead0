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

/// <summary>Topographic maps: one at a time or of a band, or a series over <c>latencies</c> (s about <c>time</c>) or <c>bands</c>; as values, picture and table.</summary>
internal static class MapRoutes
{
    private const int MostMaps = 64;

    public static void Map(WebApplication app, Desk desk)
    {
        Routes.Get(app, "/api/map", query => Card(MapsOf(desk, query)[0]));
        Routes.Get(app, "/api/maps", query => new { maps = MapsOf(desk, query).Select(Card) });
        app.MapGet("/api/map/figure", (RequestDelegate)(context => SendFigure(context, desk)));
    }

    private static object Card(Topography map)
    {
        var support = (GridSupport)map.Grid.Support;
        var values = new double[support.Count];
        map.Grid.Values.Read(0, 0, values);
        return new
        {
            title = map.Title,
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
        var ending = query.Required("ending");
        var maps = MapsOf(desk, query);
        if (ending == ".csv")
        {
            await Routes.Send(context, Encoding.UTF8.GetBytes(Table(maps)), "text/csv").ConfigureAwait(false);
            return;
        }

        if (!FigureFile.Endings.Contains(ending))
        {
            throw new QueryException($"'ending' is '{ending}': expected .csv {string.Join(' ', FigureFile.Endings)}.");
        }

        var provenance = maps[0].Grid.Provenance;
        var figure = new TopographicMapFigure(maps) { Title = query.Required("file"), Subtitle = Subtitle(query, maps) };
        await Routes.Send(context, FigureFile.ToBytes(figure, ending, new("signallab review", [provenance])), ending switch { ".png" => "image/png", ".svg" => "image/svg+xml", _ => "application/pdf" }).ConfigureAwait(false);
    }

    // What stands over one map, or what the titles over several do not say.
    private static string Subtitle(Query query, Topography[] maps) => maps.Length == 1 && query.Text("event") is null ? maps[0].Title
        : query.Text("event") is { } text ? $"average on {text}"
        : query.Text("latencies") is not null ? FormattableString.Invariant($"latencies about {query.RequiredNumber("time", -1e6, 1e9):0.###} s")
        : query.Text("bands") is not null ? FormattableString.Invariant($"power from {query.RequiredNumber("from", 0, 1e9):0.###} s to {query.RequiredNumber("to", 0, 1e9):0.###} s")
        : "";

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

    private static Topography[] MapsOf(Desk desk, Query query)
    {
        var view = MapView(desk, query);
        var kind = KindOf(view, query);
        var options = TopographyOptions.Default with { Sphere = HeadSphere.Of(view, kind), GridSize = query.Whole("grid", 16, 256, 64) };
        if (query.Text("bands") is { } names)
        {
            return [.. BandMaps(view, kind, [.. Parts("bands", names).Select(Band)], query).Select(m => m.Map.ToTopography(options) with { Title = FormattableString.Invariant($"{m.Band.Name} {m.Band.LowHz:0.##}\u2013{m.Band.HighHz:0.##} Hz") })];
        }

        if (query.Text("band") is { } name)
        {
            return [BandMaps(view, kind, [Band(name)], query)[0].Map.ToTopography(options) with { Title = $"{name} power" }];
        }

        // An average of annotations begins at its first latency, a recording at 0.
        var first = query.Text("event") is null ? 0 : view.Evoked!.FirstLatencySeconds;
        if (query.Text("latencies") is { } latencies)
        {
            var about = query.Number("time", -1e6, 1e9) ?? 0;
            return [.. Parts("latencies", latencies).Select(Latency).Select(l => view.MapAt(about + l - first, kind).ToTopography(options) with { Title = FormattableString.Invariant($"{1000 * l:0.###} ms").Replace('-', '\u2212') })];
        }

        var time = query.RequiredNumber("time", -1e6, 1e9);
        return [view.MapAt(time - first, kind).ToTopography(options) with { Title = FormattableString.Invariant($"{time:0.###} s") }];
    }

    private static (FrequencyBand Band, ParameterMap Map)[] BandMaps(Recording view, ChannelKind kind, FrequencyBand[] bands, Query query)
    {
        var (from, to) = (query.RequiredNumber("from", 0, 1e9), query.RequiredNumber("to", 0, 1e9));
        if (to <= from || to - from > MeasureRoutes.LongestStretchSeconds)
        {
            throw new QueryException(FormattableString.Invariant($"'from' and 'to': expected a stretch of at most {MeasureRoutes.LongestStretchSeconds} s."));
        }

        var cut = view.Crop(from, to);
        return [.. bands.Select(b => (b, cut.BandMap(b, kind)))];
    }

    private static FrequencyBand Band(string name) => FrequencyBand.Standard.FirstOrDefault(b => b.Name == name)
        ?? throw new QueryException($"'band' is '{name}': expected {string.Join(", ", FrequencyBand.Standard.Select(b => b.Name))}.");

    private static double Latency(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var latency) && Math.Abs(latency) < 1e6
        ? latency
        : throw new QueryException($"'latencies' has '{text}': expected seconds.");

    private static string[] Parts(string name, string text) => text.Split(',') is { Length: <= MostMaps } parts ? parts : throw new QueryException(FormattableString.Invariant($"'{name}': more than {MostMaps} maps; take a longer step."));

    // A map is of electrodes: a bipolar montage has no places, so only the reference may change.
    private static Recording MapView(Desk desk, Query query)
    {
        var view = desk.Recording(query).Through(Routes.View(query) with { Montage = query.IsSet("average") ? "average" : null, Own = null });
        return query.Text("event") is null ? view : AverageRoutes.Average(desk, query, view);
    }

    private static ChannelKind KindOf(Recording view, Query query)
    {
        ChannelKind[] kinds = [.. view.Channels.Where(c => c.Sensor is not null && !c.IsBad && c.Kind is ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad).Select(c => c.Kind).Distinct()];
        return kinds.Length == 0 ? throw new UnfitInputException("No channel has a known place: a map needs electrodes with 10-05 names, or a file with positions.")
            : query.Text("kind") is not { } wanted ? kinds[0]
            : Array.Find(kinds, k => string.Equals(k.ToString(), wanted, StringComparison.OrdinalIgnoreCase)) is var found && found != default ? found
            : throw new QueryException($"'kind' is '{wanted}': the recording has {string.Join(", ", kinds).ToLowerInvariant()}.");
    }
}
