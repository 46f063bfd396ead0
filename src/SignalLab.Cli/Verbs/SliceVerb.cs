using System.CommandLine;
using System.Globalization;
using SignalLab.Analysis.Imaging;
using SignalLab.Figures;
using SignalLab.Figures.Slices;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab slice IMAGE OUT</c>: conventional slices.</summary>
internal static class SliceVerb
{
    public static Command Create()
    {
        var file = Common.File("Image, or folder of one DICOM series.");
        var output = Common.Out("Picture: .png, .svg or .pdf.");
        var plane = new Option<string>("--plane") { Description = "axial, coronal, sagittal, mosaic, or three (all three; the default of volumes)." };
        var at = new Option<string>("--at") { Description = "Where: mm along the plane's normal, or x,y,z in mm." };
        var window = new Option<string>("--window") { Description = "CENTRE,WIDTH or a name: brain, lung, bone, …" };
        var overlay = new Option<string>("--overlay") { Description = "A map laid over, in a frame that is joined to the image's." };
        var sameSpace = new Option<bool>("--same-space") { Description = "Takes the overlay's millimetres for the image's although the files name different frames: for maps known to be aligned." };
        var threshold = new Option<double?>("--threshold") { Description = "Overlay values nearer to zero are left out." };
        var frame = new Option<int>("--frame") { Description = "Frame of a series, from 0.", DefaultValueFactory = _ => 0 };
        var series = new Option<int>("--series") { Description = "Which series of a folder, from 0.", DefaultValueFactory = _ => 0 };
        var graph = new Option<bool>("--graph") { Description = "Also the time course at the cross-hair." };
        var roi = new Option<string>("--roi") { Description = "A label image: prints mean, SD and range of each region as CSV." };
        var command = new Command("slice", "Draws slices of an image. Example: signallab slice head.nii.gz act.png --at -38,-18,48 --overlay tmap.nii.gz --threshold 4")
        {
            file, output, plane, at, window, overlay, sameSpace, threshold, frame, series, graph, roi, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var (path, target) = (parsed.GetValue(file)!, parsed.GetValue(output)!);
            FigureOutput.RequireEnding(target, FigureFile.Endings);
            var quiet = parsed.GetValue(Common.Quiet);
            var map = MapOf(path, parsed.GetValue(series), quiet);
            var over = parsed.GetValue(overlay) is { } overlayFile ? MapOf(overlayFile, 0, quiet) : null;
            over = over is null ? null : Laid(over, map, parsed.GetValue(sameSpace));
            var inputs = new[] { map, over }.OfType<ParameterMap>().Select(m => m.Provenance).ToList();
            if (parsed.GetValue(roi) is { } labels)
            {
                Console.Out.Write(RegionTable(map, MapOf(labels, 0, quiet), parsed.GetValue(frame)));
            }

            var chosen = new SliceChoice(
                parsed.GetValue(plane), parsed.GetValue(at) is { } place ? Selection.Numbers(place, "--at") : null, WindowOf(parsed.GetValue(window)),
                parsed.GetValue(threshold), parsed.GetValue(frame), parsed.GetValue(graph));
            FigureOutput.Save(SlicePage.Of(map, over, chosen), target, parsed.GetValue(Common.Force), inputs);
            return ExitCode.Done;
        });
        return command;
    }

    private static ParameterMap MapOf(string path, int index, bool quiet)
    {
        var study = KnownFormats.Open(path);
        if (index < 0 || index >= study.Maps.Count)
        {
            throw new UnfitInputException(study.Maps.Count == 0 ? $"{path}: holds no image." : $"{path}: holds {study.Maps.Count} series, number {index} was asked for.");
        }

        Terminal.Remark(study.Remarks.Concat(study.Maps[index].Remarks), quiet);
        return study.Maps[index];
    }

    private static ParameterMap Laid(ParameterMap overlay, ParameterMap image, bool isSameSpace)
    {
        var (own, wanted) = (overlay.Support.Frame, image.Support.Frame);
        if (own == wanted || overlay.Support is not GridSupport grid)
        {
            return overlay;
        }

        return isSameSpace
            ? overlay with { Support = grid with { Frame = wanted }, Provenance = overlay.Provenance.Then(ProcessingStep.Of("taken as aligned", ("from", own.Name), ("to", wanted.Name))) }
            : throw new UnfitInputException($"The overlay lies in the frame '{own}', the image in '{wanted}': coregister them, or add --same-space where they are known to be aligned.");
    }

    private static (double Centre, double Width)? WindowOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Contains(',', StringComparison.Ordinal))
        {
            var numbers = Selection.Numbers(text, "--window", 2);
            return numbers[1] > 0 ? (numbers[0], numbers[1]) : throw new UsageException($"--window '{text}': the width must be above 0.");
        }

        var preset = CtWindow.All.FirstOrDefault(w => string.Equals(w.Name, text, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"--window '{text}': expected CENTRE,WIDTH or one of {string.Join(", ", CtWindow.All.Select(w => w.Name))}.");
        return (preset.Centre, preset.Width);
    }

    private static string RegionTable(ParameterMap map, ParameterMap labels, int frame)
    {
        var unit = map.Unit.Symbol;
        var rows = map.StatisticsByRegion(labels, frame: frame).Select(r => string.Create(
            CultureInfo.InvariantCulture, $"{r.Label},{r.Count},{r.Mean:R},{r.StandardDeviation:R},{r.Median:R},{r.Minimum:R},{r.Maximum:R}"));
        return string.Join('\n', rows.Prepend($"label,voxels,mean[{unit}],sd[{unit}],median[{unit}],min[{unit}],max[{unit}]")) + "\n";
    }
}
