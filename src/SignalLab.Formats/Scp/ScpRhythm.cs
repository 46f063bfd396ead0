using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>The rhythm of section 6: decoded, decimated stretches interpolated, reference beats of section 5 added again. A lead is decoded when it is first read.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, annex C.</remarks>
internal sealed class ScpRhythm
{
    // The standard's factor, where no reference beat states the full rate.
    private const int UsualDecimation = 4;
    private const int MostSamples = 16_000_000;

    private readonly ScpSignal signal;
    private readonly IReadOnlyList<ScpLead> leads;
    private readonly ScpSignal? reference;
    private readonly ScpBeats? beats;
    private readonly Lazy<double[]>[] decoded;

    public ScpRhythm(ScpFile file, ScpSignal signal, IReadOnlyList<ScpLead> leads, ScpSignal? reference, ScpBeats? beats, bool isSubtracted)
    {
        (this.signal, this.leads, this.beats) = (signal, leads, beats);
        this.reference = isSubtracted ? reference : null;
        Decimation = !signal.IsBimodal || beats is null ? 1 : reference is null ? UsualDecimation : Math.Max(1, (int)Math.Round((double)signal.IntervalMicroseconds / reference.IntervalMicroseconds));
        RateHz = Decimation == 1 ? signal.RateHz : reference?.RateHz ?? (signal.RateHz * Decimation);
        if (isSubtracted && (reference is null || beats is null))
        {
            throw new MalformedFileException(file.Path, null, "section 3, flags", "reference beats subtracted, without sections 4 and 5", "the reference beat and where it was subtracted");
        }

        if (this.reference is not null && Math.Abs(reference!.RateHz - RateHz) > 1e-6 * RateHz)
        {
            throw new UnfitInputException(FormattableString.Invariant($"{file.Path}: the reference beat has {reference.RateHz} Hz, the rhythm that it was subtracted from {RateHz} Hz; they must be the same."));
        }

        for (var i = 0; i < leads.Count; i++)
        {
            if (leads[i].Count > signal.MostSamples(i) * Decimation)
            {
                throw new MalformedFileException(file.Path, null, $"section 3, samples of {leads[i].Name}", FormattableString.Invariant($"{leads[i].Count}"), FormattableString.Invariant($"at most {signal.MostSamples(i) * Decimation}, which its bytes can hold"));
            }
        }

        if (leads.Sum(l => l.Count) > MostSamples)
        {
            throw new MalformedFileException(file.Path, null, "section 3, samples", FormattableString.Invariant($"{leads.Sum(l => l.Count)} in all"), FormattableString.Invariant($"at most {MostSamples}"));
        }

        decoded = [.. leads.Select((_, i) => new Lazy<double[]>(() => Restore(i), LazyThreadSafetyMode.PublicationOnly))];
    }

    public double RateHz { get; }

    public int Decimation { get; }

    public double MicrovoltsPerStep => signal.MicrovoltsPerStep;

    /// <summary>True where samples are whole steps of one scale.</summary>
    public bool IsStepped => Decimation == 1 && (reference is null || reference.NanovoltsPerStep == signal.NanovoltsPerStep);

    /// <summary>Samples of a lead in microvolts.</summary>
    public double[] this[int lead] => decoded[lead].Value;

    private double[] Restore(int index)
    {
        var lead = leads[index];
        var steps = Decimation == 1 ? Whole(index, (int)lead.Count) : Expanded(index, lead);
        var scale = signal.MicrovoltsPerStep;
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] *= scale;
        }

        if (reference is not null)
        {
            AddReferenceBeats(index, lead, steps);
        }

        return steps;
    }

    private double[] Whole(int index, int count) => Array.ConvertAll(signal.Decode(index, count), v => (double)v);

    // Outside the protected areas a stored value is the mean of so many samples: it stands in their middle, between two of them a line, at the ends it holds.
    private double[] Expanded(int index, ScpLead lead)
    {
        var stretches = Stretches(lead);
        var stored = signal.Decode(index, (int)stretches.Sum(s => Stored(s)));
        var values = new double[lead.Count];
        var at = 0;
        foreach (var (from, to, isProtected) in stretches)
        {
            var count = (int)Stored((from, to, isProtected));
            for (var i = from; i < to; i++)
            {
                var place = isProtected ? i - from : Math.Clamp((i - from - ((Decimation - 1) / 2.0)) / Decimation, 0, count - 1);
                var low = (int)place;
                var high = Math.Min(low + 1, count - 1);
                values[i] = stored[at + low] + ((place - low) * ((double)stored[at + high] - stored[at + low]));
            }

            at += count;
        }

        return values;
    }

    private List<(long From, long To, bool IsProtected)> Stretches(ScpLead lead)
    {
        var stretches = new List<(long From, long To, bool IsProtected)>();
        var end = 0L;
        foreach (var (from, to) in beats!.ProtectedIn(lead))
        {
            if (from > end)
            {
                stretches.Add((end, from, false));
            }

            stretches.Add((from, to, true));
            end = to;
        }

        if (end < lead.Count)
        {
            stretches.Add((end, lead.Count, false));
        }

        return stretches;
    }

    private long Stored((long From, long To, bool IsProtected) stretch) =>
        stretch.IsProtected ? stretch.To - stretch.From : (stretch.To - stretch.From + Decimation - 1) / Decimation;

    // Beats of type 0 had the reference beat subtracted, fiducial point on fiducial point.
    private void AddReferenceBeats(int index, ScpLead lead, double[] values)
    {
        var count = (int)Math.Min(reference!.MostSamples(index), beats!.LengthMs * 1000L / reference.IntervalMicroseconds);
        var beat = reference.Decode(index, count);
        foreach (var place in beats.Beats.Where(b => b.Type == 0))
        {
            var shift = place.Fiducial - beats.Fiducial;
            var from = Math.Max(Math.Max(place.First, lead.First), shift + 1);
            var to = Math.Min(Math.Min(place.Last, lead.Last), shift + count);
            for (var sample = from; sample <= to; sample++)
            {
                values[sample - lead.First] += beat[sample - shift - 1] * reference.MicrovoltsPerStep;
            }
        }
    }
}

/// <summary>Some leads of a decoded signal as samples.</summary>
/// <param name="channels">Index of each channel's lead.</param>
/// <param name="counts">Samples of each channel.</param>
/// <param name="read">The values of a lead.</param>
internal sealed class ScpSamples(int[] channels, long[] counts, Func<int, double[]> read) : ISampleSource
{
    public int ChannelCount => channels.Length;

    public long Count(int channel) => counts[channel];

    public void Read(int channel, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, counts[channel], nameof(first));
        if (!into.IsEmpty)
        {
            read(channels[channel]).AsSpan((int)first, into.Length).CopyTo(into);
        }
    }
}
