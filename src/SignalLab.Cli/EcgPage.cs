using SignalLab.Analysis.Ecg;
using SignalLab.Cli.Ecg;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Reports;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>An ECG as cardiologists read it: the sheet with its beats and what was measured, and for long recordings the tachogram.</summary>
internal static class EcgPage
{
    private const int BeatsForTachogram = 30;

    /// <summary>The sheet at the scale that was asked for.</summary>
    public static EcgSheet Sheet(Recording recording, TimeSeriesOptions options) => Sheet(recording.Examine(), options);

    /// <summary>The sheet of an examined ECG.</summary>
    public static EcgSheet Sheet(EcgExamination examination, TimeSeriesOptions options) => new(examination.Recording, new EcgSheetOptions
    {
        FromSeconds = options.FromSeconds,
        SpeedMmPerSecond = options.SpeedMmPerSecond ?? 25,
        GainMmPerMillivolt = options.Sensitivity is { } s ? 1 / s.Unit.Convert(s.PerMm, Unit.Millivolt) : 10,
        Beats = [.. examination.Beats.Select(b => new BeatMark(b.Seconds))],
        Statements = EcgText.Statements(examination),
    });

    public static void AddTo(Recording recording, string stem, List<ReportBlock> blocks)
    {
        var examination = recording.Examine();
        blocks.Add(new FigureBlock(Sheet(examination, new TimeSeriesOptions()), stem + "-sheet.png", "The sheet: 25 mm/s, 10 mm/mV, beats marked") { Colophon = FigureOutput.Made(recording.Provenance) });
        var rr = recording.RrSeconds([.. examination.Beats.Select(b => new Annotation(b.Seconds, 0, BeatDetection.BeatText))]);
        if (rr.Length >= BeatsForTachogram)
        {
            var series = new Series("RR", Axis.Uniform(AxisKind.RrNumber, Unit.One, 1, 1, rr.Length), [.. rr.Select(s => 1000 * s)], Unit.Parse("ms"));
            blocks.Add(new FigureBlock(new SeriesGraph([series]) { Title = $"{recording.Provenance.Input}: beat intervals" }, stem + "-tachogram.png", "Beat intervals") { Colophon = FigureOutput.Made(recording.Provenance) });
        }

        var beats = new Measurement("beats", examination.Beats.Count, Unit.One, QrsDetector.Method, new Origin(OriginKind.Algorithm, QrsDetector.Method));
        blocks.Add(TableBlock.Of("Measured", [.. examination.Measurements, beats, .. examination.Variability]));
    }
}
