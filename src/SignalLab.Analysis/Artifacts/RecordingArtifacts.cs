using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Finds faulty channels and artifacts.</summary>
public static class RecordingArtifacts
{
    extension(Recording recording)
    {
        /// <summary>
        /// Looks for channel faults (flat, clipped, noisy, weak, bridged, mains-ridden, missing, of NIRS uncoupled) and for blinks, eye movements, muscle, movement and electrode pops.
        /// The recording is read once from end to end, and a hundred windows of it once more. Nothing crosses a gap.
        /// Channels are compared within their kind; limits in µV hold only where the unit is a voltage.
        /// </summary>
        /// <param name="options">Limits; null for the usual ones.</param>
        /// <returns>What was found; an empty recording has nothing.</returns>
        public ArtifactReport FindArtifacts(ArtifactOptions? options = null)
        {
            var chosen = options ?? ArtifactOptions.Default;
            var (faults, artifacts, remarks) = (new List<(int Channel, ChannelFault Fault)>(), new List<Artifact>(), new List<string>());
            var surveyed = Enumerable.Range(0, recording.Channels.Count).Where(c => Track.IsSurveyed(recording.Channels[c]) && recording.Channels[c].SampleCount > 0).ToList();
            var coupling = OptodeCoupling.Of(recording, remarks);
            faults.AddRange(OptodeCoupling.Faults(recording, coupling, chosen.LeastScalpCoupling));
            if (surveyed.Count == 0 && coupling.Count == 0)
            {
                remarks.Add("No EEG, MEG, EOG, ECG, EMG or NIRS channel with samples: nothing was looked for.");
            }

            double? mains = null;
            foreach (var group in surveyed.GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount)).OrderByDescending(g => g.Count()))
            {
                var tracks = Placed(recording, [.. group.Select(c => Track.Of(recording, c))]);
                var windows = new SampledWindows(recording, tracks);
                var mainsHz = chosen.MainsHz ?? recording.LineFrequencyHz ?? windows.StrongerMainsHz();
                mains ??= mainsHz;
                var survey = new Survey(recording, tracks, mainsHz, chosen);
                survey.Run();
                remarks.AddRange(Judge(survey, windows, chosen, faults, artifacts));
                remarks.AddRange(Unsought(recording, survey));
            }

            return new([.. faults.OrderBy(f => f.Channel).Select(f => f.Fault)], [.. artifacts.OrderBy(a => a.OnsetSeconds).ThenBy(a => a.Kind)], remarks)
            {
                ScalpCoupling = coupling,
                Provenance = recording.Provenance.Then(StepOf(chosen, mains)),
            };
        }

        /// <summary>The recording with what was found: faulty channels marked as bad, stretches as annotations.</summary>
        /// <param name="report">What was found in it.</param>
        public Recording Annotated(ArtifactReport report)
        {
            ArgumentNullException.ThrowIfNull(report);
            var bad = report.FaultyChannels.ToHashSet(StringComparer.Ordinal);
            return recording with
            {
                Channels = [.. recording.Channels.Select(c => bad.Contains(c.Label) ? c with { IsBad = true } : c)],
                Annotations = [.. recording.Annotations.Concat(report.Annotations).OrderBy(a => a.OnsetSeconds)],
                Segments = recording.Segments,
                Provenance = report.Provenance,
            };
        }
    }

    private static List<string> Judge(Survey survey, SampledWindows windows, ArtifactOptions options, List<(int, ChannelFault)> faults, List<Artifact> artifacts)
    {
        var rules = new ChannelFaults(survey, options);
        rules.Judge();
        var read = Enumerable.Range(0, windows.Starts.Length).Select(windows.Read).ToList();
        foreach (var members in Kinds(survey))
        {
            rules.Compare(members, [.. read.Select(w => Array.ConvertAll(members, m => w[m]))]);
            if (survey.HasSpectra && members.Length > 1)
            {
                artifacts.AddRange(BurstFinder.Movement(survey, members, options));
            }
        }

        for (var t = 0; t < survey.Tracks.Length; t++)
        {
            faults.AddRange(rules.Of(t).Select(f => (survey.Tracks[t].Channel, f)));
        }

        artifacts.AddRange(PopFinder.WithMuscle(survey, options));
        artifacts.AddRange(rules.Stretches);
        rules.Remarks.AddRange(FindEyes(survey, rules, options, artifacts));
        return rules.Remarks;
    }

    private static List<string> FindEyes(Survey survey, ChannelFaults rules, ArtifactOptions options, List<Artifact> artifacts)
    {
        var remarks = new List<string>();
        IReadOnlyList<Artifact> blinks = [];
        if (IsFit(survey.Eyes.Vertical, survey.Eyes.VerticalName))
        {
            blinks = BlinkFinder.Find(survey.Vertical, survey.Eyes.SignIsKnown, options.EyeZ, options.BlinkMicrovolts);
            artifacts.AddRange(blinks);
            artifacts.AddRange(EyeMovementFinder.Find(survey.Vertical, ArtifactKind.VerticalEyeMovement, options.EyeZ, options.EyeMovementMicrovolts, blinks));
        }

        if (IsFit(survey.Eyes.Horizontal, survey.Eyes.HorizontalName))
        {
            artifacts.AddRange(EyeMovementFinder.Find(survey.Horizontal, ArtifactKind.HorizontalEyeMovement, options.EyeZ, options.EyeMovementMicrovolts, blinks));
        }

        return remarks;

        // Where what shows the eyes is faulty itself, hum and noise would be taken for them.
        bool IsFit((int Track, double Weight)[] derivation, string name)
        {
            var faulty = derivation.Count(d => d.Weight > 0 && rules.Of(d.Track).Any(f => f.Measure != ChannelFaults.Unpredicted && (f.Kind is ArtifactKind.Mains or ArtifactKind.Noisy or ArtifactKind.Weak || (f.Kind is ArtifactKind.Flat or ArtifactKind.Missing or ArtifactKind.Clipped && f.ShareOfTime > 0.5))));
            if (faulty > 0)
            {
                remarks.Add($"Eye artifacts were not looked for in {name}: it is faulty itself.");
            }

            return derivation.Length > 0 && faulty == 0;
        }
    }

    private static IEnumerable<int[]> Kinds(Survey survey) => Enumerable.Range(0, survey.Tracks.Length)
        .Where(t => survey.Tracks[t].IsCompared).GroupBy(t => (survey.Tracks[t].Kind, survey.Tracks[t].Unit)).Select(g => g.ToArray());

    private static Track[] Placed(Recording recording, Track[] tracks)
    {
        var centres = new Dictionary<ChannelKind, Point3>();
        return Array.ConvertAll(tracks, t =>
        {
            if (recording.Channels[t.Channel].Sensor is not { } sensor)
            {
                return t;
            }

            if (!centres.TryGetValue(t.Kind, out var centre))
            {
                centres[t.Kind] = centre = HeadSphere.Of(recording, t.Kind).CentreMetres;
            }

            var ray = sensor.PositionMetres - centre;
            return t.Kind is ChannelKind.Eeg or ChannelKind.Mag && ray.Norm > 0 ? t with { Direction = ray.Unit() } : t;
        });
    }

    private static IEnumerable<string> Unsought(Recording recording, Survey survey)
    {
        var tracks = survey.Tracks.Where(t => t.IsCompared).ToList();
        if (tracks.Count == 0)
        {
            yield break;
        }

        var rate = recording.Channels[tracks[0].Channel].RateHz;
        if (!survey.HasHigh)
        {
            yield return FormattableString.Invariant($"Muscle was not looked for in {tracks.Count} channels of {rate} samples/s: it shows above 25 Hz, in stretches of a second.");
        }

        if (survey.Eyes.Vertical.Length == 0)
        {
            yield return "Blinks were not looked for: there is no good frontopolar electrode (Fp1, Fpz, Fp2) or vertical EOG in a known unit.";
        }

        if (survey.Eyes.Horizontal.Length == 0)
        {
            yield return "Horizontal eye movements were not looked for: there is no good pair such as F7, F8 or horizontal EOG in a known unit.";
        }

        if (tracks.Where(t => !t.Unit.IsKnown).Select(t => t.Label).ToList() is { Count: > 0 } unknown)
        {
            yield return $"The unit of {unknown.Count} channels ('{unknown[0]}' …) is not known: they are judged by comparison only, no limit in uV was applied.";
        }
    }

    private static ProcessingStep StepOf(ArtifactOptions o, double? mainsHz) => ProcessingStep.Of(
        "artifacts", ("method", ArtifactReport.Method), ("flat_s", o.FlatSeconds), ("channel_z", o.ChannelZ), ("least_predicted_correlation", o.LeastPredictedCorrelation), ("unpredicted_share", o.UnpredictedShare), ("seed", o.Seed),
        ("bridge_share", o.BridgeShare), ("bridge_uV2", o.BridgeMicrovolts2), ("mains_share", o.MainsShare), ("mains_hz", mainsHz), ("least_scalp_coupling", o.LeastScalpCoupling), ("eye_z", o.EyeZ), ("blink_uV", o.BlinkMicrovolts), ("eye_movement_uV", o.EyeMovementMicrovolts),
        ("muscle_z", o.MuscleZ), ("muscle_uV", o.MuscleMicrovolts), ("movement_ratio", o.MovementRatio), ("movement_uV", o.MovementMicrovolts), ("movement_share", o.MovementShare), ("pop_z", o.PopZ), ("pop_uV", o.PopMicrovolts));
}
