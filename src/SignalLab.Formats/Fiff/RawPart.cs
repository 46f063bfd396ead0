using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Where the samples of one raw file stand, and when they were taken.</summary>
/// <param name="FirstSample">The acquisition's count at the first stored sample.</param>
/// <param name="Runs">Stored samples without a gap between: count at the first, number of samples.</param>
/// <param name="Buffers">Their buffers, counted from the part's first stored sample.</param>
internal sealed record RawPart(long FirstSample, IReadOnlyList<(long At, long Count)> Runs, IReadOnlyList<RawBuffer> Buffers)
{
    // No recording lasts longer; a larger count is a damaged one.
    private const long LargestCount = 1L << 53;

    /// <summary>Acquisition's count just past the part.</summary>
    public long End => Runs.Count == 0 ? FirstSample : Runs[^1].At + Runs[^1].Count;

    /// <summary>Stored samples.</summary>
    public long Count => Buffers.Count == 0 ? 0 : Buffers[^1].First + Buffers[^1].Count;

    /// <summary>
    /// Goes through a raw data block. A skip before the first buffer moves the start; a later one is a gap.
    /// Skips are counted in buffers of the size of the one that follows, or in samples.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="block">Its raw data block.</param>
    /// <param name="info">Its measurement information.</param>
    /// <exception cref="UnfitInputException">The samples are complex numbers or coded in an unknown way.</exception>
    public static RawPart Read(FiffFile file, FiffBlock block, MeasurementInfo info)
    {
        double[] gains = [.. info.Channels.Select(c => c.Range * c.Calibration * c.UnitFactor)];
        var buffers = new List<RawBuffer>();
        var runs = new List<(long At, long Count)>();
        long first = 0, at = 0, stored = 0, skippedBuffers = 0, skippedSamples = 0;
        foreach (var tag in block.Tags)
        {
            switch (tag.Kind)
            {
                case TagKind.FirstSample when buffers.Count == 0:
                    at = first = file.Int(tag, "first sample");
                    break;
                case TagKind.DataSkip:
                    skippedBuffers += Skip(file, tag);
                    break;
                case TagKind.DataSkipSamples:
                    skippedSamples += Skip(file, tag);
                    break;
                case TagKind.DataBuffer when tag.Size > 0:
                    var count = SamplesIn(file, tag, gains.Length);
                    var gap = (skippedBuffers * count) + skippedSamples;
                    at = Math.Abs(at) + gap <= LargestCount ? at + gap : throw new MalformedFileException(file.Path, tag.Data, "data skip", FormattableString.Invariant($"{gap} samples"), "a gap shorter than any recording");
                    if (buffers.Count == 0)
                    {
                        first = at;
                    }

                    if (buffers.Count == 0 || gap > 0)
                    {
                        runs.Add((at, count));
                    }
                    else
                    {
                        runs[^1] = (runs[^1].At, runs[^1].Count + count);
                    }

                    buffers.Add(new(file.Bytes, tag.Data, tag.Type, stored, count, gains));
                    (stored, at) = (stored + count, at + count);
                    (skippedBuffers, skippedSamples) = (0, 0);
                    break;
            }
        }

        return new(first, runs, buffers);
    }

    private static int Skip(FiffFile file, FiffTag tag) => file.Int(tag, "data skip") is >= 0 and var skip
        ? skip
        : throw new MalformedFileException(file.Path, tag.Data, "data skip", "a negative number", "buffers or samples that were skipped");

    private static int SamplesIn(FiffFile file, FiffTag tag, int channels)
    {
        var size = DataType.SizeOf(tag.Type);
        if (size == 0 || tag.Type is DataType.Julian)
        {
            throw new UnfitInputException($"{file.Path}: the samples are {DataType.Describe(tag.Type)}, which no channel's unit applies to; only 16- and 32-bit integers, floats and doubles are read.");
        }

        return tag.Size % (size * (long)channels) == 0
            ? (int)(tag.Size / (size * (long)channels))
            : throw new MalformedFileException(
                file.Path, tag.Data, "data buffer", FormattableString.Invariant($"{tag.Size} bytes"), FormattableString.Invariant($"a multiple of {channels} channels x {size} bytes"));
    }
}
