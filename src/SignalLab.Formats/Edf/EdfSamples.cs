using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Samples of the ordinary signals, decoded from the data records on demand.</summary>
internal sealed class EdfSamples : ISampleSource
{
    // Larger records are read signal by signal.
    private const int LargestStretch = 1 << 25;

    private readonly EdfRecords records;
    private readonly EdfSignal[] signals;
    private readonly Calibration[] scales;
    private readonly NumberType type;
    private readonly int width;

    /// <summary>Prepares reading.</summary>
    /// <param name="records">The data records.</param>
    /// <param name="signals">The signals, a channel each.</param>
    public EdfSamples(EdfRecords records, EdfSignal[] signals)
    {
        this.records = records;
        this.signals = signals;
        type = records.Header.Is24Bit ? NumberType.Int24 : NumberType.Int16;
        width = records.Header.SampleBytes;
        scales = Array.ConvertAll(signals, s => s.Calibration(records.Header.Is24Bit));
    }

    /// <inheritdoc/>
    public int ChannelCount => signals.Length;

    /// <inheritdoc/>
    public bool IsDivisible => true;

    /// <inheritdoc/>
    public long Count(int channel) => records.Header.RecordCount * signals[channel].SamplesPerRecord;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, (long)channels.Length * count, nameof(into));
        foreach (var channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channel), nameof(first));
            if (signals[channel].SamplesPerRecord != signals[channels[0]].SamplesPerRecord)
            {
                throw new ArgumentException($"Channels '{signals[channel].Label}' and '{signals[channels[0]].Label}' have different rates.", nameof(channels));
            }
        }

        if (count == 0 || channels.IsEmpty)
        {
            return;
        }

        var perRecord = signals[channels[0]].SamplesPerRecord;
        var (firstRecord, lastRecord) = (first / perRecord, (first + count - 1) / perRecord);
        for (var done = 0; done < channels.Length;)
        {
            var run = RunLength(channels[done..], out var from, out var length);
            var decoder = new Decoder(this, channels.Slice(done, run), first, count, into.Slice(done * count, run * count), perRecord, from);
            if (firstRecord == lastRecord || length > LargestStretch)
            {
                ReadWithin(decoder, firstRecord, lastRecord);
            }
            else
            {
                records.ForEach(firstRecord, lastRecord - firstRecord + 1, from, (int)length, ref decoder);
            }

            done += run;
        }
    }

    // Part of one record, or of records larger than a buffer: channel by channel, only the samples wanted.
    private void ReadWithin(Decoder decoder, long firstRecord, long lastRecord)
    {
        const int Piece = 1 << 18;
        var buffer = new byte[Math.Min(Piece, decoder.Count) * width];
        for (var record = firstRecord; record <= lastRecord; record++)
        {
            var (begin, end) = decoder.Wanted(record);
            for (var i = 0; i < decoder.Channels.Length; i++)
            {
                for (var at = begin; at < end; at += Piece)
                {
                    var samples = (int)Math.Min(Piece, end - at);
                    var bytes = buffer.AsSpan(0, samples * width);
                    records.Read(record, signals[decoder.Channels[i]].ByteOffset + (at * width), bytes);
                    decoder.Take(i, record, at, bytes);
                }
            }
        }
    }

    // Signals that lie side by side (or nearly, in any order) are read as one stretch.
    private int RunLength(ReadOnlySpan<int> channels, out long from, out long length)
    {
        var bytes = (long)signals[channels[0]].SamplesPerRecord * width;
        from = signals[channels[0]].ByteOffset;
        var (end, wanted, run) = (from + bytes, bytes, 1);
        for (; run < channels.Length; run++)
        {
            var at = signals[channels[run]].ByteOffset;
            var (low, high) = (Math.Min(from, at), Math.Max(end, at + bytes));
            if (high - low > (2 * (wanted + bytes)) + EdfRecords.WorthReadingOver)
            {
                break;
            }

            (from, end, wanted) = (low, high, wanted + bytes);
        }

        length = end - from;
        return run;
    }

    /// <summary>Puts what is wanted of each record where it belongs.</summary>
    private readonly ref struct Decoder(EdfSamples samples, ReadOnlySpan<int> channels, long first, int count, Span<double> into, int perRecord, long from) : IEdfRecordVisitor
    {
        private readonly Span<double> into = into;

        public ReadOnlySpan<int> Channels { get; } = channels;

        public int Count => count;

        public (long Begin, long End) Wanted(long record) =>
            (Math.Max(0, first - (record * perRecord)), Math.Min(perRecord, first + count - (record * perRecord)));

        public void Visit(long record, ReadOnlySpan<byte> bytes)
        {
            var (begin, end) = Wanted(record);
            for (var i = 0; i < Channels.Length; i++)
            {
                var at = (int)(samples.signals[Channels[i]].ByteOffset - from) + ((int)begin * samples.width);
                Take(i, record, begin, bytes.Slice(at, (int)(end - begin) * samples.width));
            }
        }

        public void Take(int i, long record, long begin, ReadOnlySpan<byte> bytes)
        {
            var scale = samples.scales[Channels[i]];
            var at = (int)((record * perRecord) + begin - first);
            NumberDecoder.Decode(bytes, samples.type, false, samples.width, scale.Gain, scale.Offset, into.Slice((i * count) + at, bytes.Length / samples.width));
        }
    }
}
