using Microsoft.AspNetCore.Builder;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Model;

namespace SignalLab.Review.Serving;

/// <summary>Values at the cursor, spectra and band powers of a stretch.</summary>
internal static class MeasureRoutes
{
    /// <summary>Longest stretch whose spectrum is computed.</summary>
    public const double LongestStretchSeconds = 600;

    public static void Map(WebApplication app, Desk desk)
    {
        Routes.Get(app, "/api/values", query => Values(desk.Recording(query).Through(Routes.View(query)), query.RequiredNumber("time", -1e9, 1e9)));
        Routes.Get(app, "/api/spectrum", query => Spectrum(desk.Recording(query).Through(Routes.View(query)), query));
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
}
