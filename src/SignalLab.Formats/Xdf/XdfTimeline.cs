using SignalLab.Model;

namespace SignalLab.Formats.Xdf;

/// <summary>
/// Puts the streams on one time axis: clock offsets applied, jitter of the stamps taken out by a line per stretch, zero at the earliest sample.
/// The main stream (the first of EEG, else the longest) keeps its stated rate and time is counted by its clock, as far as that agrees with the stamps to half a per cent.
/// </summary>
internal static class XdfTimeline
{
    private const double LargestDisagreement = 0.005;

    /// <summary>Less than this is rounding, not drift.</summary>
    private const double DriftSamples = 0.5;

    private sealed record Track(XdfStream Stream, double MeasuredHz, IReadOnlyList<(double Onset, long Count)> Stretches)
    {
        // Drift of the stated rate against a measured one over the stream's length.
        public bool Drifts(double measuredHz) => measuredHz > 0 && Math.Abs(Stream.Count * (1 - (Stream.Header.NominalRateHz / measuredHz))) > DriftSamples;
    }

    /// <summary>The recording of a file's streams.</summary>
    /// <param name="index">The file.</param>
    /// <param name="samples">The samples of its regular streams.</param>
    public static Recording Of(XdfIndex index, ISampleSource samples)
    {
        var remarks = new List<string>(index.Remarks);
        foreach (var stream in index.Streams)
        {
            if (stream.Count == 0)
            {
                remarks.Add($"The stream '{stream.Header.Name}' is empty.");
            }
            else if (stream.StatedCount > stream.Count)
            {
                remarks.Add(FormattableString.Invariant($"The stream '{stream.Header.Name}' states {stream.StatedCount} samples, the file holds {stream.Count}."));
            }
        }

        Track[] tracks = [.. index.Regular.Select(TrackOf)];
        var scale = Scale(tracks, remarks);
        var events = index.Streams.Where(s => !s.IsRegular).SelectMany(s => s.Events.Select(e => (Time: s.Clock.Correct(e.Stamp), e.Text, s.Header.Name))).OrderBy(e => e.Time).ToArray();
        var zero = tracks.Length > 0 ? tracks.Min(t => t.Stretches.Min(s => s.Onset)) : events.Length > 0 ? events[0].Time : 0;
        double[] rates = [.. tracks.Select(t => RateOf(t, scale, remarks))];
        IReadOnlyList<Segment>[] segments = [.. tracks.Select((t, i) => SegmentsOf(t, rates[i], zero, scale, remarks))];
        var isTogether = tracks.Length == 1 || segments.Zip(rates).All(p => p.First.Count == 1 && p.First[0].OnsetSeconds <= DriftSamples / p.Second);
        return new Recording([.. tracks.SelectMany((t, i) => ChannelsOf(t.Stream, rates[i], isTogether ? null : segments[i]))], samples)
        {
            Segments = tracks.Length switch
            {
                0 => [],
                1 => segments[0],
                _ => [new Segment(0, segments.Max(s => s[^1].EndSeconds))],
            },
            Annotations = [.. events.Select(e => new Annotation((e.Time - zero) * scale, 0, e.Text) { Origin = new Origin(OriginKind.File, e.Name) })],
            Start = index.Start,
            Remarks = remarks,
        };
    }

    private static Track TrackOf(XdfStream stream)
    {
        var stretches = new List<(double, long)>();
        var (steps, seconds) = (0L, 0.0);
        foreach (var stretch in stream.Stamps.Stretches)
        {
            var (constant, slope, centre) = stream.Clock.LineAt(stretch.Middle);
            stretches.Add((stretch.FirstSeconds + constant + (slope * (stretch.FirstSeconds - centre)), stretch.Count));
            steps += stretch.Count - 1;
            seconds += (stretch.Count - 1) * stretch.StepSeconds * (1 + slope);
        }

        var measured = steps / seconds;
        return new(stream, measured > 0 && double.IsFinite(measured) ? measured : 0, stretches);
    }

    // Seconds of the main stream's clock in a second of the recorder's.
    private static double Scale(Track[] tracks, List<string> remarks)
    {
        if (tracks.Length == 0)
        {
            return 1;
        }

        var main = tracks.FirstOrDefault(t => t.Stream.Header.ContentType.Equals("EEG", StringComparison.OrdinalIgnoreCase)) ?? tracks.MaxBy(t => t.Stream.Count)!;
        var stated = main.Stream.Header.NominalRateHz;
        if (!main.Drifts(main.MeasuredHz) || Math.Abs((main.MeasuredHz / stated) - 1) > LargestDisagreement)
        {
            return 1;
        }

        remarks.Add(FormattableString.Invariant($"By the recorder's clock the stream '{main.Stream.Header.Name}' runs at {main.MeasuredHz:0.#####} Hz instead of {stated}: time is counted by the stream's own clock."));
        return main.MeasuredHz / stated;
    }

    private static double RateOf(Track track, double scale, List<string> remarks)
    {
        var (stated, measured) = (track.Stream.Header.NominalRateHz, track.MeasuredHz / scale);
        if (!track.Drifts(measured))
        {
            return stated;
        }

        remarks.Add(FormattableString.Invariant($"The stream '{track.Stream.Header.Name}' states {stated} Hz; its time stamps run at {measured:0.#####} Hz, which is taken."));
        return measured;
    }

    private static List<Segment> SegmentsOf(Track track, double rate, double zero, double scale, List<string> remarks)
    {
        var segments = new List<Segment>();
        var overlaps = 0;
        foreach (var (onset, count) in track.Stretches)
        {
            var at = (onset - zero) * scale;
            if (segments.Count > 0 && at < segments[^1].EndSeconds)
            {
                overlaps += (segments[^1].EndSeconds - at) * rate > DriftSamples ? 1 : 0;
                at = segments[^1].EndSeconds;
            }

            segments.Add(new(at, count / rate));
        }

        if (overlaps > 0)
        {
            remarks.Add(FormattableString.Invariant($"The time stamps of '{track.Stream.Header.Name}' go back {overlaps} times: what follows is put behind what was there."));
        }

        return segments;
    }

    private static IEnumerable<Channel> ChannelsOf(XdfStream stream, double rate, IReadOnlyList<Segment>? own) => stream.Header.Channels.Select(c => new Channel(c.Label, c.Kind, c.Unit, rate, stream.Count)
    {
        Sensor = c.PositionMetres is { } place ? new Sensor(c.Label, place) : null,
        Frame = c.PositionMetres is null ? null : Frame.Electrodes,
        Segments = own,
    });
}
