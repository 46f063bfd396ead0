using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Judges each channel over the recording against its own extremes and against the channels of its kind.</summary>
/// <remarks>Source: Bigdely-Shamlo et al., Front. Neuroinform. 9 (2015) 16 (PREP): deviation, high frequencies, prediction by others.</remarks>
internal sealed class ChannelFaults(Survey survey, ArtifactOptions options)
{
    private const double LeastFlatShare = 0.05;
    private const double LeastBadShare = 0.001;
    private const double MostUnpredicted = 0.5;
    private const double NoisyRatio = 2.5;
    private const double WeakRatio = 0.1;
    private const double LeastSpread = 0.15;
    private const double LeastMainsMicrovolts = 2;
    private const double MostMicrovolts = 200;
    private const int LeastChannels = 4;

    /// <summary>Measure of a channel that the others do not predict.</summary>
    public const string Unpredicted = "unpredicted_share";

    private readonly List<ChannelFault>[] faults = Array.ConvertAll(survey.Tracks, _ => new List<ChannelFault>());

    /// <summary>Faults of each track.</summary>
    public IReadOnlyList<ChannelFault> Of(int track) => faults[track];

    /// <summary>Stretches of single channels: flat, clipped, missing, noisy.</summary>
    public List<Artifact> Stretches { get; } = [];

    /// <summary>What could not be judged, and why.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Judges what one pass gave; bridges and prediction follow with <see cref="Compare"/>.</summary>
    public void Judge()
    {
        for (var t = 0; t < survey.Tracks.Length; t++)
        {
            JudgeStretches(t);
        }

        foreach (var kind in survey.Tracks.Select((track, t) => (track, t)).Where(p => p.track.IsCompared).GroupBy(p => (p.track.Kind, p.track.Unit)))
        {
            int[] members = [.. kind.Select(p => p.t)];
            if (survey.HasSpectra)
            {
                JudgeAmplitudes(members);
            }

            if (survey.HasLine)
            {
                Array.ForEach(members, JudgeMains);
            }
        }
    }

    /// <summary>Judges the electrodes of one kind by each other in sampled windows.</summary>
    /// <param name="members">Tracks of one kind.</param>
    /// <param name="windows">Member × samples, for each window.</param>
    public void Compare(int[] members, IReadOnlyList<double[][]> windows)
    {
        var isUsable = Array.ConvertAll(members, t => !faults[t].Exists(f => f.Kind is ArtifactKind.Flat or ArtifactKind.Missing or ArtifactKind.Weak && f.ShareOfTime > 0.5));
        if (survey.Tracks[members[0]].Kind == ChannelKind.Eeg)
        {
            var isQuiet = members.Select((t, m) => isUsable[m] && !faults[t].Exists(f => f.Kind is ArtifactKind.Noisy or ArtifactKind.Mains)).ToArray();
            var most = survey.Tracks[members[0]].IsMicrovolt ? options.BridgeMicrovolts2 : double.PositiveInfinity;
            foreach (var pair in Bridges.Find(windows, isQuiet, options.BridgeShare, most))
            {
                AddBridge(members[pair.A], members[pair.B], pair);
                AddBridge(members[pair.B], members[pair.A], pair);
            }
        }

        int[] placed = [.. Enumerable.Range(0, members.Length).Where(m => survey.Tracks[members[m]].Direction is not null && !IsEar(survey.Tracks[members[m]].Label))];
        var clean = Array.ConvertAll(placed, m => isUsable[m] && !faults[members[m]].Exists(f => f.Kind is ArtifactKind.Noisy or ArtifactKind.Mains));
        var shares = SplinePrediction.UnpredictedShare(
            [.. windows.Select(w => Array.ConvertAll(placed, m => w[m]))], Array.ConvertAll(placed, m => survey.Tracks[members[m]].Direction!.Value), clean, options.LeastPredictedCorrelation, options.Seed);
        if (shares is null)
        {
            return;
        }

        var unpredicted = shares.Count(s => s > options.UnpredictedShare);
        if (unpredicted > MostUnpredicted * placed.Length)
        {
            Remarks.Add($"{unpredicted} of {placed.Length} {survey.Tracks[members[0]].Kind.ToString().ToLowerInvariant()} channels are not what the others predict: there is no common field, and no channel was judged by it.");
            return;
        }

        for (var p = 0; p < placed.Length; p++)
        {
            if (shares[p] > options.UnpredictedShare && isUsable[placed[p]])
            {
                Add(members[placed[p]], ArtifactKind.Noisy, Evidence.Confidence(shares[p] / options.UnpredictedShare), Unpredicted, shares[p], options.UnpredictedShare, shares[p]);
            }
        }
    }

    private void Add(int track, ArtifactKind kind, double confidence, string measure, double value, double threshold, double share) =>
        faults[track].Add(new(kind, survey.Tracks[track].Label, confidence, measure, value, threshold, share));

    // Ears are as far from the brain as a reference should be: the scalp does not predict them.
    private static bool IsEar(string label) => ChannelName.Normalise(label) is "A1" or "A2" or "M1" or "M2";

    private void AddBridge(int track, int partner, Bridges.Pair pair)
    {
        var unit = survey.Tracks[track].Unit.Symbol;
        faults[track].Add(new(ArtifactKind.Bridged, survey.Tracks[track].Label, Evidence.Confidence(pair.Limit / pair.Distance), unit.Length == 0 ? "electrical_distance" : $"electrical_distance_{unit}2", pair.Distance, pair.Limit, pair.ShareOfTime)
        {
            Partner = survey.Tracks[partner].Label,
        });
    }

    private void JudgeStretches(int track)
    {
        var watch = survey.Watches[track];
        var total = (double)survey.Grid.Runs.Sum(r => r.Count);
        if (total == 0)
        {
            return;
        }

        StretchesOf(track, ArtifactKind.Missing, watch.Missing, total, LeastBadShare);
        var varies = watch.Highest > watch.Lowest;
        StretchWatch.Stretch[] clipped = varies ? [.. Clipped(watch.AtHighest), .. Clipped(watch.AtLowest)] : [];
        StretchesOf(track, ArtifactKind.Clipped, clipped, total, LeastBadShare);
        StretchesOf(track, ArtifactKind.Flat, [.. watch.Flat.Where(f => !clipped.Any(c => f.First < c.First + c.Count && c.First < f.First + f.Count))], total, LeastFlatShare);
    }

    // One short rest on a summit is chance; many, or a long one, are a limit of the amplifier.
    private StretchWatch.Stretch[] Clipped(List<StretchWatch.Stretch> rests)
    {
        var resting = rests.Sum(r => r.Resting);
        return resting >= Math.Max(12, 0.04 * survey.Grid.RateHz) ? [.. rests] : [];
    }

    private void StretchesOf(int track, ArtifactKind kind, IReadOnlyList<StretchWatch.Stretch> found, double total, double leastShare)
    {
        var share = found.Sum(s => s.Count) / total;
        if (share > leastShare)
        {
            Add(track, kind, Evidence.Confidence(share / leastShare), "share_of_time", share, leastShare, share);
        }

        var least = kind == ArtifactKind.Flat ? options.FlatSeconds : 3 / survey.Grid.RateHz;
        foreach (var stretch in found)
        {
            var seconds = stretch.Count / survey.Grid.RateHz;
            Stretches.Add(new(kind, survey.Tracks[track].Label, TimeOf(stretch.First), seconds, Evidence.Confidence(seconds / least), "duration_s", seconds, least));
        }
    }

    private double TimeOf(long sample)
    {
        var run = survey.Grid.Runs.Last(r => r.FirstSample <= sample);
        return run.OnsetSeconds + ((sample - run.FirstSample) / survey.Grid.RateHz);
    }

    private void JudgeAmplitudes(int[] members)
    {
        var amplitude = Array.ConvertAll(members, t => Robust.Median(survey.Amplitude[t]));
        var roughness = survey.HasHigh ? Array.ConvertAll(members, t => RoughnessOf(t)) : [];
        for (var m = 0; m < members.Length; m++)
        {
            var track = survey.Tracks[members[m]];
            if (track is { IsMicrovolt: true, Kind: ChannelKind.Eeg } && amplitude[m] > MostMicrovolts)
            {
                Add(members[m], ArtifactKind.Noisy, Evidence.Confidence(amplitude[m] / MostMicrovolts), "amplitude_uV", amplitude[m], MostMicrovolts, ShareAbove(members[m], MostMicrovolts));
            }
        }

        if (members.Length < LeastChannels)
        {
            return;
        }

        var (middle, spread) = Centre(amplitude);
        var limit = Math.Max(NoisyRatio, Math.Exp(options.ChannelZ * spread)) * middle;
        for (var m = 0; m < members.Length; m++)
        {
            var (t, ratio) = (members[m], amplitude[m] / middle);
            if (amplitude[m] > limit)
            {
                var share = ShareAbove(t, limit);
                Add(t, ArtifactKind.Noisy, Evidence.Confidence(Math.Log(ratio) / Math.Log(limit / middle)), survey.Tracks[t].Measure("amplitude"), amplitude[m], limit, share);
                Noise(t, limit, share);
            }
            else if (ratio < Math.Min(WeakRatio, Math.Exp(-options.ChannelZ * spread)) && !faults[t].Exists(f => f.Kind is ArtifactKind.Flat or ArtifactKind.Missing))
            {
                Add(t, ArtifactKind.Weak, Evidence.Confidence(WeakRatio / ratio), survey.Tracks[t].Measure("amplitude"), amplitude[m], WeakRatio * middle, 1);
            }
        }

        var (usual, width) = roughness.Length == 0 ? (double.NaN, 0) : Centre(roughness);
        var rough = Math.Max(NoisyRatio, Math.Exp(options.ChannelZ * width)) * usual;
        for (var m = 0; m < roughness.Length; m++)
        {
            if (roughness[m] > rough)
            {
                Add(members[m], ArtifactKind.Noisy, Evidence.Confidence(Math.Log(roughness[m] / usual) / Math.Log(rough / usual)), "high_frequency_share", roughness[m], rough, 1);
            }
        }
    }

    private void Noise(int track, double limit, double share)
    {
        if (share > 0.9)
        {
            return;
        }

        foreach (var (first, last, onset, duration) in survey.Grid.Stretches(f => survey.Amplitude[track][f] > limit, 2).Where(s => s.Last - s.First >= 3))
        {
            var value = Robust.Median(survey.Amplitude[track].AsSpan(first, last - first + 1));
            Stretches.Add(new(ArtifactKind.Noisy, survey.Tracks[track].Label, onset, duration, Evidence.Confidence(value / limit), survey.Tracks[track].Measure("amplitude"), value, limit));
        }
    }

    private void JudgeMains(int track)
    {
        var (line, amplitude) = (survey.Line[track], survey.Amplitude[track]);
        var ratios = new float[line.Length];
        for (var f = 0; f < line.Length; f++)
        {
            ratios[f] = amplitude[f] > 0 ? line[f] / amplitude[f] : float.NaN;
        }

        var ratio = Robust.Median(ratios);
        if (ratio > options.MainsShare && (!survey.Tracks[track].IsMicrovolt || Robust.Median(line) > LeastMainsMicrovolts))
        {
            Add(track, ArtifactKind.Mains, Evidence.Confidence(ratio / options.MainsShare), "mains_ratio", ratio, options.MainsShare, ratios.Count(r => r > options.MainsShare) / (double)ratios.Length);
        }
    }

    private double RoughnessOf(int track)
    {
        var (high, amplitude) = (survey.High[track], survey.Amplitude[track]);
        var ratios = new float[high.Length];
        for (var f = 0; f < ratios.Length; f++)
        {
            ratios[f] = amplitude[f] > 0 ? high[f] / amplitude[f] : float.NaN;
        }

        return Robust.Median(ratios);
    }

    private double ShareAbove(int track, double limit) => survey.Amplitude[track].Count(a => a > limit) / (double)survey.Amplitude[track].Length;

    // Median and robust spread of the logarithm: amplitudes differ by factors.
    private static (double Middle, double Spread) Centre(double[] values)
    {
        var (middle, spread) = Robust.Centre(Array.ConvertAll(values, v => v > 0 ? Math.Log(v) : double.NaN));
        return (Math.Exp(middle), Math.Max(LeastSpread, spread));
    }
}
