using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Review.Ecg;
using SignalLab.Review.Marks;

namespace SignalLab.Review.Serving;

/// <summary>What a reader moves in the usual beat.</summary>
/// <param name="Lead">Label of the lead, or null for the marks over all leads.</param>
/// <param name="Fiducials">Names and new places in seconds from the beat's first sample; null takes a mark out.</param>
internal sealed record EcgMove(string? Lead, IReadOnlyDictionary<string, double?>? Fiducials);

/// <summary>What a reader says a template is.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Class">N, S, V, F or Q.</param>
internal sealed record EcgReclassing(int Index, string? Class);

/// <summary>The measuring bench of ECGs: the examination, moved fiducials, reclassified templates.</summary>
internal static class EcgRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public static void Map(WebApplication app, Desk desk)
    {
        var benches = new EcgBenches();
        app.MapGet("/api/ecg", (RequestDelegate)(context => SendExamination(context, desk, benches)));
        app.MapPost("/api/ecg/intervals", (RequestDelegate)(async context =>
        {
            var query = new Query(context.Request.Query);
            var recording = desk.Recording(query);
            var move = await Routes.Body<EcgMove>(context).ConfigureAwait(false);
            var bench = await benches.Of(recording).ConfigureAwait(false);
            await Answer(context, Moved(bench, desk.Marks.Of(recording), move, Reader(query), query.IsSet("keep"))).ConfigureAwait(false);
        }));
        app.MapPost("/api/ecg/template", (RequestDelegate)(async context =>
        {
            var query = new Query(context.Request.Query);
            var recording = desk.Recording(query);
            var change = await Routes.Body<EcgReclassing>(context).ConfigureAwait(false);
            var bench = await benches.Of(recording).ConfigureAwait(false);
            await Answer(context, Reclassified(bench, desk.Marks.Of(recording), change, Reader(query))).ConfigureAwait(false);
        }));
    }

    // A long recording takes longer than a page should wait: it asks again.
    private static async Task SendExamination(HttpContext context, Desk desk, EcgBenches benches)
    {
        var recording = desk.Recording(new(context.Request.Query));
        var work = benches.Of(recording);
        await Task.WhenAny(work, Task.Delay(Patience, context.RequestAborted)).ConfigureAwait(false);
        context.RequestAborted.ThrowIfCancellationRequested();
        if (!work.IsCompleted)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await Answer(context, new { examining = true }).ConfigureAwait(false);
            return;
        }

        var bench = await work.ConfigureAwait(false);
        await Answer(context, Card(bench, desk.Marks.Of(recording))).ConfigureAwait(false);
    }

    private static object Card(EcgBench bench, MarkStore store)
    {
        var marks = store.All();
        return EcgCard.Of(bench, bench.With(EcgTrail.Read(marks)), marks);
    }

    private static object Moved(EcgBench bench, MarkStore store, EcgMove move, string reader, bool isKept)
    {
        if (move.Fiducials is not { Count: > 0 } || bench.Found.Median is not { } median)
        {
            throw new QueryException(bench.Found.Median is null ? "No beat could be averaged: there are no fiducials to move." : "'fiducials' is missing.");
        }

        var lead = move.Lead is null ? -1 : median.Waveforms.Channels.ToList().FindIndex(c => c.Label == move.Lead);
        if (move.Lead is not null && lead < 0)
        {
            throw new QueryException($"'lead' is '{move.Lead}': there is no such lead.");
        }

        var marks = store.All();
        var edits = EcgTrail.Read(marks);
        var found = lead < 0 ? median.Global : median.Leads[lead];
        var before = edits.Applied(found, move.Lead, bench.MedianRateHz);
        var moved = new EcgEdits([.. edits.Fiducials, .. move.Fiducials.Select(f => (move.Lead, f.Key, Place(bench, f.Key, f.Value)))], edits.Templates);
        if (!Fiducial.InOrder(moved.Applied(found, move.Lead, bench.MedianRateHz)))
        {
            throw new QueryException("The fiducials would not follow one another in time: P onset, P end, QRS onset, QRS end, T peak, T end.");
        }

        if (isKept)
        {
            Mark[] trail =
            [
                .. move.Fiducials.Select(f => (Name: f.Key, From: Fiducial.Find(f.Key)!.Of(before) / bench.MedianRateHz, To: Place(bench, f.Key, f.Value)))
                    .Where(f => f.From != f.To).Select(f => EcgTrail.Moved(move.Lead, f.Name, f.From, f.To, reader)),
            ];
            if (trail.Length > 0)
            {
                store.Do(new(trail, null, null), reader);
                marks = store.All();
                moved = EcgTrail.Read(marks);
            }
        }

        return EcgCard.Measured(bench, bench.With(moved), marks);
    }

    // On a sample of the usual beat.
    private static double? Place(EcgBench bench, string name, double? seconds)
    {
        if (Fiducial.Find(name) is null)
        {
            throw new QueryException($"'{name}' is no fiducial: expected {string.Join(", ", Fiducial.Movable.Select(f => f.Name))}.");
        }

        return seconds is not { } s ? null
            : s >= 0 && s * bench.MedianRateHz <= bench.MedianLength - 1 ? Math.Round(s * bench.MedianRateHz) / bench.MedianRateHz
            : throw new QueryException(FormattableString.Invariant($"'{name}' lies outside the usual beat, which has {bench.MedianLength / bench.MedianRateHz:0.###} s."));
    }

    private static object Reclassified(EcgBench bench, MarkStore store, EcgReclassing change, string reader)
    {
        if (change.Index < 0 || change.Index >= bench.Found.Templates.Count || EcgTrail.ClassOf(change.Class) is not { } kind)
        {
            throw new QueryException(FormattableString.Invariant($"Expected the number of one of {bench.Found.Templates.Count} templates and a class N, S, V, F or Q."));
        }

        var before = bench.With(EcgTrail.Read(store.All())).Templates[change.Index];
        if (before.Class != kind)
        {
            store.Do(new([EcgTrail.Reclassified(change.Index, before.Count, before.Class, kind, reader)], null, null), reader);
        }

        return Card(bench, store);
    }

    private static string Reader(Query query) => query.Text("reader") ?? "reader";

    private static Task Answer(HttpContext context, object answer) => context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
}
