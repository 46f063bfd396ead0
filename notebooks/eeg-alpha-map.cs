#:project ../src/SignalLab.Model/SignalLab.Model.csproj
#:project ../src/SignalLab.Formats/SignalLab.Formats.csproj
#:project ../src/SignalLab.Analysis/SignalLab.Analysis.csproj
#:project ../src/SignalLab.Figures/SignalLab.Figures.csproj

// Where is the alpha rhythm? From the file to a map of band power, checked against what was simulated.
// dotnet run notebooks/eeg-alpha-map.cs -- [folder for the pictures]
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Spectra;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Maps;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

var output = Directory.CreateDirectory(args.Length > 0 ? args[0] : "notebooks/out").FullName;

// A recording is lazy: nothing is read until somebody asks for samples.
var recording = Recordings.Open("recordings/eeg.edf").WithLayout(StandardLayouts.TenTen05);
Console.WriteLine($"{recording.Channels.Count} channels, {recording.DurationSeconds} s");

// One cut: fix the location, run along time.
var page = recording.Montage(Montage.Banana).Bandpass(1, 70).Notch(50);
Save(new TimeSeriesGraph(page, new TimeSeriesOptions { DurationSeconds = 10 }), "eeg-graph.png", page.Provenance);

// The other cut: fix the band, run over locations.
var referenced = recording.Montage(Montage.AverageReference);
var alpha = referenced.BandMap(FrequencyBand.Alpha);
var map = alpha.ToTopography() with { Title = "alpha power" };
Save(new TopographicMapFigure(map), "eeg-alpha-map.png", map.Grid.Provenance);

var layout = ((SensorSupport)alpha.Support).Layout;
var powers = alpha.ReadFrame();
var strongest = layout.Sensors[Array.IndexOf(powers, powers.Max())].Name;
var peak = referenced.Welch()[recording.Channels.ToList().FindIndex(c => c.Label == strongest)].PeakHz(FrequencyBand.Alpha);
Console.WriteLine($"strongest alpha at {strongest}, peak {peak} Hz; simulated at O1 and O2 with 10.2 Hz");
return strongest is "O1" or "O2" && Math.Abs(peak - 10.2) <= 0.5 ? 0 : 1;

void Save(Figure figure, string name, Provenance provenance) =>
    FigureFile.Save(figure, Path.Combine(output, name), new Colophon("notebooks/eeg-alpha-map.cs", [provenance]));
