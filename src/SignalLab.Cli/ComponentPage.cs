using SignalLab.Analysis.Components;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Maps;
using SignalLab.Figures;
using SignalLab.Figures.Components;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>The overview of a decomposition: its figure, and the map of one component.</summary>
internal static class ComponentPage
{
    private const int Most = 48;
    private const double StretchSeconds = 10;
    private const double HighestHz = 80;

    public static Figure Of(Recording recording, Decomposition decomposition, double? highpassHz, IReadOnlyCollection<int> removed)
    {
        var spectra = decomposition.Spectra(recording, highpassHz);
        var (activations, from) = Activations(recording, decomposition, highpassHz);
        var maps = Maps(recording, decomposition);
        var panels = Enumerable.Range(0, Math.Min(Most, decomposition.Count)).Select(k => new ComponentPanel(Title(decomposition, k), removed.Contains(k), maps?[k].Map, spectra[k], activations[k])
        {
            MapNote = maps?[k].Note ?? "",
        }).ToList();
        var top = Math.Min(HighestHz, spectra[0].Axis.Values[^1]);
        var figure = new ComponentOverview(panels, top)
        {
            Subtitle = FormattableString.Invariant($"{recording.Provenance.Input} · {decomposition.Method.Name}, seed {decomposition.Seed} · {decomposition.Count} components of {decomposition.Channels.Count} channels (rank {decomposition.Rank}) · {decomposition.SampleCount} samples · ")
                + (decomposition.Converged ? FormattableString.Invariant($"converged after {decomposition.Iterations} iterations") : FormattableString.Invariant($"NOT converged after {decomposition.Iterations} iterations (change {decomposition.Change:0.#E+0}, wanted {decomposition.Tolerance:0.#E+0})"))
                + FormattableString.Invariant($" · activations from {from:0.#} s"),
        };
        return decomposition.Count <= Most ? figure : new ComponentOverview(panels, top) { Subtitle = figure.Subtitle, Notes = [.. figure.Notes, $"The first {Most} of {decomposition.Count} components."] };
    }

    /// <summary>One component's weights at the sensors.</summary>
    public static ParameterMap MapOf(Decomposition decomposition, Recording recording, ChannelKind kind, int component)
    {
        Require(decomposition, component);
        var all = decomposition.MapOf(recording, kind);
        return all with
        {
            Axes = [],
            Values = new MemoryValues(all.ReadFrame(component), all.Support.Count),
            Provenance = all.Provenance.Then(ProcessingStep.Of("component", ("number", component))),
        };
    }

    /// <summary>Refuses a component that does not exist.</summary>
    public static void Require(Decomposition decomposition, int component)
    {
        if (component >= decomposition.Count)
        {
            throw new UnfitInputException($"There is no component {component}: the decomposition has {decomposition.Count}, counted from 0.");
        }
    }

    private static string Title(Decomposition decomposition, int k)
    {
        var label = k < decomposition.Labels.Count ? FormattableString.Invariant($"{decomposition.Labels[k].Name} {decomposition.Labels[k].Confidence:0.00} · ") : "";
        return FormattableString.Invariant($"{Decomposition.NameOf(k)} · {label}{100 * decomposition.Explained[k]:0.0} %");
    }

    // Null where nothing has a place.
    private static List<(Topography Map, string Note)>? Maps(Recording recording, Decomposition decomposition)
    {
        foreach (var kind in new[] { ChannelKind.Eeg, ChannelKind.Mag, ChannelKind.Grad })
        {
            var labels = decomposition.Channels.Where(c => c.Kind == kind).Select(c => ChannelName.Normalise(c.Label)).ToHashSet();
            if (recording.Channels.Count(c => c.Kind == kind && c.Sensor is not null && labels.Contains(ChannelName.Normalise(c.Label))) < 3)
            {
                continue;
            }

            var all = decomposition.MapOf(recording, kind);
            var options = new TopographyOptions { Sphere = HeadSphere.Of(recording, kind) };
            var sensors = ((SensorSupport)all.Support).Layout.Sensors;
            return [.. Enumerable.Range(0, decomposition.Count).Select(k =>
            {
                var values = all.ReadFrame(k).ToList();
                var at = values.FindIndex(v => Math.Abs(v) == values.Max(Math.Abs));
                var shown = DisplayUnit.For(all.Unit, Math.Abs(values[at]));
                return (all.ToTopography(options, k), $"{PlainText.Of(all.Unit.Convert(values[at], shown), shown, 2)} at {sensors[at].Name}");
            })];
        }

        return null;
    }

    private static (Series[] Activations, double From) Activations(Recording recording, Decomposition decomposition, double? highpassHz)
    {
        var filtered = highpassHz is { } cutoff ? recording.Highpass(cutoff) : recording;
        var sources = decomposition.Sources(filtered);
        var run = sources.Runs(0).MaxBy(r => r.Count);
        var rate = sources.Channels[0].RateHz;
        var count = (int)Math.Min(run.Count, Math.Max(1, StretchSeconds * rate));
        var first = run.FirstSample + ((run.Count - count) / 3);
        var values = new double[decomposition.Count * count];
        sources.Samples.Read([.. Enumerable.Range(0, decomposition.Count)], first, count, values);
        var from = sources.TimeOf(0, first);
        var axis = Axis.Uniform(AxisKind.Time, Unit.Second, from, 1 / rate, count);
        return ([.. Enumerable.Range(0, decomposition.Count).Select(k => new Series(Decomposition.NameOf(k), axis, values.AsSpan(k * count, count).ToArray(), Unit.One))], from);
    }
}
