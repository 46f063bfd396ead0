using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Filters;

/// <summary>Second-order sections over eight channels side by side: a lane a channel, a vector a sample.</summary>
/// <remarks>Transposed direct form II; two sections at a time stay in registers, tile by tile in the first-level cache.</remarks>
internal static class BiquadKernel
{
    /// <summary>Channels in a vector.</summary>
    public const int Lanes = 8;

    private const int Tile = 256;

    /// <summary>Filters in place, first to last sample or last to first.</summary>
    /// <param name="sections">The filter.</param>
    /// <param name="samples">A vector a sample.</param>
    /// <param name="state">Two vectors a section: where the filter stands before and, on return, after.</param>
    /// <param name="backward">True to run from the last sample to the first.</param>
    public static void Run(ReadOnlySpan<Biquad> sections, Span<Vector512<double>> samples, Span<Vector512<double>> state, bool backward)
    {
        for (var done = 0; done < samples.Length; done += Tile)
        {
            var count = Math.Min(Tile, samples.Length - done);
            var tile = samples.Slice(backward ? samples.Length - done - count : done, count);
            var s = 0;
            for (; s + 3 < sections.Length; s += 4)
            {
                RunFour(sections.Slice(s, 4), tile, state.Slice(2 * s, 8), backward);
            }

            for (; s + 1 < sections.Length; s += 2)
            {
                RunTwo(sections[s], sections[s + 1], tile, state.Slice(2 * s, 4), backward);
            }

            if (s < sections.Length)
            {
                RunOne(sections[s], tile, state.Slice(2 * s, 2), backward);
            }
        }
    }

    private static void RunTwo(Biquad first, Biquad second, Span<Vector512<double>> tile, Span<Vector512<double>> state, bool backward)
    {
        var (b0, b1, b2) = (Vector512.Create(first.B0), Vector512.Create(first.B1), Vector512.Create(first.B2));
        var (a1, a2) = (Vector512.Create(-first.A1), Vector512.Create(-first.A2));
        var (d0, d1, d2) = (Vector512.Create(second.B0), Vector512.Create(second.B1), Vector512.Create(second.B2));
        var (c1, c2) = (Vector512.Create(-second.A1), Vector512.Create(-second.A2));
        var (s0, s1, r0, r1) = (state[0], state[1], state[2], state[3]);
        var (at, step) = backward ? (tile.Length - 1, -1) : (0, 1);
        for (var i = 0; i < tile.Length; i++, at += step)
        {
            var x = tile[at];
            var y = Vector512.FusedMultiplyAdd(b0, x, s0);
            s0 = Vector512.FusedMultiplyAdd(a1, y, Vector512.FusedMultiplyAdd(b1, x, s1));
            s1 = Vector512.FusedMultiplyAdd(a2, y, b2 * x);
            var z = Vector512.FusedMultiplyAdd(d0, y, r0);
            r0 = Vector512.FusedMultiplyAdd(c1, z, Vector512.FusedMultiplyAdd(d1, y, r1));
            r1 = Vector512.FusedMultiplyAdd(c2, z, d2 * y);
            tile[at] = z;
        }

        (state[0], state[1], state[2], state[3]) = (s0, s1, r0, r1);
    }

    // A section's next state waits for its output, eight cycles: four sections fill them.
    private static void RunFour(ReadOnlySpan<Biquad> sections, Span<Vector512<double>> tile, Span<Vector512<double>> state, bool backward)
    {
        var (a, b, c, d) = (new Section(sections[0]), new Section(sections[1]), new Section(sections[2]), new Section(sections[3]));
        var (a0, a1, b0, b1) = (state[0], state[1], state[2], state[3]);
        var (c0, c1, d0, d1) = (state[4], state[5], state[6], state[7]);
        var (at, step) = backward ? (tile.Length - 1, -1) : (0, 1);
        for (var i = 0; i < tile.Length; i++, at += step)
        {
            var x = a.Step(tile[at], ref a0, ref a1);
            x = b.Step(x, ref b0, ref b1);
            x = c.Step(x, ref c0, ref c1);
            tile[at] = d.Step(x, ref d0, ref d1);
        }

        (state[0], state[1], state[2], state[3]) = (a0, a1, b0, b1);
        (state[4], state[5], state[6], state[7]) = (c0, c1, d0, d1);
    }

    private readonly struct Section(Biquad section)
    {
        private readonly Vector512<double> b0 = Vector512.Create(section.B0);
        private readonly Vector512<double> b1 = Vector512.Create(section.B1);
        private readonly Vector512<double> b2 = Vector512.Create(section.B2);
        private readonly Vector512<double> a1 = Vector512.Create(-section.A1);
        private readonly Vector512<double> a2 = Vector512.Create(-section.A2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Step(Vector512<double> x, ref Vector512<double> s0, ref Vector512<double> s1)
        {
            var y = Vector512.FusedMultiplyAdd(b0, x, s0);
            s0 = Vector512.FusedMultiplyAdd(a1, y, Vector512.FusedMultiplyAdd(b1, x, s1));
            s1 = Vector512.FusedMultiplyAdd(a2, y, b2 * x);
            return y;
        }
    }

    private static void RunOne(Biquad section, Span<Vector512<double>> tile, Span<Vector512<double>> state, bool backward)
    {
        var (b0, b1, b2) = (Vector512.Create(section.B0), Vector512.Create(section.B1), Vector512.Create(section.B2));
        var (a1, a2) = (Vector512.Create(-section.A1), Vector512.Create(-section.A2));
        var (s0, s1) = (state[0], state[1]);
        var (at, step) = backward ? (tile.Length - 1, -1) : (0, 1);
        for (var i = 0; i < tile.Length; i++, at += step)
        {
            var x = tile[at];
            var y = Vector512.FusedMultiplyAdd(b0, x, s0);
            s0 = Vector512.FusedMultiplyAdd(a1, y, Vector512.FusedMultiplyAdd(b1, x, s1));
            s1 = Vector512.FusedMultiplyAdd(a2, y, b2 * x);
            tile[at] = y;
        }

        (state[0], state[1]) = (s0, s1);
    }
}
