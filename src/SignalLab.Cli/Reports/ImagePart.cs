using System.Globalization;
using SignalLab.Analysis.Imaging;
using SignalLab.Figures.Reports;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>What a report shows of an image: slices through the middle; of a series with task events beside it the activation over the anatomy and its time course.</summary>
internal static class ImagePart
{
    private const double LeastT = 4;

    /// <param name="path">The image's file; the task's blocks are looked for beside it, as NAME_events.tsv.</param>
    /// <param name="study">What was opened.</param>
    /// <param name="map">The image.</param>
    /// <param name="anatomy">An anatomical volume of the same report in the same frame, or null.</param>
    /// <param name="stem">What the names of its pictures begin with.</param>
    public static ReportSection Of(string path, Study study, ParameterMap map, ParameterMap? anatomy, string stem)
    {
        var blocks = new List<ReportBlock>
        {
            Facts(study, map),
            new FigureBlock(SlicePage.Of(map, null, new SliceChoice(null, null, null, null)), stem + "-slices.png", "Through the middle") { Colophon = FigureOutput.Made(map.Provenance) },
        };
        if (TaskEvents.Beside(path) is { } events && map.Axes is [{ Kind: AxisKind.Time } time] && map.Support is GridSupport)
        {
            AddActivation(map, time, events, anatomy, stem, blocks);
        }

        foreach (var remark in study.Remarks.Concat(map.Remarks).Distinct())
        {
            blocks.Add(new TextBlock("Remark: " + remark));
        }

        return new(Path.GetFileName(path), blocks);
    }

    private static void AddActivation(ParameterMap map, Axis time, TaskEvents events, ParameterMap? anatomy, string stem, List<ReportBlock> blocks)
    {
        var grid = (GridSupport)map.Support;
        var course = HaemodynamicResponse.ToBlocks(events.OnsetsSeconds, events.DurationSeconds, time.Values[1] - time.Values[0], time.Length);
        var activation = map.ActivationBy(course);
        var t = activation.ReadFrame();
        var best = Array.IndexOf(t, t.Max());
        var at = grid.PositionMm(best);
        var under = anatomy is not null && anatomy.Support.Frame == grid.Frame ? anatomy : SlicePage.FrameOf(map, 0);
        blocks.Add(new FigureBlock(
            SlicePage.Of(under, activation, new SliceChoice(null, [at.X, at.Y, at.Z], null, LeastT) { Course = SlicePage.CourseAt(map, best), CourseQuantity = map.Quantity.Name, Title = ReferenceEquals(under, anatomy) ? $"{map.Provenance.Input}: task activation over {under.Provenance.Input}" : $"{map.Provenance.Input}: task activation" }),
            stem + "-activation.png",
            FormattableString.Invariant($"Where the series follows the task (t, threshold {LeastT}), and its course at the highest t ({at.X:0}, {at.Y:0}, {at.Z:0} mm)"))
        {
            Colophon = FigureOutput.Made([activation.Provenance, .. ReferenceEquals(under, anatomy) ? [under.Provenance] : Array.Empty<Provenance>()]),
        });
        blocks.Add(new TableBlock(
            "Activation",
            [new("place (mm)"), new("t") { IsNumber = true }, new("degrees of freedom") { IsNumber = true }, new("voxels above the threshold") { IsNumber = true }],
            [[FormattableString.Invariant($"{at.X:0.#}, {at.Y:0.#}, {at.Z:0.#}"), Number(t[best]), $"{map.FrameCount - 3}", $"{t.Count(v => v > LeastT)}"]]));
    }

    private static TableBlock Facts(Study study, ParameterMap map)
    {
        var rows = new List<IReadOnlyList<string>> { Row("format", study.Format), Row("modality", map.Modality.Length > 0 ? map.Modality : "not stated") };
        if (map.Support is GridSupport grid)
        {
            rows.Add(Row("size", $"{grid.SizeX} × {grid.SizeY} × {grid.SizeZ}{(map.FrameCount > 1 ? $", {map.FrameCount} frames" : "")}"));
            rows.Add(Row("spacing", $"{Number(grid.SpacingMm.X)} × {Number(grid.SpacingMm.Y)} × {Number(grid.SpacingMm.Z)} mm"));
            rows.Add(Row("frame", grid.Frame.Name));
        }

        rows.Add(Row("quantity", map.Unit.Symbol is "" or "1" ? map.Quantity.Name : $"{map.Quantity.Name} ({map.Unit.Symbol})"));
        return new("The image", [new("property"), new("value")], rows);
    }

    private static IReadOnlyList<string> Row(string name, string value) => [name, value];

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
