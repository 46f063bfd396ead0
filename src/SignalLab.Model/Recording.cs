namespace SignalLab.Model;

/// <summary>Channels sampled over time: lazily read, with real gaps, annotations and provenance. Immutable; a filter gives another recording.</summary>
/// <param name="Channels">The channels, each with its own rate.</param>
/// <param name="Samples">Where their samples are read from, in the channels' units.</param>
public sealed record Recording(IReadOnlyList<Channel> Channels, ISampleSource Samples)
{
    private IReadOnlyList<Segment>? segments;

    /// <summary>Uninterrupted stretches in order of time; one from 0 where the recording has no gap. All channels share them, save those that state their own.</summary>
    public IReadOnlyList<Segment> Segments
    {
        get => segments ??= Channels.Count == 0 ? [] : [new Segment(0, Channels.Max(c => c.SampleCount / c.RateHz))];
        init => segments = value;
    }

    /// <summary>What was said about it.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>Wall clock at the first sample, to the fraction of a second; <see cref="DateTimeKind.Utc"/> only where the file says so. Null where unknown.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Whom it is about.</summary>
    public Subject Subject { get; init; } = Subject.Unknown;

    /// <summary>What is suspicious but readable, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What the file's author wrote beside the data and no other member holds, as it stands.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Which of a file's recordings this is, as the file says it (<c>RHYTHM</c>, <c>MEDIAN BEAT</c>); empty where it holds only one.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the file's vendor or a person measured and wrote beside the samples, each with its origin; ours are never put here.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Where it came from and what was done to it.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>What makes this an average on events, or null.</summary>
    public Evoked? Evoked { get; init; }

    /// <summary>Signal-space projectors that came with the file.</summary>
    public IReadOnlyList<Projector> Projectors { get; init; } = [];

    /// <summary>Compensations by reference sensors that came with the file, to be taken off or put back; <see cref="Channel.CompensationGrade"/> says which one the samples have.</summary>
    public IReadOnlyList<FieldCompensation> Compensations { get; init; } = [];

    /// <summary>Nasion and preauricular points where digitised, in the frame of the electrodes (the head frame beside coils in the device frame).</summary>
    public IReadOnlyList<Sensor> Fiducials { get; init; } = [];

    /// <summary>Digitised points of the scalp beside the electrodes, metres in the head frame; a head sphere is fitted to them.</summary>
    public IReadOnlyList<Point3> HeadShape { get; init; } = [];

    /// <summary>Mains frequency as the file states it, or null.</summary>
    public double? LineFrequencyHz { get; init; }

    /// <summary>Transforms that came with the file.</summary>
    public IReadOnlyList<Transform> Transforms { get; init; } = [];

    /// <summary>Real time from the first sample to the end of the last segment, in seconds.</summary>
    public double DurationSeconds => Segments.Count == 0 ? 0 : Segments[^1].EndSeconds;

    /// <summary>The sampling rate all channels share, or null where they differ (or there is none).</summary>
    public double? CommonRateHz => Channels.Count > 0 && Channels.All(c => c.RateHz == Channels[0].RateHz) ? Channels[0].RateHz : null;

    /// <summary>The stretches of one channel: its own where it states them, else the recording's.</summary>
    /// <param name="channel">Channel index.</param>
    public IReadOnlyList<Segment> SegmentsOf(int channel) => Channels[channel].Segments ?? Segments;

    /// <summary>What tells which channels can be read at once.</summary>
    /// <param name="channel">Channel index.</param>
    public SampleClock ClockOf(int channel) => new(Channels[channel].RateHz, Channels[channel].SampleCount, SegmentsOf(channel));

    /// <summary>Checks that all channels run over the same stretches of time, as files with one clock store them.</summary>
    /// <exception cref="UnfitInputException">They are streams that began at different times or have gaps of their own.</exception>
    public void RequireOneClock()
    {
        for (var c = 1; c < Channels.Count; c++)
        {
            if (!SegmentsOf(c).SequenceEqual(SegmentsOf(0)))
            {
                throw new UnfitInputException($"Channels '{Channels[0].Label}' and '{Channels[c].Label}' belong to streams that run over different stretches of time: pick those of one stream with --channels.");
            }
        }
    }

    /// <summary>The segments as one channel stores them.</summary>
    /// <param name="channel">Channel index.</param>
    /// <returns>Runs in order, together covering every stored sample once.</returns>
    public IReadOnlyList<SampleRun> Runs(int channel)
    {
        var (rate, total) = (Channels[channel].RateHz, Channels[channel].SampleCount);
        var stretches = SegmentsOf(channel);
        if (stretches.Count <= 1)
        {
            return total == 0 ? [] : [new(stretches.Count == 0 ? 0 : stretches[0].OnsetSeconds, 0, total)];
        }

        var runs = new List<SampleRun>(stretches.Count);
        var storedSeconds = 0.0;
        foreach (var segment in stretches)
        {
            var first = Math.Min(total, (long)Math.Round(storedSeconds * rate));
            storedSeconds += segment.DurationSeconds;
            var end = runs.Count == stretches.Count - 1 ? total : Math.Min(total, (long)Math.Round(storedSeconds * rate));
            runs.Add(new(segment.OnsetSeconds, first, end - first));
        }

        return runs;
    }

    /// <summary>Real time of a stored sample.</summary>
    /// <param name="channel">Channel index.</param>
    /// <param name="sample">Index among the channel's stored samples.</param>
    /// <returns>Seconds since the first sample.</returns>
    public double TimeOf(int channel, long sample)
    {
        var run = Runs(channel).LastOrDefault(r => r.FirstSample <= sample);
        return run.OnsetSeconds + ((sample - run.FirstSample) / Channels[channel].RateHz);
    }

    /// <summary>The first stored sample at or after a time (within a millionth of a sample).</summary>
    /// <param name="channel">Channel index.</param>
    /// <param name="timeSeconds">Seconds since the first sample; inside a gap the next segment's first sample is meant.</param>
    /// <returns>0…SampleCount.</returns>
    public long SampleAt(int channel, double timeSeconds)
    {
        var rate = Channels[channel].RateHz;
        foreach (var run in Runs(channel))
        {
            var offset = (long)Math.Ceiling(((timeSeconds - run.OnsetSeconds) * rate) - 1e-6);
            if (offset < run.Count)
            {
                return run.FirstSample + Math.Max(0, offset);
            }
        }

        return Channels[channel].SampleCount;
    }

    /// <summary>Reads one channel whole.</summary>
    /// <param name="channel">Channel index.</param>
    /// <returns>All stored samples, in the channel's unit.</returns>
    public double[] ReadAll(int channel)
    {
        var values = new double[Channels[channel].SampleCount];
        Samples.Read(channel, 0, values);
        return values;
    }

    /// <summary>The cut at one time: the value at every located, good channel of one quantity.</summary>
    /// <param name="timeSeconds">Seconds since the first sample; the nearest stored sample is taken.</param>
    /// <param name="kind">Which channels: electrodes and coils do not share a map.</param>
    /// <returns>A map over the channels' sensors.</returns>
    /// <exception cref="UnfitInputException">No channel of that kind has a position, their frames or units differ, or the time lies outside every segment.</exception>
    public ParameterMap MapAt(double timeSeconds, ChannelKind kind = ChannelKind.Eeg)
    {
        var chosen = Located(kind);
        var unit = Channels[chosen[0]].Unit;
        var values = new double[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            var sample = NearestSample(chosen[i], timeSeconds);
            Span<double> one = [0];
            Samples.Read(chosen[i], sample, one);
            values[i] = Channels[chosen[i]].Unit.Convert(one[0], unit);
        }

        return new ParameterMap(Quantity.Of(Channels[chosen[0]]), unit, new SensorSupport(LayoutOf(chosen)), new MemoryValues(values, chosen.Length))
        {
            Provenance = Provenance.Then(ProcessingStep.Of("map at", ("time_s", timeSeconds))),
        };
    }

    /// <summary>The cut at one location: a channel over the stored time.</summary>
    /// <param name="channel">Channel index.</param>
    /// <param name="fromSeconds">First time wanted.</param>
    /// <param name="toSeconds">End of the time wanted, excluded; null for the end.</param>
    /// <returns>Values over real time; times jump where there are gaps.</returns>
    public Series GraphAt(int channel, double fromSeconds = 0, double? toSeconds = null)
    {
        var first = SampleAt(channel, fromSeconds);
        var end = toSeconds is { } to ? SampleAt(channel, to) : Channels[channel].SampleCount;
        var values = new double[Math.Max(0, end - first)];
        Samples.Read(channel, first, values);
        var times = new double[values.Length];
        foreach (var run in Runs(channel))
        {
            for (var i = Math.Max(first, run.FirstSample); i < Math.Min(end, run.EndSample); i++)
            {
                times[i - first] = run.OnsetSeconds + ((i - run.FirstSample) / Channels[channel].RateHz);
            }
        }

        return new Series(Channels[channel].Label, new Axis(AxisKind.Time, Unit.Second, times), values, Channels[channel].Unit)
        {
            Provenance = Provenance.Then(ProcessingStep.Of("graph at", ("channel", Channels[channel].Label))),
        };
    }

    /// <summary>The located channels' sensors of one kind as a layout.</summary>
    /// <param name="channels">Channel indices; all must have a sensor in one frame.</param>
    public SensorLayout LayoutOf(IReadOnlyList<int> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var frame = Channels[channels[0]].Frame ?? throw new UnfitInputException($"Channel '{Channels[channels[0]].Label}' has no position.");
        return new SensorLayout(frame, [.. channels.Select(c => Channels[c].Sensor! with { Name = Channels[c].Label })], frame == Frame.Device ? [] : Fiducials, Provenance.Input);
    }

    /// <summary>Good channels of a kind that have a position, all in one frame.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="UnfitInputException">There is none, or frames or units differ.</exception>
    public int[] Located(ChannelKind kind)
    {
        int[] chosen = [.. Enumerable.Range(0, Channels.Count).Where(i => Channels[i].Kind == kind && !Channels[i].IsBad && Channels[i].Sensor is not null)];
        if (chosen.Length == 0)
        {
            throw new UnfitInputException($"No good {kind.ToString().ToLowerInvariant()} channel has a position: a map needs electrode or coil locations.");
        }

        if (chosen.FirstOrDefault(c => Channels[c].Frame != Channels[chosen[0]].Frame, -1) is >= 0 and var other)
        {
            throw new UnfitInputException($"Channels '{Channels[chosen[0]].Label}' and '{Channels[other].Label}' lie in different frames ({Channels[chosen[0]].Frame}, {Channels[other].Frame}).");
        }

        return chosen;
    }

    private long NearestSample(int channel, double timeSeconds)
    {
        var rate = Channels[channel].RateHz;
        foreach (var run in Runs(channel))
        {
            var offset = Math.Round((timeSeconds - run.OnsetSeconds) * rate);
            if (offset >= -0.0 && offset <= run.Count - 1)
            {
                return run.FirstSample + (long)offset;
            }
        }

        throw new UnfitInputException(FormattableString.Invariant($"Nothing was recorded at {timeSeconds} s (the recording spans 0 to {DurationSeconds} s, gaps excluded)."));
    }
}

/// <summary>What makes a recording an average on events.</summary>
/// <param name="Condition">The event or contrast.</param>
/// <param name="AverageCount">Epochs averaged (nave); for a contrast the effective number.</param>
/// <param name="FirstLatencySeconds">Latency of the first sample relative to the event, usually negative.</param>
/// <param name="Baseline">From and to in seconds of latency, or null where none was subtracted.</param>
/// <param name="StandardError">Standard error of the mean, channels × samples in the channels' units, or null.</param>
public sealed record Evoked(string Condition, double AverageCount, double FirstLatencySeconds, (double From, double To)? Baseline = null, ISampleSource? StandardError = null);

/// <summary>A subspace of sensor space that a file proposes to remove (SSP).</summary>
/// <param name="Name">The file's description.</param>
/// <param name="Channels">Labels of the channels it spans.</param>
/// <param name="Vectors">vectors × channels, each of unit length over its channels.</param>
/// <param name="IsActive">True where the samples already have it removed.</param>
public sealed record Projector(string Name, IReadOnlyList<string> Channels, IReadOnlyList<double[]> Vectors, bool IsActive);
