using SignalLab.Analysis.Filters;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>What filters do, as a table or a picture: gain, phase, group delay and the response to a step.</summary>
internal static class ResponseFigure
{
    private const int Points = 2001;

    public static void Write(IReadOnlyList<FilterDesign> designs, Phase phase, Recording recording, string path, bool force)
    {
        var rate = recording.Channels.FirstOrDefault(c => c.Kind != ChannelKind.Stim)?.RateHz ?? throw new UnfitInputException("The recording has no channel to filter.");
        var response = FilterResponse.Of(designs, Frequencies(designs, rate), rate, phase);
        var axis = new Axis(AxisKind.Frequency, Unit.Hertz, response.FrequenciesHz);
        Series Of(string name, string unit, IReadOnlyList<double> values) => new(name, axis, values, Unit.Parse(unit)) { Provenance = recording.Provenance };
        var magnitude = Of("magnitude", "dB", response.MagnitudeDb);
        var turn = Of("phase", "rad", response.PhaseRadians);
        var delay = Of("group delay", "s", response.GroupDelaySeconds);
        if (FigureFile.Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            var step = new Series("step response", new Axis(AxisKind.Time, Unit.Second, response.Step.TimesSeconds), response.Step.Values, Unit.One);
            var figure = new FilterResponseFigure(magnitude, turn, delay, step)
            {
                Title = string.Join(", then ", designs.Select(d => d.Describe(phase))),
                Subtitle = FormattableString.Invariant($"{(phase == Phase.Zero ? "Zero phase: delay and phase are 0, recursive filters act twice" : "Causal, one pass")} · {rate} samples/s"),
                CutoffsHz = [.. designs.SelectMany(d => d.CutoffsHz).Distinct()],
            };
            FigureOutput.Save(figure, path, force, recording.Provenance);
            return;
        }

        StudyWriter.WriteTable(path, force, recording.Provenance, (stream, delimiter) => WriteTable([magnitude, turn, delay], response.Step, stream, delimiter));
    }

    // Evenly over the band and, for what happens at low frequencies, evenly in octaves from a twentieth of the lowest cut-off.
    private static double[] Frequencies(IReadOnlyList<FilterDesign> designs, double rate)
    {
        var lowest = Math.Min(designs.Min(d => d.CutoffsHz.Min()) / 20, rate / 40);
        var even = Enumerable.Range(0, Points).Select(i => i * rate / 2 / (Points - 1));
        var octaves = Enumerable.Range(0, Points / 2).Select(i => lowest * Math.Pow(rate / 2 / lowest, i / (Points / 2.0)));
        return [.. even.Concat(octaves).Concat(designs.SelectMany(d => d.CutoffsHz)).Where(f => f <= rate / 2).Distinct().Order()];
    }

    // Both axes in one table, side by side; the shorter one leaves its last cells empty.
    private static void WriteTable(IReadOnlyList<Series> series, StepResponse step, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        var axis = series[0].Axis;
        var every = (step.Values.Count + axis.Length - 1) / axis.Length;
        table.Cell(SeriesTable.NameOf(axis));
        foreach (var one in series)
        {
            table.Heading(one.Name, one.Unit);
        }

        table.Cell("step_time_s");
        table.Cell("step_response");
        table.EndRow();
        for (var i = 0; i < axis.Length; i++)
        {
            table.Cell(axis.Values[i]);
            foreach (var one in series)
            {
                table.Cell(one.Values[i]);
            }

            if (i * every < step.Values.Count)
            {
                table.Cell(step.TimesSeconds[i * every]);
                table.Cell(step.Values[i * every]);
            }
            else
            {
                table.Cell("");
                table.Cell("");
            }

            table.EndRow();
        }
    }
}
