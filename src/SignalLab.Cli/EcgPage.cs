using System.Globalization;
using SignalLab.Analysis.Ecg;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Reports;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>An ECG as cardiologists read it: the sheet with its beats and the heart rate, and for long recordings the tachogram.</summary>
internal static class EcgPage
{
    private const int BeatsForTachogram = 30;

    /// <summary>The sheet at the scale that was asked for.</summary>
    public static EcgSheet Sheet(Recording recording, TimeSeriesOptions options) => Sheet(recording, recording.DetectBeats(), options);

    public static void AddTo(Recording recording, string stem, List<ReportBlock> blocks)
    {
        var beats = recording.DetectBeats();
        blocks.Add(new FigureBlock(Sheet(recording, beats, new TimeSeriesOptions()), stem + "-sheet.png", "The sheet: 25 mm/s, 10 mm/mV, beats marked") { Colophon = FigureOutput.Made(recording.Provenance) });
        var rr = recording.RrSeconds(beats);
        if (rr.Length >= BeatsForTachogram)
        {
            var series = new Series("RR", Axis.Uniform(AxisKind.RrNumber, Unit.One, 1, 1, rr.Length), [.. rr.Select(s => 1000 * s)], Unit.Parse("ms"));
            blocks.Add(new FigureBlock(new SeriesGraph([series]) { Title = $"{recording.Provenance.Input}: beat intervals" }, stem + "-tachogram.png", "Beat intervals") { Colophon = FigureOutput.Made(recording.Provenance) });
        }

        var rate = recording.MeasureHeartRate(beats);
        blocks.Add(TableBlock.Of("Measured", [rate, new Measurement("beats", beats.Count, Unit.One, rate.Method, rate.Origin)]));
    }

    private static EcgSheet Sheet(Recording recording, IReadOnlyList<Annotation> beats, TimeSeriesOptions options)
    {
        var rate = recording.MeasureHeartRate(beats);
        return new(recording, new EcgSheetOptions
        {
            FromSeconds = options.FromSeconds,
            SpeedMmPerSecond = options.SpeedMmPerSecond ?? 25,
            GainMmPerMillivolt = options.Sensitivity is { } s ? 1 / s.Unit.Convert(s.PerMm, Unit.Millivolt) : 10,
            Beats = [.. beats.Select(b => new BeatMark(b.OnsetSeconds))],
            Statements = [rate.Value is { } v ? $"Heart rate {v.ToString("0", CultureInfo.InvariantCulture)} /min" : $"Heart rate not measurable: {rate.Reason}"],
        });
    }
}
