using SignalLab.Analysis.Filters;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>How a filter changes each frequency, as a table or a picture.</summary>
internal static class ResponseFigure
{
    private const int Points = 2001;

    public static void Write(IReadOnlyList<FilterDesign> designs, Phase phase, Recording recording, string path, bool force)
    {
        var rate = recording.Channels.Count > 0 ? recording.Channels[0].RateHz : throw new UnfitInputException("The recording has no channel to filter.");
        double[] frequencies = [.. Enumerable.Range(0, Points).Select(i => i * rate / 2 / (Points - 1))];
        var parts = designs.Select(d => d.Response(frequencies, rate, phase)).ToList();
        var axis = new Axis(AxisKind.Frequency, Unit.Hertz, frequencies);
        Series Sum(string name, string unit, Func<FilterResponse, IReadOnlyList<double>> of) =>
            new(name, axis, [.. Enumerable.Range(0, Points).Select(i => parts.Sum(p => of(p)[i]))], Unit.Parse(unit)) { Provenance = recording.Provenance };

        var magnitude = Sum("magnitude", "dB", p => p.MagnitudeDb);
        if (FigureFile.Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            var shown = magnitude with { Values = [.. magnitude.Values.Select(v => Math.Max(v, -120))] };
            FigureOutput.Save(new SeriesGraph([shown]) { Title = "Filter response" }, path, force, recording.Provenance);
            return;
        }

        StudyWriter.WriteTable(path, force, recording.Provenance, (stream, delimiter) =>
            SeriesTable.Write([magnitude, Sum("phase", "rad", p => p.PhaseRadians), Sum("group delay", "s", p => p.GroupDelaySeconds)], stream, delimiter));
    }
}
