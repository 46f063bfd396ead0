using SignalLab.Model;

namespace SignalLab.Analysis.Projections;

/// <summary>Applies signal-space projectors (SSP), the average reference among them.</summary>
public static class Projecting
{
    // Below this share of its length a vector no longer stands for the artefact it was fitted to.
    private const double ReducedBelow = 0.9;

    extension(Recording recording)
    {
        /// <summary>
        /// The recording without its part in the subspace of its projectors. Bad channels take no part and stay as they are.
        /// Projectors that are active already join the subspace, so that what they removed does not come back; where all are active nothing is done.
        /// </summary>
        /// <returns>A recording whose projectors are active; an average's standard error, which projecting does not give, is left out.</returns>
        /// <exception cref="UnfitInputException">A projector joins channels of different rates, or would leave nothing of its channels.</exception>
        /// <remarks>Source: Uusitalo &amp; Ilmoniemi 1997, Med Biol Eng Comput 35:135–140.</remarks>
        public Recording ApplyProjectors()
        {
            if (recording.Projectors.All(p => p.IsActive))
            {
                return recording;
            }

            var remarks = new List<string>();
            int[] good = [.. Enumerable.Range(0, recording.Channels.Count).Where(c => !recording.Channels[c].IsBad)];
            var vectors = recording.Projectors.SelectMany(p => p.Vectors.Select(v => Restrict(recording, p, v, good, remarks))).Where(v => v.Any(x => x != 0)).ToList();
            var groups = Groups(recording, good, vectors);
            return recording with
            {
                Samples = groups.Count == 0 ? recording.Samples : new ProjectedSamples(recording.Samples, groups),
                Projectors = [.. recording.Projectors.Select(p => p with { IsActive = true })],
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Remarks = [.. recording.Remarks, .. remarks.Distinct()],
                Provenance = recording.Provenance.Then(ProcessingStep.Of("project", ("projectors", string.Join("; ", recording.Projectors.Select(p => p.Name))))),
            };
        }
    }

    // The vector over the recording's good channels.
    private static double[] Restrict(Recording recording, Projector projector, double[] vector, int[] good, List<string> remarks)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < vector.Length; i++)
        {
            values.TryAdd(projector.Channels[i], vector[i]);
        }

        var restricted = new double[recording.Channels.Count];
        foreach (var channel in good)
        {
            restricted[channel] = values.GetValueOrDefault(recording.Channels[channel].Label);
        }

        var (kept, whole) = (Norm(restricted), Norm(vector));
        if (kept > 0 && kept < ReducedBelow * whole && !IsAverage(vector))
        {
            remarks.Add(FormattableString.Invariant($"Projector '{projector.Name}': the channels at hand carry {100 * kept / whole:0} % of it; compute it anew on these channels."));
        }

        return restricted;
    }

    private static List<ProjectionGroup> Groups(Recording recording, int[] good, List<double[]> vectors)
    {
        var groups = new List<ProjectionGroup>();
        var left = new List<double[]>(vectors);
        while (left.Count > 0)
        {
            // Vectors that share a channel, directly or over others.
            var members = new HashSet<int>();
            var joined = new List<double[]> { left[0] };
            left.RemoveAt(0);
            for (var v = 0; v < joined.Count; v++)
            {
                members.UnionWith(good.Where(c => joined[v][c] != 0));
                joined.AddRange(left.Where(o => members.Any(c => o[c] != 0)));
                left.RemoveAll(joined.Contains);
            }

            groups.Add(Group(recording, [.. members.Order()], joined));
        }

        return groups;
    }

    private static ProjectionGroup Group(Recording recording, int[] channels, List<double[]> vectors)
    {
        var lead = recording.Channels[channels[0]];
        if (channels.FirstOrDefault(c => recording.Channels[c].RateHz != lead.RateHz || recording.Channels[c].SampleCount != lead.SampleCount, -1) is >= 0 and var other)
        {
            throw new UnfitInputException($"A projector joins '{lead.Label}' and '{recording.Channels[other].Label}', which are sampled differently: resample them to one rate first.");
        }

        var basis = ProjectionSpace.Basis([.. vectors.Select(v => channels.Select(c => v[c]).ToArray())]);
        return basis.Length < channels.Length
            ? new(channels, basis, [.. channels.Select(c => recording.Channels[c].Unit.Scale / lead.Unit.Scale)])
            : throw new UnfitInputException($"{basis.Length} projection vectors would leave nothing of {channels.Length} channels ('{lead.Label}' …): apply the projectors before picking channels.");
    }

    private static bool IsAverage(double[] vector) => vector.Where(x => x != 0).Distinct().Count() == 1;

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(x => x * x));
}
