using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Cuts a recording into epochs about events, and drops those that are not fit for an average.</summary>
public static class EpochCutting
{
    extension(Recording recording)
    {
        /// <summary>
        /// The epochs about events. An event counts at the nearest sample. An epoch that leaves the recording, crosses a gap, touches a bad stretch or passes a limit is dropped, and says why.
        /// Samples are read only where there are limits.
        /// </summary>
        /// <param name="events">The events, in any order; epochs may overlap.</param>
        /// <param name="options">The stretch, the baseline and the limits; null for −0.2 s to 0.8 s without either.</param>
        /// <returns>The epochs in order of time; none where every one was dropped.</returns>
        /// <exception cref="UnfitInputException">Channels have different rates, the stretch is none, the baseline leaves it, or a limit fits no channel.</exception>
        public Epochs CutEpochs(IReadOnlyList<Event> events, EpochOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(events);
            var chosen = options ?? new EpochOptions();
            var grid = EpochGrid.Of(recording, chosen.FromSeconds, chosen.ToSeconds, chosen.Baseline);
            var limits = Limits(recording, chosen);
            Event[] ordered = [.. events.OrderBy(e => e.OnsetSeconds)];
            var faults = new (EpochFault Fault, string Detail)?[ordered.Length];
            var starts = new long[ordered.Length];
            var runs = recording.Runs(0);
            var bad = BadStretches(recording, chosen.RejectAnnotations);
            for (var i = 0; i < ordered.Length; i++)
            {
                faults[i] = grid.Locate(runs, ordered[i].OnsetSeconds, out starts[i]) is { } fault
                    ? (fault, fault == EpochFault.Gap ? "a gap in the recording" : "outside the recording")
                    : Marked(bad, ordered[i].OnsetSeconds, grid);
            }

            if (limits.Length > 0)
            {
                Judge(recording, grid, limits, starts, faults);
            }

            return new Epochs(recording, [.. ordered.Where((_, i) => faults[i] is null)], chosen.FromSeconds, chosen.ToSeconds)
            {
                Baseline = grid.BaselineCount == 0 ? null : ((grid.First + grid.BaselineFirst) / grid.RateHz, (grid.First + grid.BaselineFirst + grid.BaselineCount - 1) / grid.RateHz),
                Dropped = [.. Enumerable.Range(0, ordered.Length).Where(i => faults[i] is not null).Select(i => new DroppedEpoch(ordered[i], faults[i]!.Value.Fault, faults[i]!.Value.Detail))],
                Provenance = recording.Provenance.Then(Step(chosen, grid, ordered.Length, faults.Count(f => f is not null))),
            };
        }
    }

    private readonly record struct ChannelLimits(int Channel, double Largest, double Smallest);

    private static ChannelLimits[] Limits(Recording recording, EpochOptions options)
    {
        foreach (var limit in options.Reject.Concat(options.Flat))
        {
            if (!(limit.Value >= 0) || !recording.Channels.Any(limit.AppliesTo))
            {
                throw new UnfitInputException(FormattableString.Invariant($"The limit {limit.Value} {limit.Unit} fits no good {limit.Kind?.ToString().ToLowerInvariant() ?? "EEG, EOG or MEG"} channel of the recording: units are {string.Join(", ", recording.Channels.Select(c => c.Unit.Symbol).Distinct())}."));
            }
        }

        return [.. Enumerable.Range(0, recording.Channels.Count).Select(c => new ChannelLimits(
                c,
                options.Reject.Where(l => l.AppliesTo(recording.Channels[c])).Select(l => l.Unit.Convert(l.Value, recording.Channels[c].Unit)).DefaultIfEmpty(double.PositiveInfinity).Min(),
                options.Flat.Where(l => l.AppliesTo(recording.Channels[c])).Select(l => l.Unit.Convert(l.Value, recording.Channels[c].Unit)).DefaultIfEmpty(0).Max()))
            .Where(l => double.IsFinite(l.Largest) || l.Smallest > 0)];
    }

    private static Annotation[] BadStretches(Recording recording, IReadOnlyList<string> patterns) => [.. recording.Annotations.Where(a =>
        patterns.Any(p => AnnotationEvents.Fits(p, a.Text)) && (a.Channel is null || recording.Channels.Any(c => c.Label == a.Channel && !c.IsBad)))];

    private static (EpochFault Fault, string Detail)? Marked(Annotation[] bad, double onsetSeconds, EpochGrid grid)
    {
        var (from, to) = (onsetSeconds + (grid.First / grid.RateHz), onsetSeconds + ((grid.First + grid.Count - 1) / grid.RateHz));
        return Array.Find(bad, a => a.OnsetSeconds <= to && a.OnsetSeconds + a.DurationSeconds >= from) is { } found ? (EpochFault.Annotation, found.Text) : null;
    }

    private static void Judge(Recording recording, EpochGrid grid, ChannelLimits[] limits, long[] starts, (EpochFault Fault, string Detail)?[] faults)
    {
        int[] channels = [.. limits.Select(l => l.Channel)];
        int[] open = [.. Enumerable.Range(0, starts.Length).Where(i => faults[i] is null)];
        var buffer = Array.Empty<double>();
        foreach (var stretch in EpochStretch.Over(starts, open, grid.Count, channels.Length))
        {
            var size = stretch.Count * channels.Length;
            buffer = buffer.Length < size ? new double[size] : buffer;
            recording.Samples.Read(channels, stretch.First, stretch.Count, buffer.AsSpan(0, size));
            Parallel.ForEach(stretch.Epochs, i => faults[i] = Verdict(recording, limits, buffer.AsSpan((int)(starts[i] - stretch.First)), stretch.Count, grid.Count));
        }
    }

    private static (EpochFault Fault, string Detail)? Verdict(Recording recording, ChannelLimits[] limits, ReadOnlySpan<double> epoch, int stride, int count)
    {
        (EpochFault Fault, string Detail)? verdict = null;
        var worst = 1.0;
        for (var c = 0; c < limits.Length; c++)
        {
            var channel = recording.Channels[limits[c].Channel];
            var (low, high, finite) = (double.PositiveInfinity, double.NegativeInfinity, true);
            foreach (var value in epoch.Slice(c * stride, count))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
                finite &= double.IsFinite(value);
            }

            if (!finite)
            {
                return (EpochFault.NotFinite, channel.Label);
            }

            var range = high - low;
            var (over, under) = (range / limits[c].Largest, range < limits[c].Smallest);
            if (over > worst || (under && verdict is null))
            {
                worst = Math.Max(worst, over);
                verdict = (over > 1 ? EpochFault.PeakToPeak : EpochFault.Flat, FormattableString.Invariant($"{channel.Label} {range:G4} {channel.Unit}"));
            }
        }

        return verdict;
    }

    private static ProcessingStep Step(EpochOptions options, EpochGrid grid, int events, int dropped) => ProcessingStep.Of(
        "epochs",
        ("from_s", grid.First / grid.RateHz),
        ("to_s", (grid.First + grid.Count - 1) / grid.RateHz),
        ("baseline_s", grid.BaselineCount == 0 ? "none" : FormattableString.Invariant($"{(grid.First + grid.BaselineFirst) / grid.RateHz},{(grid.First + grid.BaselineFirst + grid.BaselineCount - 1) / grid.RateHz}")),
        ("reject", string.Join(',', options.Reject.Select(Told))),
        ("flat", string.Join(',', options.Flat.Select(Told))),
        ("reject_annotations", string.Join(',', options.RejectAnnotations)),
        ("events", events),
        ("dropped", dropped));

    private static string Told(PeakToPeakLimit limit) => FormattableString.Invariant($"{limit.Kind?.ToString().ToLowerInvariant() ?? ""}{(limit.Kind is null ? "" : ":")}{limit.Value}{limit.Unit}");
}
