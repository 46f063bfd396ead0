namespace SignalLab.Analysis.Artifacts;

/// <summary>Judges sudden steps: a pop is far beyond the channel's usual steps and not seen by the electrodes around it.</summary>
internal static class PopFinder
{
    private const double MostSeenByNeighbours = 0.35;
    private const double MergeSeconds = 0.25;
    private const double TogetherSeconds = 0.02;
    private const double RoughSeconds = 1;

    // A lone step of height h has about h / 15 above 25 Hz within a second; the steps of muscle reach a few times its amplitude.
    private const double StepPerRoughness = 10;

    /// <summary>Pops and muscle activity of all channels, each told from the other: a step is rough too, so a short burst at a step far above it is the pop; steps of the burst's own size are the muscle's.</summary>
    /// <param name="survey">What one pass gave.</param>
    /// <param name="options">Limits.</param>
    public static IEnumerable<Artifact> WithMuscle(Survey survey, ArtifactOptions options)
    {
        int[] compared = [.. Enumerable.Range(0, survey.Tracks.Length).Where(t => survey.Tracks[t].IsCompared)];
        var muscles = compared.SelectMany(t => survey.HasHigh ? BurstFinder.Muscle(survey, t, options) : []).ToLookup(m => m.Channel!, StringComparer.Ordinal);
        var pops = Alone(compared.SelectMany(t => Find(survey, t, options)))
            .Where(p => !muscles[p.Channel!].Any(m => IsIn(p, m) && p.Value < StepPerRoughness * m.Value))
            .ToLookup(p => p.Channel!, StringComparer.Ordinal);
        return pops.SelectMany(p => p).Concat(muscles.SelectMany(m => m).Where(m => m.DurationSeconds > RoughSeconds || !pops[m.Channel!].Any(p => IsIn(p, m))));
    }

    // A frame of a second stands for its middle half.
    private static bool IsIn(Artifact pop, Artifact muscle) => pop.OnsetSeconds > muscle.OnsetSeconds - RoughSeconds && pop.OnsetSeconds < muscle.EndSeconds + (RoughSeconds / 2);

    /// <summary>Pops of one channel.</summary>
    /// <param name="survey">What one pass gave.</param>
    /// <param name="track">The channel.</param>
    /// <param name="options">Limits.</param>
    private static List<Artifact> Find(Survey survey, int track, ArtifactOptions options)
    {
        var channel = survey.Tracks[track];
        var usual = survey.UsualStep(track);
        var threshold = Math.Max(channel.IsMicrovolt ? options.PopMicrovolts : 0, options.PopZ * usual);
        var found = new List<Artifact>();
        foreach (var step in survey.Steps(track).Where(s => s.Height > threshold && s.NeighbourShare < MostSeenByNeighbours).OrderBy(s => s.OnsetSeconds))
        {
            var pop = new Artifact(
                ArtifactKind.ElectrodePop, channel.Label, step.OnsetSeconds, step.DurationSeconds,
                Evidence.Confidence(step.Height / threshold * (1 - step.NeighbourShare)), channel.Measure("step"), step.Height, threshold);
            if (found.Count > 0 && pop.OnsetSeconds - found[^1].EndSeconds < MergeSeconds)
            {
                var taller = pop.Value > found[^1].Value ? pop : found[^1];
                var end = Math.Max(pop.EndSeconds, found[^1].EndSeconds);
                found[^1] = taller with { OnsetSeconds = found[^1].OnsetSeconds, DurationSeconds = end - found[^1].OnsetSeconds };
            }
            else
            {
                found.Add(pop);
            }
        }

        return found;
    }

    /// <summary>Pops that one channel alone shows at its time.</summary>
    /// <param name="pops">Pops of all channels.</param>
    private static IEnumerable<Artifact> Alone(IEnumerable<Artifact> pops)
    {
        Artifact[] sorted = [.. pops.OrderBy(p => p.OnsetSeconds)];
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!(i > 0 && Together(sorted[i - 1], sorted[i])) && !(i + 1 < sorted.Length && Together(sorted[i], sorted[i + 1])))
            {
                yield return sorted[i];
            }
        }
    }

    private static bool Together(Artifact a, Artifact b) => a.Channel != b.Channel && b.OnsetSeconds - a.OnsetSeconds < TogetherSeconds;
}
