using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Analysis.Imaging;
using SignalLab.Model;
using SignalLab.Review.Slices;

namespace SignalLab.Review.Serving;

/// <summary>Images: what they are, their slices, values at a place, courses over time, places of sensors.</summary>
internal static class SliceRoutes
{
    private const double FarthestMm = 1e6;
    private const int MostOfACourse = 100_000;

    // Slices of compressed volumes take memory while they are cut.
    private static readonly SemaphoreSlim Turn = new(2);

    public static void Map(WebApplication app, Desk desk)
    {
        Routes.Get(app, "/api/image", query =>
        {
            var study = desk.Recordings.Study(query.Required("file")).Study;
            return ImageCard.Of(Image(desk, query), study);
        });
        app.MapGet("/api/slice", (RequestDelegate)(context => SendSlice(context, desk)));
        Routes.Get(app, "/api/voxel", query => Voxel(desk, query));
        Routes.Get(app, "/api/sensor", query =>
        {
            var image = Image(desk, query);
            var place = SensorPlace.In(desk.Recordings.Study(query.Required("of")), query.Whole("recording", 0, 100_000, 0), query.Required("sensor"), image, query.Required("file"));
            return new { place = new[] { place.X, place.Y, place.Z }, frame = image.Grid.Frame.Name };
        });
        Routes.Get(app, "/api/course", query => Course(Image(desk, query), Point(query)));
    }

    private static ShownImage Image(Desk desk, Query query) => ShownImage.Of(desk.Recordings.Study(query.Required("file")).Study, query.Whole("map", 0, 100_000, 0));

    private static ShownImage? Overlay(Desk desk, Query query) =>
        query.Text("overlay") is { } file ? ShownImage.Of(desk.Recordings.Study(file).Study, query.Whole("overlaymap", 0, 100_000, 0)) : null;

    private static Point3 Point(Query query) => new(
        query.RequiredNumber("x", -FarthestMm, FarthestMm), query.RequiredNumber("y", -FarthestMm, FarthestMm), query.RequiredNumber("z", -FarthestMm, FarthestMm));

    private static async Task SendSlice(HttpContext context, Desk desk)
    {
        var query = new Query(context.Request.Query);
        await Turn.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        byte[] bytes;
        try
        {
            bytes = Slice(desk, query);
        }
        finally
        {
            Turn.Release();
        }

        await Routes.Send(context, bytes).ConfigureAwait(false);
    }

    private static byte[] Slice(Desk desk, Query query)
    {
        var image = Image(desk, query);
        var frame = query.Whole("frame", 0, int.MaxValue, 0);
        var name = query.Required("plane");
        if (name == "stored")
        {
            return image.IsPlane ? SliceBytes.Stored(image, frame) : throw new QueryException("'plane' is 'stored': the image is a volume; expected axial, coronal or sagittal.");
        }

        var plane = name switch
        {
            "axial" => SlicePlane.Axial,
            "coronal" => SlicePlane.Coronal,
            "sagittal" => SlicePlane.Sagittal,
            _ => throw new QueryException($"'plane' is '{name}': expected axial, coronal, sagittal or, of an image of one layer, stored."),
        };
        var at = query.RequiredNumber("at", -FarthestMm, FarthestMm);
        var slice = image.Map.SliceAt(plane, at);
        if (Overlay(desk, query) is not { } overlay)
        {
            return SliceBytes.Of(slice, image.FirstOf(frame), image.Colours, plane, at);
        }

        var laid = overlay.Onto((GridSupport)slice.Support, query.IsSet("same"), image.Transforms);
        return SliceBytes.Of(laid, overlay.FirstOf(query.Whole("overlayframe", 0, int.MaxValue, 0)), 1, plane, at);
    }

    private static object Voxel(Desk desk, Query query)
    {
        var (image, point) = (Image(desk, query), Point(query));
        var first = image.FirstOf(query.Whole("frame", 0, int.MaxValue, 0));
        var overlay = Overlay(desk, query);
        var there = image.Grid with { SizeX = 1, SizeY = 1, SizeZ = 1, ToMillimetres = Affine.FromColumns(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), point) };
        double?[] values = [.. Enumerable.Range(first, image.Colours).Select(f => Finite(image.Map.ValueAt(point, f)))];
        var laid = overlay is null ? null : Finite(overlay.Onto(there, query.IsSet("same"), image.Transforms).ReadFrame(overlay.FirstOf(query.Whole("overlayframe", 0, int.MaxValue, 0)))[0]);
        return new
        {
            voxel = image.Map.LocationAt(point) is { } location ? new[] { location % image.Grid.SizeX, location / image.Grid.SizeX % image.Grid.SizeY, location / image.Grid.SizeX / image.Grid.SizeY } : null,
            values,
            name = Name(image, values[0]),
            overlay = laid,
            overlayName = overlay is null ? null : Name(overlay, laid),
            overlayUnit = overlay is null || overlay.Map.Unit.Equals(Unit.One) ? "" : overlay.Map.Unit.Symbol,
        };
    }

    private static string? Name(ShownImage image, double? value) => value is >= int.MinValue and <= int.MaxValue and { } label ? image.Map.LabelNames.GetValueOrDefault((int)Math.Round(label)) : null;

    private static object Course(ShownImage image, Point3 point)
    {
        if (image.Map.Axes is not [{ Length: > 1 and <= MostOfACourse } axis, ..] || axis.Kind == AxisKind.Colour)
        {
            throw new UnfitInputException("The image has no frames over time.");
        }

        var location = image.Map.LocationAt(point) ?? throw new UnfitInputException("The place lies outside the image.");
        var course = image.Map.GraphAt(location);
        return new { name = course.Name, kind = axis.Kind.ToString().ToLowerInvariant(), unit = course.Unit.Equals(Unit.One) ? "" : course.Unit.Symbol, axisUnit = axis.Unit.Symbol, at = axis.Values.Select(Finite), values = course.Values.Select(Finite) };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
