using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Samples of an ordinary (single-segment) record.</summary>
/// <param name="signals">The signals in header order.</param>
/// <param name="frames">Frames of the record.</param>
internal sealed class WfdbSamples(IReadOnlyList<StoredSignal> signals, long frames) : ISampleSource
{
    public int ChannelCount => signals.Count;

    /// <summary>The signal behind a channel.</summary>
    public StoredSignal Signal(int channel) => signals[channel];

    public long Count(int channel) => frames * signals[channel].SamplesPerFrame;

    public void Read(int channel, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, Count(channel), nameof(first));
        signals[channel].Group.Read([signals[channel]], [0], first, into.Length, into);
    }

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        var parts = new Dictionary<(SignalGroup, int), List<int>>();
        for (var i = 0; i < channels.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channels[i]), nameof(first));
            var signal = signals[channels[i]];
            if (!parts.TryGetValue((signal.Group, signal.SamplesPerFrame), out var rows))
            {
                parts[(signal.Group, signal.SamplesPerFrame)] = rows = [];
            }

            rows.Add(i);
        }

        foreach (var (key, rows) in parts)
        {
            var chosen = new StoredSignal[rows.Count];
            for (var i = 0; i < chosen.Length; i++)
            {
                chosen[i] = signals[channels[rows[i]]];
            }

            key.Item1.Read(chosen, [.. rows], first, count, into);
        }
    }
}

/// <summary>One recorded (not null) segment of a multi-segment record.</summary>
/// <param name="Samples">Its own record's samples.</param>
/// <param name="Signals">For each channel of the whole record the segment's signal, or -1 where it has none.</param>
/// <param name="FirstFrame">Its first frame among all stored frames.</param>
/// <param name="Frames">Its length.</param>
internal sealed record StoredSegment(WfdbSamples Samples, int[] Signals, long FirstFrame, long Frames);

/// <summary>Samples of a multi-segment record: the recorded segments one after the other, gaps left out, absent channels as NaN.</summary>
/// <param name="segments">The recorded segments in order.</param>
/// <param name="samplesPerFrame">Samples a frame of each channel.</param>
internal sealed class SegmentedSamples(StoredSegment[] segments, int[] samplesPerFrame) : ISampleSource
{
    private readonly long frames = segments.Sum(s => s.Frames);

    public int ChannelCount => samplesPerFrame.Length;

    public long Count(int channel) => frames * samplesPerFrame[channel];

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        for (var i = 0; i < channels.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channels[i]), nameof(first));
            ReadRow(channels[i], first, into.Slice(i * count, count));
        }
    }

    private void ReadRow(int channel, long first, Span<double> into)
    {
        var spf = samplesPerFrame[channel];
        for (var s = IndexOf(first / spf); into.Length > 0; s++)
        {
            var segment = segments[s];
            var inside = first - (segment.FirstFrame * spf);
            var n = (int)Math.Min(into.Length, (segment.Frames * spf) - inside);
            if (segment.Signals[channel] is >= 0 and var signal)
            {
                segment.Samples.Read(signal, inside, into[..n]);
            }
            else
            {
                into[..n].Fill(double.NaN);
            }

            into = into[n..];
            first += n;
        }
    }

    private int IndexOf(long frame)
    {
        var (low, high) = (0, segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = segments[middle].FirstFrame <= frame ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
