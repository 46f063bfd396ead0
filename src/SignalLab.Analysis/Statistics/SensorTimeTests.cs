using SignalLab.Analysis.Averages;
using SignalLab.Model;

namespace SignalLab.Analysis.Statistics;

/// <summary>A permutation test with the sensors and latencies it was made over.</summary>
/// <param name="Test">What it found.</param>
/// <param name="Neighbours">The channels and which of them are neighbours.</param>
/// <param name="Latencies">The latency of each sample.</param>
/// <param name="Layout">The channels' sensors, or null where they have no positions.</param>
/// <param name="Contrast">What was compared.</param>
/// <param name="Provenance">Where the data came from and how the test was made.</param>
public sealed record SensorTimeTest(ClusterTest Test, SensorNeighbours Neighbours, Axis Latencies, SensorLayout? Layout, string Contrast, Provenance Provenance)
{
    /// <summary>t over the sensors, a frame a latency.</summary>
    /// <exception cref="UnfitInputException">The channels have no positions.</exception>
    public ParameterMap Map => new(new Quantity("t value"), Unit.One, new SensorSupport(Layout ?? throw new UnfitInputException("The channels have no positions to map t at.")), new MemoryValues(Transposed(), Test.ChannelCount))
    {
        Axes = [Latencies],
        Kind = MapKind.Statistic,
        Provenance = Provenance,
    };

    // Channel after channel becomes frame after frame.
    private double[] Transposed()
    {
        var (channels, times) = (Test.ChannelCount, Test.TimeCount);
        var frames = new double[channels * times];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[(i % times * channels) + (i / times)] = Test.T[i];
        }

        return frames;
    }
}

/// <summary>Permutation tests on epochs and averages.</summary>
public static class SensorTimeTests
{
    private const long MostValues = 32L << 20;

    /// <summary>Do single trials of two conditions of one recording differ? (Independent groups of trials.)</summary>
    /// <param name="first">Epochs of one condition.</param>
    /// <param name="second">Epochs of the other, cut alike from the same recording.</param>
    /// <param name="channels">Indices of the channels.</param>
    /// <param name="neighbours">Which are neighbours, labels as those channels.</param>
    /// <param name="contrast">What is compared, for titles.</param>
    /// <param name="options">How the test is made.</param>
    /// <returns>The test; t is positive where the first condition is greater.</returns>
    /// <exception cref="UnfitInputException">Too few trials, or more values than are held at once.</exception>
    public static SensorTimeTest OverTrials(Epochs first, Epochs second, IReadOnlyList<int> channels, SensorNeighbours neighbours, string contrast, ClusterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(neighbours);
        ArgumentOutOfRangeException.ThrowIfNotEqual(neighbours.Labels.Count, channels.Count, nameof(neighbours));
        var chosen = options ?? ClusterOptions.Default;
        var (a, b) = (Values(first, channels), Values(second, channels));
        var test = ClusterPermutation.Independent(a, first.Events.Count, b, second.Events.Count, neighbours, chosen);
        return new(test, neighbours, first.Latencies, LayoutOf(first.Recording, channels), contrast, first.Provenance.Then(Step("independent t over trials", contrast, neighbours, test, chosen)));
    }

    /// <summary>Do the averages of the same subjects differ between two conditions? (Paired over subjects.)</summary>
    /// <param name="first">One average a subject of one condition.</param>
    /// <param name="second">The same subjects' averages of the other.</param>
    /// <param name="neighbours">Which channels are neighbours, labels as the averages' channels.</param>
    /// <param name="contrast">What is compared, for titles.</param>
    /// <param name="options">How the test is made.</param>
    /// <returns>The test; t is positive where the first condition is greater.</returns>
    /// <exception cref="UnfitInputException">Too few subjects, or averages that differ in channels or latencies.</exception>
    public static SensorTimeTest OverSubjects(IReadOnlyList<Recording> first, IReadOnlyList<Recording> second, SensorNeighbours neighbours, string contrast, ClusterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(neighbours);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Count, first.Count, nameof(second));
        if (first.Count < 2)
        {
            throw new UnfitInputException($"A test over subjects needs at least 2 of them, here is {first.Count}.");
        }

        var chosen = options ?? ClusterOptions.Default;
        Recording[] differences = [.. first.Zip(second, (a, b) => a.Minus(b))];
        var (channels, count) = (differences[0].Channels.Count, (int)differences[0].Channels[0].SampleCount);
        RequireFit((long)differences.Length * channels * count);
        var values = new double[differences.Length * channels * count];
        for (var s = 0; s < differences.Length; s++)
        {
            if (differences[s].Channels.Count != channels || differences[s].Channels[0].SampleCount != count)
            {
                throw new UnfitInputException($"{differences[s].Provenance.Input} has other channels or latencies than {differences[0].Provenance.Input}: take the channels in common.");
            }

            for (var c = 0; c < channels; c++)
            {
                differences[s].Samples.Read(c, 0, values.AsSpan(((s * channels) + c) * count, count));
            }
        }

        var test = ClusterPermutation.OneSample(values, differences.Length, neighbours, chosen);
        var latencies = Axis.Uniform(AxisKind.Latency, Unit.Second, differences[0].Evoked!.FirstLatencySeconds, 1 / differences[0].Channels[0].RateHz, count);
        return new(test, neighbours, latencies, LayoutOf(differences[0], [.. Enumerable.Range(0, channels)]), contrast, differences[0].Provenance.Then(Step("paired t over subjects", contrast, neighbours, test, chosen)));
    }

    private static double[] Values(Epochs epochs, IReadOnlyList<int> channels)
    {
        var count = epochs.SampleCount;
        RequireFit((long)epochs.Events.Count * channels.Count * count);
        var values = new double[epochs.Events.Count * channels.Count * count];
        EpochStretch.ForEach(epochs, [.. channels], (epoch, c, row) => row.CopyTo(values.AsSpan(((epoch * channels.Count) + c) * count)));
        return values;
    }

    private static void RequireFit(long values)
    {
        if (values > MostValues)
        {
            throw new UnfitInputException($"The test would hold {values} values at once, {MostValues} are possible: take a shorter stretch, fewer channels or a lower rate.");
        }
    }

    private static SensorLayout? LayoutOf(Recording recording, IReadOnlyList<int> channels) =>
        channels.All(c => recording.Channels[c].Sensor is not null && recording.Channels[c].Frame == recording.Channels[channels[0]].Frame) ? recording.LayoutOf(channels) : null;

    private static ProcessingStep Step(string name, string contrast, SensorNeighbours neighbours, ClusterTest test, ClusterOptions options) => ProcessingStep.Of(
        name,
        ("contrast", contrast),
        ("correction", options.Enhancement is { } e ? FormattableString.Invariant($"tfce E={e.ExtentPower} H={e.HeightPower} step={(e.Step is { } s ? FormattableString.Invariant($"{s}") : "exact")}") : "cluster mass"),
        ("threshold_t", test.Threshold),
        ("tail", options.Alternative.ToString()),
        ("permutations", test.Permutations),
        ("exact", test.IsExact ? "all" : "drawn"),
        ("seed", test.IsExact ? null : options.Seed),
        ("neighbours", neighbours.Source),
        ("pairs", neighbours.Pairs.Count));
}
