using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>
/// Weighted sums of a source's channels, computed when read. Each channel that takes part is read once a block; sums run over tiles that stay in the
/// processor's cache, several tiles at once.
/// </summary>
/// <param name="source">The samples as recorded.</param>
/// <param name="rows">What each channel is made of.</param>
/// <param name="reference">The common reference that rows may subtract.</param>
internal sealed class DerivedSamples(ISampleSource source, IReadOnlyList<DerivedRow> rows, CommonSum reference) : ISampleSource
{
    private const int BlockValues = 2 << 20;
    private const int ParallelValues = 1 << 16;

    /// <inheritdoc/>
    public int ChannelCount => rows.Count;

    /// <inheritdoc/>
    public long Count(int channel) => source.Count(rows[channel].Channels[0]);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        foreach (var channel in channels)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channel), nameof(first));
        }

        var plan = new DerivationPlan(rows, reference, channels);
        if (source is MemorySamples memory)
        {
            Tiles(plan, new(memory, plan.Inputs, first), count, into, 0, count);
            return;
        }

        var block = Math.Min(count, Math.Max(4096, BlockValues / Math.Max(1, plan.Inputs.Length)));
        var samples = LentArrays.Doubles.Rent(Math.Max(1, plan.Inputs.Length * block));
        try
        {
            for (var start = 0; start < count; start += block)
            {
                var length = Math.Min(block, count - start);
                source.Read(plan.Inputs, first + start, length, samples.AsSpan(0, plan.Inputs.Length * length));
                Tiles(plan, new(samples, length), length, into, start, count);
            }
        }
        finally
        {
            LentArrays.Doubles.Return(samples);
        }
    }

    // The lambda cannot hold a span: it holds the address of the caller's memory, which stays fixed until every tile is done.
    private static unsafe void Tiles(DerivationPlan plan, TileInputs inputs, int length, Span<double> into, int offset, int stride)
    {
        var tile = plan.TileLength;
        var tiles = (length + tile - 1) / tile;
        if (tiles < 2 || (long)plan.Inputs.Length * length < ParallelValues)
        {
            var scratch = LentArrays.Doubles.Rent(Math.Max(1, plan.ScratchLength));
            for (var t = 0; t < tiles; t++)
            {
                plan.Derive(inputs, t * tile, Math.Min(tile, length - (t * tile)), scratch, into, offset, stride);
            }

            LentArrays.Doubles.Return(scratch);
            return;
        }

        fixed (double* start = into)
        {
            var (address, size) = ((nint)start, into.Length);
            Parallel.For(
                0,
                tiles,
                () => LentArrays.Doubles.Rent(Math.Max(1, plan.ScratchLength)),
                (t, _, scratch) =>
                {
                    plan.Derive(inputs, t * tile, Math.Min(tile, length - (t * tile)), scratch, new Span<double>((void*)address, size), offset, stride);
                    return scratch;
                },
                scratch => LentArrays.Doubles.Return(scratch));
        }
    }
}
