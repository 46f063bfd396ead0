using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Filters;

/// <summary>Second-order sections that keep their state, eight channels side by side.</summary>
/// <param name="cascade">The filter.</param>
/// <param name="channels">Number of channels.</param>
internal sealed class StreamingSections(BiquadCascade cascade, int channels) : IStreamingStage
{
    private const int Tile = 256;

    private readonly Vector512<double>[] states = new Vector512<double>[2 * cascade.Sections.Length * ((channels + BiquadKernel.Lanes - 1) / BiquadKernel.Lanes)];
    private readonly Vector512<double>[] tile = new Vector512<double>[Tile];

    /// <inheritdoc/>
    public void Process(Span<double> samples, int count)
    {
        var size = 2 * cascade.Sections.Length;
        for (var (first, group) = (0, 0); first < channels; first += BiquadKernel.Lanes, group++)
        {
            var lanes = Math.Min(BiquadKernel.Lanes, channels - first);
            var rows = samples.Slice(first * count, lanes * count);
            for (var start = 0; start < count; start += Tile)
            {
                ProcessTile(rows, lanes, count, start, Math.Min(Tile, count - start), states.AsSpan(group * size, size));
            }
        }
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(states);

    private void ProcessTile(Span<double> rows, int lanes, int stride, int start, int length, Span<Vector512<double>> state)
    {
        var cells = MemoryMarshal.Cast<Vector512<double>, double>(tile.AsSpan(0, length));
        cells.Clear();
        var areFinite = true;
        for (var lane = 0; lane < lanes; lane++)
        {
            var row = rows.Slice((lane * stride) + start, length);
            areFinite &= FiniteRuns.AreAll(row);
            for (var (t, at) = (0, lane); t < length; t++, at += BiquadKernel.Lanes)
            {
                cells[at] = row[t];
            }
        }

        if (areFinite)
        {
            BiquadKernel.Run(cascade.Sections, tile.AsSpan(0, length), state, backward: false);
        }
        else
        {
            RunParted(length, state);
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            var row = rows.Slice((lane * stride) + start, length);
            for (var (t, at) = (0, lane); t < length; t++, at += BiquadKernel.Lanes)
            {
                row[t] = cells[at];
            }
        }
    }

    // Sample by sample: a lane whose value is missing comes to rest, the others go on.
    private void RunParted(int length, Span<Vector512<double>> state)
    {
        for (var t = 0; t < length; t++)
        {
            var isFinite = Vector512.Equals(tile[t] * 0, Vector512<double>.Zero);
            tile[t] = Vector512.ConditionalSelect(isFinite, tile[t], Vector512<double>.Zero);
            BiquadKernel.Run(cascade.Sections, tile.AsSpan(t, 1), state, backward: false);
            tile[t] = Vector512.ConditionalSelect(isFinite, tile[t], Vector512.Create(double.NaN));
            for (var i = 0; i < state.Length; i++)
            {
                state[i] = Vector512.ConditionalSelect(isFinite, state[i], Vector512<double>.Zero);
            }
        }
    }
}
