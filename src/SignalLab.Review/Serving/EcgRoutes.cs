using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Norms;
using SignalLab.Model;
using SignalLab.Review.Ecg;
using SignalLab.Review.Marks;

namespace SignalLab.Review.Serving;

/// <summary>What a reader moves in the usual beat.</summary>
/// <param name="Lead">Label of the lead, or null for the marks over all leads.</param>
/// <param name="Fiducials">Names and new places in seconds from the beat's first sample; null takes a mark out.</param>
/// <param name="Back">Names of those that shall be again where the program puts them.</param>
internal sealed record EcgMove(string? Lead, IReadOnlyDictionary<string, double?>? Fiducials, IReadOnlyList<string>? Back);

/// <summary>What a reader says a template is.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Class">N, S, V, F or Q.</param>
internal sealed record EcgReclassing(int Index, string? Class);

/// <summary>What a reader tells of the subject where the file does not.</summary>
/// <param name="Sex">F, M or null.</param>
/// <param name="Age">Years, or null.</param>
internal sealed record EcgSubject(string? Sex, double? Age);

/// <summary>The measuring bench of ECGs: the examination, moved fiducials, reclassified templates, the subject that norms need.</summary>
internal sealed class EcgRoutes
{
    private const double OldestYears = 150;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly Desk desk;
    private readonly EcgBenches benches;
    private readonly NormShelf norms;

    private EcgRoutes(Desk desk, EcgBenches benches) => (this.desk, this.benches, norms) = (desk, benches, new(desk.Options.OwnNorms));

    public static void Map(WebApplication app, Desk desk, EcgBenches benches)
    {
        var routes = new EcgRoutes(desk, benches);
        app.MapGet("/api/ecg", (RequestDelegate)routes.SendExamination);
        app.MapGet("/api/ecg/judged", (RequestDelegate)(async context => await Answer(context, (await routes.Seat(context).ConfigureAwait(false)).Judged()).ConfigureAwait(false)));
        app.MapPost("/api/ecg/intervals", (RequestDelegate)(context => routes.Change<EcgMove>(context, Moved)));
        app.MapPost("/api/ecg/template", (RequestDelegate)(context => routes.Change<EcgReclassing>(context, Reclassified)));
        app.MapPost("/api/ecg/subject", (RequestDelegate)(context => routes.Change<EcgSubject>(context, Told)));
    }

    // One reader before one examined recording, with the norms that were chosen.
    private sealed record Reading(EcgBench Bench, MarkStore Store, string Reader, bool IsKept, IReadOnlyList<ReferenceNorm> Norms, IReadOnlyList<NormSet> Sets)
    {
        public EcgEdits Edits => EcgTrail.Read(Store.All());

        public object Card() => Said(EcgTrail.Read, (examination, edits, marks) => EcgCard.Of(Bench, examination, edits, marks, Sets));

        public object Judged() => Said(EcgTrail.Read, (examination, edits, marks) => EcgCard.Judged(Bench, examination, edits, marks));

        public object Measured(Func<IReadOnlyList<Mark>, EcgEdits> read) => Said(read, (examination, edits, marks) => EcgCard.Measured(Bench, examination, edits, marks));

        private object Said(Func<IReadOnlyList<Mark>, EcgEdits> read, Func<EcgExamination, EcgEdits, IReadOnlyList<Mark>, object> say)
        {
            var marks = Store.All();
            var edits = read(marks);
            return say(Bench.With(edits, Norms), edits, marks);
        }
    }

    private async Task<Reading> Seat(HttpContext context)
    {
        var query = new Query(context.Request.Query);
        var recording = desk.Recording(query);
        var id = query.Text("norms");
        var chosen = norms.Chosen(id) ?? throw new QueryException($"'norms' is '{id}': there is no such set.");
        return new(await benches.Of(recording).ConfigureAwait(false), desk.Marks.Of(recording), query.Text("reader") ?? "reader", query.IsSet("keep"), chosen, norms.Sets);
    }

    private async Task Change<T>(HttpContext context, Func<Reading, T, object> change)
    {
        var body = await Routes.Body<T>(context).ConfigureAwait(false);
        var reading = await Seat(context).ConfigureAwait(false);
        await Answer(context, change(reading, body)).ConfigureAwait(false);
    }

    // A long recording takes longer than a page should wait: it asks again.
    private async Task SendExamination(HttpContext context)
    {
        norms.Refresh();
        var work = benches.Of(desk.Recording(new(context.Request.Query)));
        await Task.WhenAny(work, Task.Delay(Patience, context.RequestAborted)).ConfigureAwait(false);
        context.RequestAborted.ThrowIfCancellationRequested();
        if (!work.IsCompleted)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await Answer(context, new { examining = true }).ConfigureAwait(false);
            return;
        }

        await Answer(context, (await Seat(context).ConfigureAwait(false)).Card()).ConfigureAwait(false);
    }

    private static object Moved(Reading reading, EcgMove move)
    {
        var bench = reading.Bench;
        var (to, back) = (move.Fiducials ?? new Dictionary<string, double?>(), move.Back ?? []);
        if (to.Count + back.Count == 0 || bench.Found.Median is not { } median)
        {
            throw new QueryException(bench.Found.Median is null ? "No beat could be averaged: there are no fiducials to move." : "'fiducials' is missing.");
        }

        var lead = move.Lead is null ? -1 : median.Waveforms.Channels.ToList().FindIndex(c => c.Label == move.Lead);
        if (move.Lead is not null && lead < 0)
        {
            throw new QueryException($"'lead' is '{move.Lead}': there is no such lead.");
        }

        var edits = reading.Edits;
        var places = to.ToDictionary(f => Named(f.Key).Name, f => Place(bench, f.Key, f.Value));
        string[] released = [.. back.Select(name => Named(name).Name).Where(name => edits.Fiducials.Any(f => f.Lead == move.Lead && f.Name == name))];
        var moved = edits with { Fiducials = [.. edits.Fiducials.Where(f => f.Lead != move.Lead || !(places.ContainsKey(f.Name) || released.Contains(f.Name))), .. places.Select(f => (move.Lead, f.Key, f.Value))] };
        var (was, becomes) = (edits.Applied(median), moved.Applied(median));
        if (!Fiducial.InOrder(lead < 0 ? becomes.Global : becomes.Leads[lead]) || (!Fiducial.InOrder(becomes.Global) && Fiducial.InOrder(was.Global)))
        {
            throw new QueryException("The fiducials would not follow one another in time: P onset, P end, QRS onset, QRS end, T peak, T end.");
        }

        if (!reading.IsKept)
        {
            return reading.Measured(_ => moved);
        }

        var before = lead < 0 ? was.Global : was.Leads[lead];
        double? From(string name) => Named(name).Of(before) / bench.MedianRateHz;
        Mark[] trail =
        [
            .. places.Where(f => From(f.Key) != f.Value).Select(f => EcgTrail.Moved(move.Lead, f.Key, From(f.Key), f.Value, reading.Reader)),
            .. released.Select(name => EcgTrail.PutBack(move.Lead, name, From(name), reading.Reader)),
        ];
        Keep(reading, trail);
        return reading.Measured(EcgTrail.Read);
    }

    private static Fiducial Named(string name) => Fiducial.Find(name) ?? throw new QueryException($"'{name}' is no fiducial: expected {string.Join(", ", Fiducial.Movable.Select(f => f.Name))}.");

    // On a sample of the usual beat.
    private static double? Place(EcgBench bench, string name, double? seconds) => seconds is not { } s ? null
        : s >= 0 && s * bench.MedianRateHz <= bench.MedianLength - 1 ? Math.Round(s * bench.MedianRateHz) / bench.MedianRateHz
        : throw new QueryException(FormattableString.Invariant($"'{name}' lies outside the usual beat, which has {bench.MedianLength / bench.MedianRateHz:0.###} s."));

    private static object Reclassified(Reading reading, EcgReclassing change)
    {
        var bench = reading.Bench;
        if (change.Index < 0 || change.Index >= bench.Found.Templates.Count || EcgTrail.ClassOf(change.Class) is not { } kind)
        {
            throw new QueryException(FormattableString.Invariant($"Expected the number of one of {bench.Found.Templates.Count} templates and a class N, S, V, F or Q."));
        }

        var before = bench.With(reading.Edits, reading.Norms).Templates[change.Index];
        Keep(reading, before.Class == kind ? [] : [EcgTrail.Reclassified(change.Index, before.Count, before.Class, kind, reading.Reader)]);
        return reading.Card();
    }

    private static object Told(Reading reading, EcgSubject told)
    {
        if (told.Sex is not (null or "F" or "M") || (told.Age is { } years && !(years >= 0 && years <= OldestYears)))
        {
            throw new QueryException(FormattableString.Invariant($"Expected a sex F or M, and an age of 0 to {OldestYears} years."));
        }

        var stated = reading.Bench.Found.Recording.Subject;
        if ((stated.Sex is not null && told.Sex is not null) || (stated.AgeYears is not null && told.Age is not null))
        {
            throw new QueryException("The file states it: what a recording says of its subject is not changed here.");
        }

        var edits = reading.Edits;
        double? age = told.Age is { } a ? Math.Round(a, 2) : null;
        Keep(reading, (edits.Sex, edits.AgeYears) == (told.Sex, age) ? [] : [EcgTrail.Told(told.Sex, age, reading.Reader)]);
        return reading.Judged();
    }

    private static void Keep(Reading reading, Mark[] trail)
    {
        if (trail.Length > 0)
        {
            reading.Store.Do(new(trail, null, null), reading.Reader);
        }
    }

    private static Task Answer(HttpContext context, object answer) => context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
}
