using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Independent components of a recording: how channels become components and components become channels. Components have unit variance over the samples fitted on and are sorted by the variance they explain.</summary>
/// <param name="Channels">The channels that took part.</param>
/// <param name="Unmixing">Components × channels, per channel unit: component = Σ weight · (channel − mean).</param>
/// <param name="Maps">Components × channels, in the channels' units: what one standard deviation of the component adds to each channel. The largest value of a map is positive.</param>
public sealed record Decomposition(IReadOnlyList<DecomposedChannel> Channels, IReadOnlyList<double[]> Unmixing, IReadOnlyList<double[]> Maps)
{
    /// <summary>How it was found.</summary>
    public ComponentMethod Method { get; init; }

    /// <summary>The seed it was found with.</summary>
    public int Seed { get; init; }

    /// <summary>Number of directions in which the data vary at all.</summary>
    public int Rank { get; init; }

    /// <summary>Samples it was fitted on.</summary>
    public long SampleCount { get; init; }

    /// <summary>Iterations, or passes over the samples.</summary>
    public int Iterations { get; init; }

    /// <summary>True where the method came to its end; otherwise <see cref="Change"/> tells how far it came.</summary>
    public bool Converged { get; init; }

    /// <summary>What was left at the end: FastICA the largest turn (1 − |cosine|), Infomax the squared change of the weights in a pass, Picard the largest entry of the relative gradient.</summary>
    public double Change { get; init; }

    /// <summary>What counted as converged.</summary>
    public double Tolerance { get; init; }

    /// <summary>The part of the channels' variance (scaled to one size a kind) that each component explains.</summary>
    public IReadOnlyList<double> Explained { get; init; } = [];

    /// <summary>What each component seems to be; empty where none was labelled.</summary>
    public IReadOnlyList<ComponentLabel> Labels { get; init; } = [];

    /// <summary>What the reader must know: no convergence, few samples, lost rank.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What it was fitted on and how.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>Number of components.</summary>
    public int Count => Unmixing.Count;

    /// <summary>Activations of the components as a recording: one channel a component, in standard deviations of the samples fitted on; nothing is computed until samples are read.</summary>
    /// <param name="recording">A recording with the decomposed channels; the weights are applied to it as it is.</param>
    /// <exception cref="UnfitInputException">A channel is missing, or they differ in rate or length.</exception>
    public Recording Sources(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var (indices, offsets, factors) = Placed(recording);
        var lead = recording.Channels[indices[0]];
        return recording with
        {
            Channels = [.. Enumerable.Range(0, Count).Select(k => new Channel(NameOf(k), ChannelKind.Misc, Unit.One, lead.RateHz, lead.SampleCount))],
            Samples = new ComponentSamples(recording.Samples, indices, offsets, [.. Unmixing.Select(row => row.Select((w, i) => w * factors[i]).ToArray())]),
            Segments = recording.Segments,
            Annotations = [.. recording.Annotations.Where(a => a.Channel is null)],
            Projectors = [],
            Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
            Provenance = recording.Provenance.Then(Step("independent components")),
        };
    }

    /// <summary>The recording without some components: what remains of each channel, its mean and what the decomposition left out included. Where a decomposed channel has no finite value, none of them has one.</summary>
    /// <param name="recording">A recording with the decomposed channels; the weights are applied to it as it is.</param>
    /// <param name="components">Which components, from 0.</param>
    /// <returns>The recording as it reads without them; other channels unchanged. A remark says what was removed and how much.</returns>
    /// <exception cref="UnfitInputException">A component does not exist, a channel is missing, or they differ in rate or length.</exception>
    public Recording Remove(Recording recording, IReadOnlyList<int> components)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(components);
        int[] removed = [.. components.Distinct().Order()];
        if (removed.Any(k => k < 0 || k >= Count))
        {
            throw new UnfitInputException($"There is no component {removed.First(k => k < 0 || k >= Count)}: the decomposition has {Count}, counted from 0.");
        }

        var (indices, offsets, factors) = Placed(recording);
        var decomposed = indices.ToHashSet();
        return recording with
        {
            Channels = [.. recording.Channels.Select((c, i) => decomposed.Contains(i) && removed.Length > 0 ? c with { Calibration = null } : c)],
            Samples = new CleanedSamples(
                recording.Samples, indices, offsets,
                [.. removed.Select(k => Unmixing[k].Select((w, i) => w * factors[i]).ToArray())],
                [.. removed.Select(k => Maps[k].Select((a, i) => a / factors[i]).ToArray())]),
            Segments = recording.Segments,
            Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
            Provenance = recording.Provenance.Then(Step("remove components", ("components", string.Join(",", removed)))),
        };
    }

    /// <summary>The maps of the components over the located sensors of one kind.</summary>
    /// <param name="recording">The recording that has the sensors' places.</param>
    /// <param name="kind">Which channels: electrodes and coils do not share a map.</param>
    /// <returns>A map with one frame a component, in the channels' unit.</returns>
    /// <exception cref="UnfitInputException">No decomposed channel of that kind has a position.</exception>
    public ParameterMap MapOf(Recording recording, ChannelKind kind)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var (indices, _, factors) = Placed(recording);
        int[] located = [.. Enumerable.Range(0, indices.Length).Where(i => recording.Channels[indices[i]] is { Sensor: not null } c && c.Kind == kind)];
        if (located.Length == 0)
        {
            throw new UnfitInputException($"No decomposed {kind.ToString().ToLowerInvariant()} channel has a position: component maps need electrode or coil locations.");
        }

        var unit = recording.Channels[indices[located[0]]].Unit;
        double[] values = [.. Maps.SelectMany(map => located.Select(i => recording.Channels[indices[i]].Unit.To(unit).Factor * map[i] / factors[i]))];
        return new ParameterMap(Quantity.Of(kind), unit, new SensorSupport(recording.LayoutOf([.. located.Select(i => indices[i])])), new MemoryValues(values, located.Length))
        {
            Axes = [Axis.Uniform(AxisKind.Component, Unit.One, 0, 1, Count)],
            Kind = MapKind.Derived,
            Subject = recording.Subject,
            Start = recording.Start,
            Provenance = recording.Provenance.Then(Step("component maps")),
        };
    }

    /// <summary>How a component is called: IC 0, IC 1, …</summary>
    /// <param name="component">Its number.</param>
    public static string NameOf(int component) => FormattableString.Invariant($"IC {component}");

    internal ProcessingStep Step(string name, params ReadOnlySpan<(string Name, object? Value)> more) => ProcessingStep.Of(
        name,
        [
            ("method", Method.ToString().ToLowerInvariant()), .. more, ("of", Count), ("seed", Seed), ("rank", Rank), ("fitted_on", Provenance.Input), ("fitted_samples", SampleCount),
            ("iterations", Iterations), ("converged", Converged ? "yes" : "no"), ("change", Change), ("channels", string.Join(",", Channels.Select(c => c.Label))),
        ]);

    /// <summary>Where the decomposed channels stand in a recording, their means in its units, and how many of the decomposition's units one of its units is.</summary>
    internal (int[] Indices, double[] Offsets, double[] Factors) Placed(Recording recording)
    {
        var indices = Channels.Select((c, i) => Find(recording, c, Channels.Take(i).Count(o => o.Label == c.Label))).ToArray();
        var missing = Channels.Where((_, i) => indices[i] < 0).Select(c => c.Label).ToArray();
        if (missing.Length > 0)
        {
            throw new UnfitInputException($"The decomposition needs channels that the recording lacks: {string.Join(", ", missing.Take(8))}{(missing.Length > 8 ? $", … ({missing.Length})" : "")}.");
        }

        ComponentChannels.RequireAlike(recording, indices);
        var factors = Channels.Select((c, i) => recording.Channels[indices[i]].Unit is var unit && unit.ConvertsTo(c.Unit)
            ? unit.To(c.Unit).Factor
            : throw new UnfitInputException($"Channel '{c.Label}' was decomposed in '{c.Unit}' and is recorded in '{unit}'.")).ToArray();
        return (indices, [.. Channels.Select((c, i) => c.Mean / factors[i])], factors);
    }

    private static int Find(Recording recording, DecomposedChannel wanted, int earlier)
    {
        int[] exact = [.. Enumerable.Range(0, recording.Channels.Count).Where(i => recording.Channels[i].Label == wanted.Label)];
        if (exact.Length > earlier)
        {
            return exact[earlier];
        }

        var name = ChannelName.Normalise(wanted.Label);
        int[] alike = [.. Enumerable.Range(0, recording.Channels.Count).Where(i => ChannelName.Normalise(recording.Channels[i].Label) == name)];
        return alike.Length > earlier ? alike[earlier] : -1;
    }
}
