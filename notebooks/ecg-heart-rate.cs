#:project ../src/SignalLab.Model/SignalLab.Model.csproj
#:project ../src/SignalLab.Formats/SignalLab.Formats.csproj
#:project ../src/SignalLab.Analysis/SignalLab.Analysis.csproj
#:project ../src/SignalLab.Figures/SignalLab.Figures.csproj

// How fast does the heart beat? Beats found in all leads together, checked against the simulated truth.
// dotnet run notebooks/ecg-heart-rate.cs -- [folder for the pictures]
using System.Text.Json;
using SignalLab.Analysis.Ecg;
using SignalLab.Figures;
using SignalLab.Figures.Ecg;
using SignalLab.Formats;

var output = Directory.CreateDirectory(args.Length > 0 ? args[0] : "notebooks/out").FullName;
var recording = Recordings.Open("recordings/ecg12.hea");

var beats = recording.DetectBeats();
var rate = recording.MeasureHeartRate(beats);
Console.WriteLine($"{beats.Count} beats, heart rate {rate.Value:0.0} {rate.Unit} ({rate.Method})");

var sheet = new EcgSheet(recording, new EcgSheetOptions
{
    Statements = [$"Heart rate {rate.Value:0} /min"],
    Beats = [.. beats.Select(b => new BeatMark(b.OnsetSeconds))],
});
FigureFile.Save(sheet, Path.Combine(output, "ecg-sheet.png"), new Colophon("notebooks/ecg-heart-rate.cs", [recording.Provenance]));

using var truth = JsonDocument.Parse(File.ReadAllText("recordings/ecg12.truth.json"));
var known = truth.RootElement.GetProperty("beats").EnumerateArray().Select(b => b.GetProperty("r_s").GetDouble()).ToArray();
var worst = known.Max(r => beats.Min(b => Math.Abs(b.OnsetSeconds - r)));
Console.WriteLine($"{known.Length} beats were simulated; the farthest was found {1000 * worst:0.0} ms away");
return beats.Count == known.Length && worst < 0.01 ? 0 : 1;
