using System.Buffers;
using SignalLab.Formats.Flac;

namespace SignalLab.Formats.Wfdb;

/// <summary>Where a signal's samples stand in its group's frames, and how they become physical values: (value − Baseline) ÷ Gain × UnitFactor + UnitOffset.</summary>
internal sealed record StoredSignal(SignalGroup Group, int Index, int OffsetInFrame, int SamplesPerFrame, long SkewFrames, double Gain, double Baseline)
{
    public double UnitFactor { get; init; } = 1;

    public double UnitOffset { get; init; }
}

/// <summary>The signals that share one file: frames of interleaved samples in one format.</summary>
/// <param name="files">Reads the file.</param>
/// <param name="path">The file; empty for format 0.</param>
/// <param name="format">How samples stand in it.</param>
/// <param name="byteOffset">Where frame 0 begins.</param>
/// <param name="samplesPerFrame">Samples a frame of each signal.</param>
/// <param name="initialValues">Value before the first difference of each signal (format 8).</param>
/// <param name="frames">Frames in the file.</param>
internal sealed class SignalGroup(SignalFiles files, string path, SampleFormat format, long byteOffset, int[] samplesPerFrame, int[] initialValues, long frames)
{
    private const int ChunkBytes = 1 << 17;

    private readonly int frameSize = samplesPerFrame.Sum();
    private readonly Lazy<DifferenceSums> sums = new(() => DifferenceSums.Scan(files, path, byteOffset, samplesPerFrame, initialValues, frames));

    private readonly Lazy<FlacStream> flac = new(() => SignalFiles.OpenFlac(files, path));

    /// <summary>Reads the same sample range of several signals in one pass.</summary>
    /// <param name="signals">Signals of this group with the same samples per frame.</param>
    /// <param name="rows">Where each goes: row r begins at value r × count.</param>
    /// <param name="first">First sample of the range.</param>
    /// <param name="count">Samples a signal.</param>
    /// <param name="into">Receives the rows.</param>
    public void Read(ReadOnlySpan<StoredSignal> signals, ReadOnlySpan<int> rows, long first, int count, Span<double> into)
    {
        var spf = signals[0].SamplesPerFrame;
        for (var i = 0; i < signals.Length; i++)
        {
            into.Slice(rows[i] * count, count).Fill(double.NaN);
        }

        if (format == SampleFormat.Null || count == 0)
        {
            return;
        }

        if (format.IsFlac())
        {
            ReadFlac(signals, rows, first, count, into);
            return;
        }

        long least = long.MaxValue, most = 0;
        foreach (var signal in signals)
        {
            (least, most) = (Math.Min(least, signal.SkewFrames), Math.Max(most, signal.SkewFrames));
        }

        var (group, groupBytes) = format.Group();
        var step = Math.Max(1, ChunkBytes / groupBytes * group / frameSize);
        var frame = (first / spf) + least;
        var end = Math.Min(frames, ((first + count + spf - 1) / spf) + most);
        if (format == SampleFormat.Difference8)
        {
            step = DifferenceSums.StepFrames(frameSize);
            frame -= frame % step;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(int.MaxValue / 2, format.BytesFor(((long)step * frameSize) + group)));
        try
        {
            for (; frame < end; frame += step)
            {
                var chunkFrames = (int)Math.Min(step, end - frame);
                var flat = frame * frameSize;
                var lead = (int)(flat % group);
                var from = byteOffset + ((flat - lead) / group * groupBytes);
                var block = buffer.AsSpan(0, (int)format.BytesFor(lead + ((long)chunkFrames * frameSize)));
                files.Read(path, from, block);
                for (var i = 0; i < signals.Length; i++)
                {
                    Decode(signals[i], block, lead, frame, chunkFrames, first, into.Slice(rows[i] * count, count));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A channel of the stream is a signal; all signals of a stream have the same samples a frame.
    private void ReadFlac(ReadOnlySpan<StoredSignal> signals, ReadOnlySpan<int> rows, long first, int count, Span<double> into)
    {
        var (spf, missing) = (signals[0].SamplesPerFrame, format.Range().Minimum);
        long least = long.MaxValue, most = 0;
        foreach (var signal in signals)
        {
            (least, most) = (Math.Min(least, signal.SkewFrames * spf), Math.Max(most, signal.SkewFrames * spf));
        }

        var last = Math.Min(frames * spf, first + count + most);
        for (var at = first + least; at < last;)
        {
            var block = flac.Value.Block(at);
            for (var i = 0; i < signals.Length; i++)
            {
                var signal = signals[i];
                var shift = first + (signal.SkewFrames * spf);
                var row = into.Slice(rows[i] * count, count);
                for (var s = Math.Max(block.First, shift); s < Math.Min(Math.Min(block.End, frames * spf), shift + count); s++)
                {
                    var value = block.Channels[signal.Index][s - block.First];
                    row[(int)(s - shift)] = value == missing ? double.NaN : ((value - signal.Baseline) / signal.Gain * signal.UnitFactor) + signal.UnitOffset;
                }
            }

            at = block.End;
        }
    }

    private void Decode(StoredSignal signal, ReadOnlySpan<byte> block, int lead, long frame, int chunkFrames, long first, Span<double> row)
    {
        // Samples of this signal in the chunk, counted in the deskewed signal.
        var chunkFirst = (frame - signal.SkewFrames) * signal.SamplesPerFrame;
        var from = Math.Max(first, chunkFirst);
        var to = Math.Min(first + row.Length, chunkFirst + ((long)chunkFrames * signal.SamplesPerFrame));
        if (to <= from)
        {
            return;
        }

        var skip = (int)(from - chunkFirst);
        var target = row.Slice((int)(from - first), (int)(to - from));
        switch (format)
        {
            case SampleFormat.Int16: Decode<Coding16>(signal, block, lead, skip, target); break;
            case SampleFormat.Int24: Decode<Coding24>(signal, block, lead, skip, target); break;
            case SampleFormat.Int32: Decode<Coding32>(signal, block, lead, skip, target); break;
            case SampleFormat.Int16BigEndian: Decode<Coding61>(signal, block, lead, skip, target); break;
            case SampleFormat.Offset8: Decode<Coding80>(signal, block, lead, skip, target); break;
            case SampleFormat.Offset16: Decode<Coding160>(signal, block, lead, skip, target); break;
            case SampleFormat.Packed212: Decode<Coding212>(signal, block, lead, skip, target); break;
            case SampleFormat.Packed310: Decode<Coding310>(signal, block, lead, skip, target); break;
            case SampleFormat.Packed311: Decode<Coding311>(signal, block, lead, skip, target); break;
            case SampleFormat.Difference8: DecodeDifferences(signal, block, frame, skip, target); break;
            default: throw new InvalidOperationException(FormattableString.Invariant($"Format {(int)format} has no decoder."));
        }

        if (signal.UnitFactor != 1 || signal.UnitOffset != 0)
        {
            foreach (ref var value in target)
            {
                value = (value * signal.UnitFactor) + signal.UnitOffset;
            }
        }
    }

    private void Decode<TCoding>(StoredSignal signal, ReadOnlySpan<byte> block, int lead, int skip, Span<double> target)
        where TCoding : struct, ISampleCoding
    {
        var (gain, baseline, spf) = (signal.Gain, signal.Baseline, signal.SamplesPerFrame);
        var (frame, place) = Math.DivRem(skip, spf);
        var at = lead + (frame * frameSize) + signal.OffsetInFrame + place;
        var jump = frameSize - spf;
        for (var i = 0; i < target.Length; i++)
        {
            var value = TCoding.At(block, at);
            target[i] = value == TCoding.Invalid ? double.NaN : (value - baseline) / gain;
            at++;
            if (++place == spf)
            {
                place = 0;
                at += jump;
            }
        }
    }

    private void DecodeDifferences(StoredSignal signal, ReadOnlySpan<byte> block, long frame, int skip, Span<double> target)
    {
        var value = sums.Value.Before(frame, signal.Index);
        for (var i = 0; i < skip + target.Length; i++)
        {
            var (inFrame, place) = Math.DivRem(i, signal.SamplesPerFrame);
            value += (sbyte)block[(inFrame * frameSize) + signal.OffsetInFrame + place];
            if (i >= skip)
            {
                target[i - skip] = (value - signal.Baseline) / signal.Gain;
            }
        }
    }
}

/// <summary>Running sums of a format 8 file every <see cref="StepFrames"/>, so that a read in the middle needs no sum from the start.</summary>
internal sealed class DifferenceSums
{
    private readonly List<int[]> sums = [];
    private int step;

    /// <summary>Frames between two sums.</summary>
    public static int StepFrames(int frameSize) => Math.Clamp((1 << 19) / frameSize, 1, 4096);

    public static DifferenceSums Scan(SignalFiles files, string path, long byteOffset, int[] samplesPerFrame, int[] initialValues, long frames)
    {
        var running = (int[])initialValues.Clone();
        var frameSize = samplesPerFrame.Sum();
        var step = StepFrames(frameSize);
        var index = new DifferenceSums { step = step };
        var buffer = new byte[Math.Min(frames, step) * frameSize];
        for (long frame = 0; frame < frames; frame += step)
        {
            index.sums.Add((int[])running.Clone());
            var block = buffer.AsSpan(0, (int)Math.Min(step, frames - frame) * frameSize);
            files.Read(path, byteOffset + (frame * frameSize), block);
            for (var at = 0; at < block.Length;)
            {
                for (var s = 0; s < samplesPerFrame.Length; s++)
                {
                    for (var k = 0; k < samplesPerFrame[s]; k++)
                    {
                        running[s] += (sbyte)block[at++];
                    }
                }
            }
        }

        return index;
    }

    /// <summary>A signal's value before the first difference of a frame at which a sum is kept.</summary>
    public int Before(long frame, int signal) => sums[(int)(frame / step)][signal];
}
