using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SignalLab.Analysis.Sleep;
using SignalLab.Review.Reports;

namespace SignalLab.Review.Serving;

/// <summary>The report that a reader writes: findings, chosen pages and maps, as a PDF.</summary>
internal static class ReportRoutes
{
    public static void Map(WebApplication app, Desk desk) => app.MapPost("/api/report", (RequestDelegate)(async context =>
    {
        var query = new Query(context.Request.Query);
        var draft = await Routes.Body<ReportDraft>(context).ConfigureAwait(false);
        var open = desk.Recording(query);
        var marks = desk.Marks.Of(open).All();
        var bytes = draft.Checked().ToPdf(open, Routes.View(query), marks, SleepSummary.Of(marks.Select(m => m.Annotation())), desk.Options.Clock.GetUtcNow(), desk.Options.Version);
        await Routes.Send(context, bytes, "application/pdf").ConfigureAwait(false);
    }));
}
