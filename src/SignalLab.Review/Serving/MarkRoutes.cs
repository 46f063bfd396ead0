using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Analysis.Sleep;
using SignalLab.Review.Marks;

namespace SignalLab.Review.Serving;

/// <summary>Annotations: all of them, steps, undo and redo, tables in and out.</summary>
internal static class MarkRoutes
{
    private const int MostAtOnce = 100_000;

    public static void Map(WebApplication app, Desk desk)
    {
        Routes.Get(app, "/api/marks", query =>
        {
            var store = desk.Marks.Of(desk.Recording(query));
            var (undo, redo) = store.Depth();
            return new { marks = store.All(), undo, redo };
        });
        Post(app, "/api/marks/do", desk, async (context, store, reader) =>
        {
            var step = await Routes.Body<MarkStep>(context).ConfigureAwait(false);
            if ((step.Add ?? []).Concat(step.Change ?? []).Any(m => m is null))
            {
                throw new QueryException("A step has no empty annotations.");
            }

            return (step.Add?.Count ?? 0) + (step.Change?.Count ?? 0) + (step.Remove?.Count ?? 0) is > 0 and <= MostAtOnce
                ? store.Do(step, reader)
                : throw new QueryException(FormattableString.Invariant($"A step has 1 to {MostAtOnce} annotations."));
        });
        app.MapGet("/api/marks/export", (RequestDelegate)(context =>
        {
            var query = new Query(context.Request.Query);
            var recording = desk.Recording(query);
            var ending = query.Required("ending") is var e and (".csv" or ".edf") ? e : throw new QueryException("'ending' is .csv or .edf.");
            return Routes.Send(context, MarkFiles.Write(desk.Marks.Of(recording).All(), recording.Recording, ending));
        }));
        Post(app, "/api/marks/import", desk, async (context, store, reader) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
            var name = new Query(context.Request.Query).Text("name") ?? "annotations.csv";
            var found = MarkFiles.Read(Path.GetFileName(name), body.ToArray());
            return found.Count is > 0 and <= MostAtOnce
                ? store.Do(new(found, null, null), reader)
                : throw new QueryException(FormattableString.Invariant($"{name} holds {found.Count} annotations: 1 to {MostAtOnce} can be taken in."));
        });
        Routes.Get(app, "/api/marks/compare", query => new
        {
            rows = ReaderAgreement.Of(desk.Marks.Of(desk.Recording(query)).All(), query.Required("first"), query.Required("second")),
            rule = ReaderAgreement.Rule,
        });
        Routes.Get(app, "/api/sleep", query => new { rows = SleepRows(SleepSummary.Of(desk.Marks.Of(desk.Recording(query)).All().Select(m => m.Annotation()))) });
        Post(app, "/api/marks/undo", desk, (_, store, _) => Task.FromResult(store.Undo()));
        Post(app, "/api/marks/redo", desk, (_, store, _) => Task.FromResult(store.Redo()));
    }

    private static object[] SleepRows(SleepSummary night)
    {
        return
        [
            Row("Time in bed", night.TimeInBedSeconds), Row("Total sleep time", night.TotalSleepSeconds), Row("Sleep latency", night.SleepLatencySeconds), Row("REM latency", night.RemLatencySeconds),
            Row("Wake after sleep onset", night.WakeAfterOnsetSeconds), Row("Sleep efficiency", 100 * night.Efficiency, "%"), Row("Awakenings", night.Awakenings, ""),
            .. Enum.GetValues<SleepStage>().Select(stage => Row(
                $"Stage {SleepStages.Symbol(stage)}", stage == SleepStage.Wake ? night.StageSeconds.GetValueOrDefault(stage) : ShareOf(night, stage), stage == SleepStage.Wake ? "s" : "% of sleep")),
            Row("Without a stage", night.UnstagedSeconds),
        ];

        static object Row(string name, double? value, string unit = "s") => new { name, value, unit };
        static double? ShareOf(SleepSummary night, SleepStage stage) => night.TotalSleepSeconds > 0 ? 100 * night.StageSeconds.GetValueOrDefault(stage) / night.TotalSleepSeconds : null;
    }

    private static void Post(WebApplication app, string path, Desk desk, Func<HttpContext, MarkStore, string, Task<MarkOutcome>> answer) => app.MapPost(path, (RequestDelegate)(async context =>
    {
        var query = new Query(context.Request.Query);
        var outcome = await answer(context, desk.Marks.Of(desk.Recording(query)), query.Text("reader") ?? "reader").ConfigureAwait(false);
        await context.Response.WriteAsJsonAsync(outcome, context.RequestAborted).ConfigureAwait(false);
    }));
}
