using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Review.Ecg;
using SignalLab.Review.Files;
using SignalLab.Review.Marks;
using SignalLab.Review.Recordings;
using SignalLab.Review.Traces;

namespace SignalLab.Review.Serving;

/// <summary>What the routes work with.</summary>
/// <param name="Shelf">The files.</param>
/// <param name="Recordings">Those that are open.</param>
/// <param name="Marks">Their annotations.</param>
/// <param name="Session">What the reader had open.</param>
/// <param name="Options">The settings.</param>
internal sealed record Desk(Shelf Shelf, OpenRecordings Recordings, MarkStores Marks, SessionFile Session, ReviewOptions Options)
{
    /// <summary>The recording a request is about: <c>file</c> and, where it holds several, <c>recording</c>.</summary>
    public OpenRecording Recording(Query query) => Recordings.Recording(query.Required("file"), query.Whole("recording", 0, 100_000, 0));
}

/// <summary>The addresses that the page asks.</summary>
internal static class Routes
{
    private const double LongestPageSeconds = 30 * 86400;

    // Pages are computed two at a time: more would only wait for the same processors, with more memory.
    private static readonly SemaphoreSlim Turn = new(2);

    public static void Map(WebApplication app, Desk desk)
    {
        Get(app, "/api/desk", _ => new { name = desk.Shelf.Name, file = desk.Shelf.OnlyFile, version = desk.Options.Version });
        Get(app, "/api/files", query => desk.Shelf.List(query.Text("path") ?? ""));
        Get(app, "/api/study", query => RecordingCard.Of(desk.Recordings.Study(query.Required("file"))));
        Get(app, "/api/recording", query =>
        {
            var open = desk.Recording(query);
            return RecordingCard.Of(open, open.Through(View(query)));
        });
        app.MapGet("/api/page", (RequestDelegate)(context => SendPage(context, desk)));
        Get(app, "/api/pyramid", query => new { progress = desk.Recording(query).PyramidWork.Progress });
        app.MapGet("/api/overview", (RequestDelegate)(context => SendOverview(context, desk)));
        app.MapGet("/api/session", (RequestDelegate)(context => Send(context, Encoding.UTF8.GetBytes(desk.Session.Load()), "application/json")));
        app.MapPost("/api/session", (RequestDelegate)(async context =>
        {
            desk.Session.Save(await Body<JsonElement>(context).ConfigureAwait(false));
            await context.Response.WriteAsJsonAsync(new { kept = true }, context.RequestAborted).ConfigureAwait(false);
        }));
        MarkRoutes.Map(app, desk);
        MeasureRoutes.Map(app, desk);
        MapRoutes.Map(app, desk);
        AverageRoutes.Map(app, desk);
        var benches = new EcgBenches();
        ReportRoutes.Map(app, desk, benches);
        EcgRoutes.Map(app, desk, benches);
        SliceRoutes.Map(app, desk);
    }

    /// <summary>Answers a question with JSON.</summary>
    public static void Get(WebApplication app, string path, Func<Query, object> answer) =>
        app.MapGet(path, (RequestDelegate)(context => context.Response.WriteAsJsonAsync(answer(new(context.Request.Query)), context.RequestAborted)));

    /// <summary>What a request's body says.</summary>
    /// <exception cref="QueryException">There is none, or none in JSON.</exception>
    public static async Task<T> Body<T>(HttpContext context) => context.Request.HasJsonContentType() && await context.Request.ReadFromJsonAsync<T>(context.RequestAborted).ConfigureAwait(false) is { } body
        ? body
        : throw new QueryException("The request's body is missing: expected JSON.");

    /// <summary>The view a request asks for.</summary>
    public static ViewSpec View(Query query) => new(
        query.Text("montage"), query.Text("bad"), new(query.Number("low", 1e-4, 1e6), query.Number("high", 1e-4, 1e6), query.Number("notch", 1, 1e5)), query.Text("own"));

    /// <summary>Sends bytes.</summary>
    public static async Task Send(HttpContext context, ReadOnlyMemory<byte> bytes, string type = "application/octet-stream")
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task SendPage(HttpContext context, Desk desk)
    {
        var query = new Query(context.Request.Query);
        var recording = desk.Recording(query);
        var view = recording.Through(View(query));
        var from = query.RequiredNumber("from", -1e9, 1e9);
        var to = from + query.RequiredNumber("seconds", 1e-3, LongestPageSeconds);
        var columns = query.Whole("columns", 16, 16_384, 1800);
        var rows = Rows(query.Text("rows"), view.Channels.Count);
        await Turn.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        byte[] bytes;
        try
        {
            bytes = TracePage.Of(view, rows, from, to, columns, recording.Pyramid, context.RequestAborted);
        }
        finally
        {
            Turn.Release();
        }

        await Send(context, bytes).ConfigureAwait(false);
    }

    private static async Task SendOverview(HttpContext context, Desk desk)
    {
        var work = desk.Recording(new(context.Request.Query)).Overview;
        if (work.Bytes is { } bytes)
        {
            await Send(context, bytes).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsJsonAsync(new { progress = work.Progress }, context.RequestAborted).ConfigureAwait(false);
    }

    private static int[] Rows(string? text, int channels)
    {
        if (text is null)
        {
            return [.. Enumerable.Range(0, channels)];
        }

        var rows = new List<int>();
        foreach (var part in text.Split(','))
        {
            rows.Add(int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var row) && row < channels
                ? row
                : throw new QueryException(FormattableString.Invariant($"'rows' has '{part}': expected numbers of channels from 0 to {channels - 1}.")));
        }

        return rows.Count <= 4096 ? [.. rows] : throw new QueryException("'rows' has more than 4096 channels.");
    }
}
