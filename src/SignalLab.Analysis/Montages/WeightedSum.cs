using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Montages;

/// <summary>Sums of few channels. Every sample sees the same operations in the same order, wherever a tile begins: a block is bit for bit the whole.</summary>
internal static class WeightedSum
{
    /// <summary>The weighted sum of inputs over a stretch, four inputs a pass.</summary>
    public static void Of(TileInputs inputs, int[] members, double[] weights, int start, Span<double> into)
    {
        Scaled(inputs.Of(members[0], start, into.Length), weights[0], into);
        var m = 1;
        for (; m + 4 <= members.Length; m += 4)
        {
            AddFour(
                inputs.Of(members[m], start, into.Length),
                inputs.Of(members[m + 1], start, into.Length),
                inputs.Of(members[m + 2], start, into.Length),
                inputs.Of(members[m + 3], start, into.Length),
                weights.AsSpan(m, 4),
                into);
        }

        for (; m < members.Length; m++)
        {
            OfTwo(into, 1, inputs.Of(members[m], start, into.Length), weights[m], into);
        }
    }

    /// <summary>first × firstWeight + second × secondWeight; the target may be one of them.</summary>
    public static void OfTwo(ReadOnlySpan<double> first, double firstWeight, ReadOnlySpan<double> second, double secondWeight, Span<double> into)
    {
        var a = Vectors(first);
        var b = Vectors(second);
        var to = MemoryMarshal.Cast<double, Vector<double>>(into);
        var (wa, wb) = (new Vector<double>(firstWeight), new Vector<double>(secondWeight));
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Vector.FusedMultiplyAdd(b[i], wb, a[i] * wa);
        }

        for (var i = to.Length * Vector<double>.Count; i < into.Length; i++)
        {
            into[i] = Math.FusedMultiplyAdd(second[i], secondWeight, first[i] * firstWeight);
        }
    }

    /// <summary>The same as <see cref="OfTwo"/> into memory that nobody reads soon: past the cache, which saves fetching what is overwritten.</summary>
    public static unsafe void OfTwoPastCache(ReadOnlySpan<double> first, double firstWeight, ReadOnlySpan<double> second, double secondWeight, Span<double> into)
    {
        fixed (double* target = into)
        {
            var alignment = (nuint)(Vector<double>.Count * sizeof(double));
            var head = (int)Math.Min((nuint)into.Length, ((alignment - ((nuint)target % alignment)) % alignment) / sizeof(double));
            OfTwo(first[..head], firstWeight, second, secondWeight, into[..head]);
            var a = Vectors(first[head..into.Length]);
            var b = Vectors(second[head..into.Length]);
            var (wa, wb) = (new Vector<double>(firstWeight), new Vector<double>(secondWeight));
            for (var i = 0; i < a.Length; i++)
            {
                Vector.FusedMultiplyAdd(b[i], wb, a[i] * wa).StoreAlignedNonTemporal(target + head + (i * Vector<double>.Count));
            }

            var tail = head + (a.Length * Vector<double>.Count);
            OfTwo(first[tail..into.Length], firstWeight, second[tail..into.Length], secondWeight, into[tail..]);
        }
    }

    private static void Scaled(ReadOnlySpan<double> values, double weight, Span<double> into)
    {
        if (weight == 1)
        {
            values.CopyTo(into);
            return;
        }

        var from = Vectors(values);
        var to = MemoryMarshal.Cast<double, Vector<double>>(into);
        var w = new Vector<double>(weight);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] * w;
        }

        for (var i = to.Length * Vector<double>.Count; i < into.Length; i++)
        {
            into[i] = values[i] * weight;
        }
    }

    private static void AddFour(ReadOnlySpan<double> p, ReadOnlySpan<double> q, ReadOnlySpan<double> r, ReadOnlySpan<double> s, ReadOnlySpan<double> weights, Span<double> into)
    {
        var a = Vectors(p);
        var b = Vectors(q);
        var c = Vectors(r);
        var d = Vectors(s);
        var to = MemoryMarshal.Cast<double, Vector<double>>(into);
        var (wa, wb, wc, wd) = (new Vector<double>(weights[0]), new Vector<double>(weights[1]), new Vector<double>(weights[2]), new Vector<double>(weights[3]));
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Vector.FusedMultiplyAdd(d[i], wd, Vector.FusedMultiplyAdd(c[i], wc, Vector.FusedMultiplyAdd(b[i], wb, Vector.FusedMultiplyAdd(a[i], wa, to[i]))));
        }

        for (var i = to.Length * Vector<double>.Count; i < into.Length; i++)
        {
            into[i] = Math.FusedMultiplyAdd(s[i], weights[3], Math.FusedMultiplyAdd(r[i], weights[2], Math.FusedMultiplyAdd(q[i], weights[1], Math.FusedMultiplyAdd(p[i], weights[0], into[i]))));
        }
    }

    private static ReadOnlySpan<Vector<double>> Vectors(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);
}
