using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Columns of a table of text as channels, read when asked for; an empty cell is a missing value (NaN).</summary>
/// <param name="rows">The rows.</param>
/// <param name="columns">The column of each channel.</param>
/// <param name="isSample">Which rows are samples.</param>
internal sealed class DelimitedSamples(DelimitedRows rows, IReadOnlyList<int> columns, Func<RowCells, bool> isSample) : ISampleSource
{
    /// <inheritdoc/>
    public int ChannelCount => columns.Count;

    /// <inheritdoc/>
    public long Count(int channel) => rows.Count;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, rows.Count - count);
        if (count == 0)
        {
            return;
        }

        int[] wanted = [.. channels.ToArray().Select(c => columns[c])];
        var values = new double[wanted.Length * count];
        rows.Read(first, count, isSample, (cells, at) =>
        {
            for (var i = 0; i < wanted.Length; i++)
            {
                values[(i * count) + at] = cells.Number(wanted[i]);
            }
        });
        values.CopyTo(into);
    }
}
