using System.Globalization;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Projections;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Maps;
using SignalLab.Figures.Reports;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>What a report shows of a recording: by its modality, as its readers are used to.</summary>
internal static class RecordingPart
{
    private const double PageSeconds = 10;

    /// <param name="study">What was opened.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="title">The section's title.</param>
    /// <param name="stem">What the names of its pictures begin with.</param>
    public static ReportSection Of(Study study, Recording recording, string title, string stem)
    {
        var blocks = new List<ReportBlock> { Facts(study, recording) };
        var notes = new List<string>();
        switch (ChannelKinds.Modality(recording))
        {
            case "eeg":
                AddEeg(recording, stem, blocks, notes);
                break;
            case "ecg":
                EcgPage.AddTo(recording, stem, blocks);
                break;
            case "meg":
                AddMeg(recording, stem, blocks);
                break;
            default:
                if (recording.Channels.Count > 0)
                {
                    blocks.Add(Graph(recording, stem, "The first seconds"));
                }

                break;
        }

        if (recording.Annotations.Count > 0)
        {
            blocks.Add(Annotations(recording));
        }

        foreach (var remark in study.Remarks.Concat(recording.Remarks).Concat(notes).Distinct())
        {
            blocks.Add(new TextBlock("Remark: " + remark));
        }

        foreach (var comment in recording.Comments)
        {
            blocks.Add(new TextBlock("The file says: " + comment));
        }

        return new(title, blocks);
    }

    private static void AddEeg(Recording recording, string stem, List<ReportBlock> blocks, List<string> notes)
    {
        var eeg = recording.OfKind(ChannelKind.Eeg);
        var view = Try(() => eeg.Montage(Montage.Banana), notes) ?? eeg;
        var nyquist = eeg.Channels.Min(c => c.RateHz) / 2;
        var filtered = nyquist > 70 ? view.Bandpass(1, 70) : nyquist > 1 ? view.Highpass(1) : view;
        blocks.Add(Graph(filtered, stem, $"The first {Math.Min(PageSeconds, recording.DurationSeconds):0.#} s, {(ReferenceEquals(view, eeg) ? "as recorded" : "longitudinal bipolar montage")}"));
        if (eeg.CommonRateHz is null || eeg.DurationSeconds < 4)
        {
            return;
        }

        var referenced = Try(() => eeg.Montage(Montage.AverageReference), notes) ?? eeg;
        var spectrum = referenced.Welch();
        blocks.Add(new FigureBlock(SpectrumPage.Of(referenced, spectrum), stem + "-spectrum.png", "Power spectral density (Welch, 2 s), average reference") { Colophon = FigureOutput.Made(spectrum[0].Density.Provenance) });
        blocks.Add(SpectrumPage.BandTable(referenced, spectrum));
        if (Try(() => StandardLayouts.Placed(referenced).BandMap(FrequencyBand.Alpha), notes) is { } alpha
            && Try(() => alpha.ToTopography(), notes) is { } map)
        {
            blocks.Add(new FigureBlock(new TopographicMapFigure(map with { Title = $"{recording.Provenance.Input}: alpha power" }), stem + "-alpha-map.png", "Alpha power (8 to 13 Hz) over the scalp, average reference") { Colophon = FigureOutput.Made(alpha.Provenance) });
        }
    }

    private static void AddMeg(Recording recording, string stem, List<ReportBlock> blocks)
    {
        var shown = recording.ApplyProjectors();
        ChannelKind[] kinds = [.. new[] { ChannelKind.Mag, ChannelKind.Grad }.Where(k => shown.Channels.Any(c => c.Kind == k && !c.IsBad))];
        if (shown.Evoked is null)
        {
            var channels = Enumerable.Range(0, shown.Channels.Count).Where(c => shown.Channels[c].Kind == kinds[0]).Take(20).ToList();
            blocks.Add(new FigureBlock(new TimeSeriesGraph(shown, new TimeSeriesOptions { Channels = channels, DurationSeconds = Math.Min(PageSeconds, shown.DurationSeconds) }), stem + "-graph.png", "The first channels") { Colophon = FigureOutput.Made(shown.Provenance) });
            return;
        }

        foreach (var kind in kinds)
        {
            var power = shown.GlobalFieldPower(kind);
            var (name, coils) = (ChannelKinds.Name(kind), kind == ChannelKind.Mag ? "magnetometers" : "gradiometers");
            blocks.Add(new FigureBlock(
                new SeriesGraph([power]) { Title = $"{recording.Provenance.Input}: global field power, {coils}" },
                $"{stem}-field-power-{name}.png",
                $"Global field power, {coils}")
            {
                Colophon = FigureOutput.Made(power.Provenance),
            });
            var peak = Enumerable.Range(0, power.Values.Count).MaxBy(i => power.Axis.Values[i] > 0.02 ? power.Values[i] : double.MinValue);
            var latency = power.Axis.Values[peak];
            var map = shown.TopographyAt(latency - shown.Evoked.FirstLatencySeconds, kind) with { Title = FormattableString.Invariant($"{recording.Provenance.Input}: {coils}, {1000 * latency:0} ms") };
            blocks.Add(new FigureBlock(new TopographicMapFigure(map), $"{stem}-map-{name}.png", FormattableString.Invariant($"The map at the peak, {1000 * latency:0} ms, {coils}"))
            {
                Colophon = FigureOutput.Made(shown.Provenance.Then(ProcessingStep.Of("map at", ("latency_s", latency), ("channels", coils)))),
            });
        }
    }

    private static FigureBlock Graph(Recording recording, string stem, string caption) => new(
        new TimeSeriesGraph(recording, new TimeSeriesOptions { DurationSeconds = recording.Evoked is null ? Math.Min(PageSeconds, recording.DurationSeconds) : null }),
        stem + "-graph.png",
        caption)
    {
        Colophon = FigureOutput.Made(recording.Provenance),
    };

    private static TableBlock Facts(Study study, Recording recording)
    {
        var rows = new List<IReadOnlyList<string>>
        {
            Row("format", study.Format),
            Row("channels", string.Join(", ", recording.Channels.GroupBy(c => c.Kind).Select(g => $"{g.Count()} {ChannelKinds.Name(g.Key)}"))),
            Row("rate", recording.CommonRateHz is { } rate ? $"{Number(rate)} Hz" : string.Join(", ", recording.Channels.Select(c => c.RateHz).Distinct().Order().Select(r => $"{Number(r)} Hz"))),
            Row("duration", $"{Number(recording.DurationSeconds)} s{(recording.Segments.Count > 1 ? $", {recording.Segments.Count} segments" : "")}"),
        };
        if (recording.Start is { } start)
        {
            rows.Add(Row("start", start.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture)));
        }

        if (recording.Subject != Subject.Unknown)
        {
            rows.Add(Row("subject", string.Join(", ", new[] { recording.Subject.Id, recording.Subject.Sex, recording.Subject.AgeYears is { } age ? $"{Number(age)} years" : null }.OfType<string>())));
        }

        if (recording.Evoked is { } evoked)
        {
            rows.Add(Row("condition", $"{evoked.Condition}, average of {Number(evoked.AverageCount)}"));
        }

        return new("The recording", [new("property"), new("value")], rows);
    }

    private static TableBlock Annotations(Recording recording)
    {
        const int Most = 40;
        var rows = recording.Annotations.Take(Most).Select(a => (IReadOnlyList<string>)[Number(a.OnsetSeconds), Number(a.DurationSeconds), a.Text, a.Channel ?? ""]).ToList();
        var left = recording.Annotations.Count - rows.Count;
        return new($"Annotations ({recording.Annotations.Count}{(left > 0 ? $", the first {Most}" : "")})", [new("onset", Unit.Second), new("duration", Unit.Second), new("text"), new("channel")], rows);
    }

    private static T? Try<T>(Func<T> make, List<string> notes)
        where T : class
    {
        try
        {
            return make();
        }
        catch (UnfitInputException e)
        {
            notes.Add(e.Message);
            return null;
        }
    }

    private static IReadOnlyList<string> Row(string name, string value) => [name, value];

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
