#:project ../src/SignalLab.Model/SignalLab.Model.csproj
#:project ../src/SignalLab.Formats/SignalLab.Formats.csproj
#:project ../src/SignalLab.Analysis/SignalLab.Analysis.csproj
#:project ../src/SignalLab.Figures/SignalLab.Figures.csproj

// What does a voxel do over time? A task series on the anatomy, one cross-hair over slices and time course.
// dotnet run notebooks/voxel-time-course.cs -- [folder for the pictures]
using System.Text.Json;
using SignalLab.Analysis.Imaging;
using SignalLab.Figures;
using SignalLab.Figures.Slices;
using SignalLab.Formats;
using SignalLab.Model;

var output = Directory.CreateDirectory(args.Length > 0 ? args[0] : "notebooks/out").FullName;
var anatomy = KnownFormats.Open("recordings/t1.nii.gz").Maps[0];
var series = KnownFormats.Open("recordings/task_bold.nii.gz").Maps[0];
using var truth = JsonDocument.Parse(File.ReadAllText("recordings/task_bold.truth.json"));
double[] Numbers(string name) => [.. truth.RootElement.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

// The task's blocks, as blood follows them, fitted at every voxel.
var course = HaemodynamicResponse.ToBlocks(Numbers("block_onset_s"), truth.RootElement.GetProperty("block_duration_s").GetDouble(), 2.5, series.FrameCount);
var activation = series.ActivationBy(course);
var t = activation.ReadFrame();
var best = Array.IndexOf(t, t.Max());
var at = ((GridSupport)series.Support).PositionMm(best);
Console.WriteLine($"highest t {t[best]:0.0} at {at.X:0}, {at.Y:0}, {at.Z:0} mm");

// Both maps are cut in the anatomy's frame; they may be laid over each other because they share it.
SlicePanel Cut(SlicePlane plane, double mm)
{
    var slice = anatomy.SliceAt(plane, mm);
    return new SlicePanel(slice) { Overlay = activation.ResliceOnto((GridSupport)slice.Support, new TransformGraph([])) };
}

var figure = new SliceFigure(
    [Cut(SlicePlane.Axial, at.Z), Cut(SlicePlane.Coronal, at.Y), Cut(SlicePlane.Sagittal, at.X)],
    new SliceOptions { Window = anatomy.Window, OverlayThreshold = 4, CrosshairMm = at, Graph = series.GraphAt(best) });
FigureFile.Save(figure, Path.Combine(output, "voxel-time-course.png"), new Colophon("notebooks/voxel-time-course.cs", [anatomy.Provenance, activation.Provenance]));

var centre = Numbers("region_centre_mm");
var away = (at - new Point3(centre[0], centre[1], centre[2])).Norm;
Console.WriteLine($"the simulated region's centre is {away:0.0} mm away");
return away < 16 ? 0 : 1;
