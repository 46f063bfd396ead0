using SignalLab.Analysis.Selection;
using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Sums, differences and grand averages of averages.</summary>
public static class EvokedCombining
{
    extension(Recording evoked)
    {
        /// <summary>The difference wave: this average less another of the same channels and latencies.</summary>
        /// <param name="other">What is subtracted.</param>
        /// <returns>An average with the effective number 1/(1/n₁ + 1/n₂).</returns>
        /// <exception cref="UnfitInputException">One is no average, or their channels or latencies differ.</exception>
        public Recording Minus(Recording other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return Evokeds.Combine([evoked, other], [1, -1], $"{evoked.Evoked?.Condition} - {other.Evoked?.Condition}");
        }
    }
}

/// <summary>Many averages as one.</summary>
public static class Evokeds
{
    /// <summary>A weighted sum of averages.</summary>
    /// <param name="evokeds">Averages of the same channels and latencies.</param>
    /// <param name="weights">A weight each.</param>
    /// <param name="condition">Name of the result.</param>
    /// <returns>An average with the effective number 1/Σ(w²/n) and, where all have one, the standard error √Σ(w·se)² of independent averages.</returns>
    /// <exception cref="UnfitInputException">One is no average, or channels or latencies differ.</exception>
    public static Recording Combine(IReadOnlyList<Recording> evokeds, IReadOnlyList<double> weights, string condition)
    {
        ArgumentNullException.ThrowIfNull(evokeds);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Count, evokeds.Count, nameof(weights));
        var count = RequireAlike(evokeds);
        var channels = evokeds[0].Channels.Count;
        var (sum, squares) = (new double[channels * count], evokeds.All(e => e.Evoked!.StandardError is not null) ? new double[channels * count] : null);
        var row = new double[count];
        for (var e = 0; e < evokeds.Count; e++)
        {
            for (var c = 0; c < channels; c++)
            {
                var (factor, offset) = evokeds[e].Channels[c].Unit.To(evokeds[0].Channels[c].Unit);
                evokeds[e].Samples.Read(c, 0, row);
                for (var i = 0; i < count; i++)
                {
                    sum[(c * count) + i] += weights[e] * ((row[i] * factor) + offset);
                }

                if (squares is not null)
                {
                    evokeds[e].Evoked!.StandardError!.Read(c, 0, row);
                    for (var i = 0; i < count; i++)
                    {
                        squares[(c * count) + i] += weights[e] * factor * row[i] * (weights[e] * factor * row[i]);
                    }
                }
            }
        }

        var effective = 1 / evokeds.Zip(weights, (e, w) => w * w / e.Evoked!.AverageCount).Sum();
        return Result(evokeds, sum, squares is null ? null : Array.ConvertAll(squares, Math.Sqrt), new Evoked(condition, effective, evokeds[0].Evoked!.FirstLatencySeconds, CommonBaseline(evokeds)), ProcessingStep.Of(
            "combine averages",
            ("condition", condition),
            ("of", string.Join(',', evokeds.Select(e => $"{e.Provenance.Input}:{e.Evoked!.Condition}"))),
            ("weights", string.Join(',', weights.Select(w => FormattableString.Invariant($"{w}")))),
            ("effective_count", effective)));
    }

    /// <summary>The grand average: the mean over subjects, each counting alike, over the channels that are good in all.</summary>
    /// <param name="evokeds">One average a subject, all of the same latencies.</param>
    /// <param name="condition">Name of the result.</param>
    /// <returns>An average whose number is that of the subjects and whose standard error is that between them; none from one subject.</returns>
    /// <exception cref="UnfitInputException">No channel is good in all, or latencies differ.</exception>
    public static Recording GrandAverage(IReadOnlyList<Recording> evokeds, string condition)
    {
        ArgumentNullException.ThrowIfNull(evokeds);
        var alike = InCommon(evokeds);
        var count = RequireAlike(alike);
        var channels = alike[0].Channels.Count;
        var moments = new EpochMoments(channels * count);
        var values = new double[channels * count];
        for (var k = 0; k < alike.Count; k++)
        {
            for (var c = 0; c < channels; c++)
            {
                var row = values.AsSpan(c * count, count);
                alike[k].Samples.Read(c, 0, row);
                var (factor, offset) = alike[k].Channels[c].Unit.To(alike[0].Channels[c].Unit);
                foreach (ref var value in row)
                {
                    value = (value * factor) + offset;
                }
            }

            moments.Add(k, values);
        }

        return Result(alike, moments.Mean, moments.StandardError(alike.Count), new Evoked(condition, alike.Count, alike[0].Evoked!.FirstLatencySeconds, CommonBaseline(alike)), ProcessingStep.Of(
            "grand average",
            ("condition", condition),
            ("of", string.Join(',', alike.Select(e => e.Provenance.Input))),
            ("subjects", alike.Count)));
    }

    /// <summary>Averages cut down to the channels that every one has and that are good in all, in the order of the first.</summary>
    /// <param name="evokeds">The averages; channels are matched by name.</param>
    /// <returns>As many averages of the same channels.</returns>
    /// <exception cref="UnfitInputException">There is no such channel.</exception>
    public static IReadOnlyList<Recording> InCommon(IReadOnlyList<Recording> evokeds)
    {
        ArgumentNullException.ThrowIfNull(evokeds);
        ArgumentOutOfRangeException.ThrowIfZero(evokeds.Count, nameof(evokeds));
        var places = evokeds.Select(e => e.Channels.Select((c, i) => (c, i)).Where(p => !p.c.IsBad)
            .GroupBy(p => ChannelName.Normalise(p.c.Label)).ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal)).ToArray();
        string[] names = [.. evokeds[0].Channels.Where(c => !c.IsBad).Select(c => ChannelName.Normalise(c.Label)).Distinct().Where(n => places.All(p => p.ContainsKey(n)))];
        if (names.Length == 0)
        {
            throw new UnfitInputException("The averages have no channel in common that is good in all of them.");
        }

        return [.. evokeds.Select((e, k) => e.Pick([.. names.Select(n => places[k][n])]))];
    }

    private static int RequireAlike(IReadOnlyList<Recording> evokeds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(evokeds.Count, nameof(evokeds));
        foreach (var evoked in evokeds)
        {
            if (evoked.Evoked is not { } average || evoked.Channels.Count == 0)
            {
                throw new UnfitInputException($"{evoked.Provenance.Input}: is no average on events.");
            }

            var (first, other) = (evokeds[0], evokeds[0].Evoked!);
            var alike = evoked.CommonRateHz == first.CommonRateHz && evoked.Channels[0].SampleCount == first.Channels[0].SampleCount
                && Math.Abs(average.FirstLatencySeconds - other.FirstLatencySeconds) < 1e-3 / first.Channels[0].RateHz
                && evoked.Channels.Select(c => (c.Label, c.Kind)).SequenceEqual(first.Channels.Select(c => (c.Label, c.Kind)))
                && evoked.Channels.Zip(first.Channels).All(p => p.First.Unit.ConvertsTo(p.Second.Unit));
            if (!alike)
            {
                throw new UnfitInputException($"'{average.Condition}' ({evoked.Provenance.Input}) and '{other.Condition}' ({first.Provenance.Input}) differ in channels, rate or latencies: averages are combined sample by sample.");
            }
        }

        return checked((int)evokeds[0].Channels[0].SampleCount);
    }

    private static (double From, double To)? CommonBaseline(IReadOnlyList<Recording> evokeds) =>
        evokeds.All(e => e.Evoked!.Baseline == evokeds[0].Evoked!.Baseline) ? evokeds[0].Evoked!.Baseline : null;

    private static Recording Result(IReadOnlyList<Recording> evokeds, double[] values, double[]? error, Evoked evoked, ProcessingStep step)
    {
        var count = (int)evokeds[0].Channels[0].SampleCount;
        return evokeds[0] with
        {
            Channels = [.. evokeds[0].Channels.Select((c, i) => c with { IsBad = evokeds.Any(e => e.Channels[i].IsBad), Calibration = null })],
            Samples = EpochAveraging.Rows(values, count),
            Evoked = evoked with { StandardError = error is null ? null : EpochAveraging.Rows(error, count) },
            Provenance = evokeds[0].Provenance.Then(step),
        };
    }
}
