using SignalLab.Analysis.Ecg;
using SignalLab.Cli.Ecg;
using SignalLab.Figures.Ecg;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Reports;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>An ECG as cardiologists read it: the sheet with its beats, waves and what was measured, and for long recordings trend, hours, intervals and strips.</summary>
internal static class EcgPage
{
    /// <summary>The sheet's options at the scale that was asked for.</summary>
    /// <param name="examination">What was found.</param>
    /// <param name="options">Scale and first time.</param>
    /// <param name="layout">Layout and order of the leads as on the command line, or null for the usual one.</param>
    public static EcgSheetOptions Options(EcgExamination examination, TimeSeriesOptions options, string? layout = null) => Layout(layout) with
    {
        FromSeconds = options.FromSeconds,
        SpeedMmPerSecond = options.SpeedMmPerSecond ?? 25,
        GainMmPerMillivolt = options.Sensitivity is { } s ? 1 / s.Unit.Convert(s.PerMm, Unit.Millivolt) : 10,
        Beats = EcgFigures.Beats(examination),
        Waves = EcgFigures.Waves(examination),
        Measurements = examination.Measurements,
        Statements = EcgText.SheetStatements(examination),
    };

    /// <summary>The sheet of an examined ECG.</summary>
    public static EcgSheet Sheet(EcgExamination examination, TimeSeriesOptions options, string? layout = null) => new(examination.Recording, Options(examination, options, layout));

    /// <summary>Reads a layout such as <c>6x2</c> or <c>12x1,cabrera</c>.</summary>
    public static EcgSheetOptions Layout(string? text)
    {
        var options = new EcgSheetOptions();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            options = part.ToLowerInvariant() switch
            {
                "3x4" or "3x4+1" or "3x4+1r" => options with { Layout = EcgLayout.ThreeByFourAndRhythm },
                "6x2" => options with { Layout = EcgLayout.SixByTwo },
                "12x1" => options with { Layout = EcgLayout.OneARow },
                "cabrera" => options with { Cabrera = true },
                _ => throw new UsageException($"--layout '{text}': expected 3x4, 6x2 or 12x1, with ,cabrera for Cabrera's order."),
            };
        }

        return options;
    }

    public static void AddTo(Recording recording, string stem, List<ReportBlock> blocks)
    {
        var examination = recording.Examine();
        blocks.Add(new FigureBlock(Sheet(examination, new TimeSeriesOptions()), stem + "-sheet.png", "The sheet: 25 mm/s, 10 mm/mV, beats marked") { Colophon = FigureOutput.Made(recording.Provenance) });
        if (recording.DurationSeconds >= HolterPage.LeastSeconds)
        {
            HolterPage.AddTo(examination, stem, blocks);
            return;
        }

        if (EcgFigures.Median(examination, stem) is { } beat)
        {
            blocks.Add(new FigureBlock(new MedianBeatFigure(beat), stem + "-median-beat.png", "The usual beat with the ends of its waves") { Colophon = FigureOutput.Made(recording.Provenance) });
        }

        var beats = new Measurement("beats", examination.Beats.Count, Unit.One, QrsDetector.Method, new Origin(OriginKind.Algorithm, QrsDetector.Method));
        blocks.Add(TableBlock.Of("Measured", [.. examination.Measurements, beats, .. examination.Variability]));
    }
}
