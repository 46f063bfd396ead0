using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Analysis.Sleep;
using SignalLab.Figures.Ecg;
using SignalLab.Review.Ecg;
using SignalLab.Review.Reports;

namespace SignalLab.Review.Serving;

/// <summary>The report that a reader writes: findings, chosen pages, strips and maps, as a PDF.</summary>
internal static class ReportRoutes
{
    public static void Map(WebApplication app, Desk desk, EcgBenches benches) => app.MapPost("/api/report", (RequestDelegate)(async context =>
    {
        var query = new Query(context.Request.Query);
        var draft = await Routes.Body<ReportDraft>(context).ConfigureAwait(false);
        var open = desk.Recording(query);
        var marks = desk.Marks.Of(open).All();
        var beats = draft.Checked().Strips is { Count: > 0 } ? (await benches.Of(open).ConfigureAwait(false)).With(EcgTrail.Read(marks), []).Beats : [];
        var bytes = draft.ToPdf(open, Routes.View(query), marks, [.. beats.Select(b => new BeatMark(b.Seconds, EcgTrail.LetterOf(b.Class).ToString()))], SleepSummary.Of(marks.Select(m => m.Annotation())), desk.Options.Clock.GetUtcNow(), desk.Options.Version);
        await Routes.Send(context, bytes, "application/pdf").ConfigureAwait(false);
    }));
}
