using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>The gains of a forward solution, read at the first use and kept as they stand: the file has them source by source, they are wanted channel by channel.</summary>
/// <param name="file">The file.</param>
/// <param name="tag">The matrix.</param>
/// <param name="channels">Number of channels.</param>
/// <param name="components">Number of source components.</param>
/// <param name="isByChannel">True where a row of the matrix is a channel.</param>
internal sealed class FiffGains(FiffFile file, FiffTag tag, int channels, int components, bool isByChannel) : IMapValues
{
    private readonly int type = tag.Type & 0xffff;
    private readonly Lazy<byte[]> bytes = new(() => file.Bytes.Read(tag.Data, (long)channels * components * DataType.SizeOf(tag.Type & 0xffff), "gains"));

    /// <inheritdoc/>
    public int FrameCount => channels;

    /// <inheritdoc/>
    public void Read(int frame, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, channels);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, components, nameof(first));
        if (into.Length > 0)
        {
            var (start, stride) = isByChannel ? (((long)frame * components) + first, 1) : ((first * channels) + frame, channels);
            SampleCode.Decode(type, bytes.Value.AsSpan((int)(start * DataType.SizeOf(type))), stride, into, 1);
        }
    }
}
