using Microsoft.AspNetCore.Builder;
using SignalLab.Analysis.Averages;
using SignalLab.Model;

namespace SignalLab.Review.Serving;

/// <summary>Averages on a kind of annotation.</summary>
internal static class AverageRoutes
{
    private const double LongestSeconds = 10;

    private static volatile Kept? last;

    public static void Map(WebApplication app, Desk desk) => Routes.Get(app, "/api/average", query =>
    {
        var average = Average(desk, query, desk.Recording(query).Through(Routes.View(query)));
        return new
        {
            nave = average.Evoked!.AverageCount,
            first = average.Evoked.FirstLatencySeconds,
            rate = average.Channels[0].RateHz,
            unit = average.Channels[0].Unit.Symbol,
            traces = Enumerable.Range(0, average.Channels.Count).Where(c => average.Channels[c] is { Kind: ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad, IsBad: false }).Select(c => new
            {
                label = average.Channels[c].Label,
                values = average.ReadAll(c).Select(v => (float)v),
            }),
        };
    });

    /// <summary>The average on the annotations of the text <c>event</c>, from <c>before</c> to <c>after</c> about them; the last one is kept, since a map is asked for at every latency.</summary>
    public static Recording Average(Desk desk, Query query, Recording view)
    {
        var text = query.Required("event");
        var (before, after) = (query.Number("before", 0, LongestSeconds) ?? 0.2, query.Number("after", 0.01, LongestSeconds) ?? 0.8);
        var annotated = view with { Annotations = [.. desk.Marks.Of(desk.Recording(query)).All().Select(m => m.Annotation())] };
        var events = annotated.EventsFromAnnotations(text);
        if (last is { } kept && ReferenceEquals(kept.View, view) && (kept.Before, kept.After) == (before, after) && kept.Events.SequenceEqual(events))
        {
            return kept.Average;
        }

        var average = annotated.CutEpochs(events, new() { FromSeconds = -before, ToSeconds = after, Baseline = before > 0 ? (-before, 0) : null }).Average(text);
        last = new(view, before, after, events, average);
        return average;
    }

    private sealed record Kept(Recording View, double Before, double After, IReadOnlyList<Event> Events, Recording Average);
}
