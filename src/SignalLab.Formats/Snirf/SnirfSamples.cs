using SignalLab.Formats.Hdf5;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>Samples of one or several tables, a column a channel, read in pieces of rows.</summary>
internal sealed class SnirfSamples : ISampleSource
{
    private const int PieceValues = 1 << 17;

    private readonly Hdf5File file;
    private readonly (SnirfBlock Block, int Column, double Offset)[] channels;

    public SnirfSamples(Hdf5File file, IReadOnlyList<SnirfBlock> blocks)
    {
        this.file = file;
        channels = [.. blocks.SelectMany(block =>
        {
            // Columns may be stored less a constant.
            var offsets = file.Numbers(block.Path + "/dataOffset");
            return Enumerable.Range(0, block.Columns).Select(c => (block, c, offsets?.Length == block.Columns ? offsets[c] : 0));
        })];
    }

    /// <inheritdoc/>
    public int ChannelCount => channels.Length;

    /// <inheritdoc/>
    public long Count(int channel) => channels[channel].Block.Rows;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        foreach (var channel in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first, channels[channel].Block.Rows - count);
        }

        for (var i = 0; i < wanted.Length && count > 0;)
        {
            var end = i + 1;
            while (end < wanted.Length && channels[wanted[end]].Block == channels[wanted[i]].Block)
            {
                end++;
            }

            ReadBlock(channels[wanted[i]].Block, wanted[i..end], first, count, into[(i * count)..]);
            i = end;
        }
    }

    private void ReadBlock(SnirfBlock block, ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        var together = Math.Max(1, PieceValues / block.Columns);
        for (var at = 0; at < count; at += together)
        {
            var rows = Math.Min(together, count - at);
            var piece = file.Rows(block.Table, first + at, rows, block.Columns);
            for (var w = 0; w < wanted.Length; w++)
            {
                var (_, column, offset) = channels[wanted[w]];
                for (var r = 0; r < rows; r++)
                {
                    into[(w * count) + at + r] = piece[(r * block.Columns) + column] + offset;
                }
            }
        }
    }
}
