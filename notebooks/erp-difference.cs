#:project ../src/SignalLab.Model/SignalLab.Model.csproj
#:project ../src/SignalLab.Analysis/SignalLab.Analysis.csproj
#:project ../src/SignalLab.Figures/SignalLab.Figures.csproj

// When does the brain tell a target from a standard? From an oddball recording to a difference wave, checked against what was simulated.
// dotnet run notebooks/erp-difference.cs -- [folder for the pictures]
using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Simulation;
using SignalLab.Figures;
using SignalLab.Figures.Averages;
using SignalLab.Model;

var output = Directory.CreateDirectory(args.Length > 0 ? args[0] : "notebooks/out").FullName;

// An oddball recording: frequent standards, rare targets, each with a response of known latency.
var (recording, truth) = ErpSimulation.Create(seed: 3, durationSeconds: 240);
var filtered = recording.Bandpass(0.3, 30);
var options = new EpochOptions { Baseline = (-0.2, 0), Reject = [new(150, Unit.Microvolt, ChannelKind.Eeg)] };
var target = filtered.CutEpochs(filtered.EventsFromAnnotations("target"), options);
var standard = filtered.CutEpochs(filtered.EventsFromAnnotations("standard"), options);
Console.WriteLine($"{target.Events.Count} targets and {standard.Events.Count} standards are averaged");

var difference = target.Average("target").Minus(standard.Average("standard"));
var peak = difference.Peaks(0.2, 0.6, PeakSign.Positive).MaxBy(p => p.Amplitude)!;
Console.WriteLine($"largest difference {peak.Amplitude:0.0} {peak.Unit} at {peak.Channel}, {1000 * peak.LatencySeconds:0} ms");
var panel = new ButterflyPanel(difference, ChannelKind.Eeg, difference.GlobalFieldPower(ChannelKind.Eeg), []);
FigureFile.Save(new ButterflyFigure([panel]), Path.Combine(output, "erp-difference.png"), new Colophon("notebooks/erp-difference.cs", [difference.Provenance]));
var simulated = truth["p3_latency_s"]!.GetValue<double>();
Console.WriteLine($"simulated at {1000 * simulated:0} ms");
return Math.Abs(peak.LatencySeconds - simulated) < 0.03 ? 0 : 1;
