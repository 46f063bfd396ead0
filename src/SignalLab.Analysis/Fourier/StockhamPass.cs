using System.Runtime.CompilerServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>
/// One pass of the self-sorting (Stockham) transform: radix-r butterflies over numbers that lie side by side, decimation in frequency.
/// Element q + s·(p + m·j) goes in, q + s·(r·p + k) comes out, for q &lt; s, p &lt; m and j, k &lt; r.
/// </summary>
/// <remarks>Source: Van Loan, Computational Frameworks for the Fast Fourier Transform, § 1.7; butterflies as in Nussbaumer, Fast Fourier Transform and Convolution Algorithms, § 5.4.</remarks>
internal sealed class StockhamPass
{
    private const double Sin3 = 0.86602540378443864676;
    private const double Cos5A = 0.30901699437494742410;
    private const double Cos5B = -0.80901699437494742410;
    private const double Sin5A = 0.95105651629515357212;
    private const double Sin5B = 0.58778525229247312917;
    private const double Cos7A = 0.62348980185873353053;
    private const double Cos7B = -0.22252093395631440429;
    private const double Cos7C = -0.90096886790241912624;
    private const double Sin7A = 0.78183148246802980871;
    private const double Sin7B = 0.97492791218182360702;
    private const double Sin7C = 0.43388373911755812048;

    private readonly int radix;
    private readonly int m;
    private readonly int s;
    private readonly double[] twiddles;

    /// <summary>The pass that splits transforms of a length by a radix.</summary>
    /// <param name="radix">2, 3, 4, 5 or 7.</param>
    /// <param name="length">Length of the transforms that come in.</param>
    /// <param name="stride">How many of them lie side by side.</param>
    public StockhamPass(int radix, int length, int stride)
    {
        (this.radix, m, s) = (radix, length / radix, stride);
        twiddles = new double[2 * m * (radix - 1)];
        for (var p = 0; p < m; p++)
        {
            for (var k = 1; k < radix; k++)
            {
                var at = 2 * ((p * (radix - 1)) + k - 1);
                (twiddles[at], twiddles[at + 1]) = Twiddles.Root((long)p * k, length);
            }
        }
    }

    /// <summary>Runs the pass.</summary>
    /// <param name="xr">Real parts in.</param>
    /// <param name="xi">Imaginary parts in.</param>
    /// <param name="yr">Real parts out.</param>
    /// <param name="yi">Imaginary parts out.</param>
    /// <param name="batch">Transforms side by side in each element.</param>
    public void Run(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, int batch)
    {
        var width = s * batch;
        var wide = width - (width % Eight.Width);
        var middle = width - (width % Four.Width);
        Columns<Eight>(xr, xi, yr, yi, width, 0, wide);
        Columns<Four>(xr, xi, yr, yi, width, wide, middle);
        Columns<One>(xr, xi, yr, yi, width, middle, width);
    }

    private void Columns<T>(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, int width, int begin, int end)
        where T : struct, ILane<T>
    {
        if (begin == end)
        {
            return;
        }

        var step = width * m;
        for (var p = 0; p < m; p++)
        {
            var w = twiddles.AsSpan(2 * p * (radix - 1), 2 * (radix - 1));
            var (from, to) = (width * p, width * radix * p);
            switch (radix)
            {
                case 2:
                    Two<T>(xr, xi, yr, yi, w, from, step, to, width, begin, end);
                    break;
                case 3:
                    Three<T>(xr, xi, yr, yi, w, from, step, to, width, begin, end);
                    break;
                case 4:
                    FourWay<T>(xr, xi, yr, yi, w, from, step, to, width, begin, end);
                    break;
                case 5:
                    Five<T>(xr, xi, yr, yi, w, from, step, to, width, begin, end);
                    break;
                default:
                    Seven<T>(xr, xi, yr, yi, w, from, step, to, width, begin, end);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Out<T>(T re, T im, ReadOnlySpan<double> w, int k, Span<double> yr, Span<double> yi, int at)
        where T : struct, ILane<T>
    {
        var (c, s) = (T.Of(w[(2 * k) - 2]), T.Of(w[(2 * k) - 1]));
        T.MultiplyAdd(re, c, T.Of(0) - (im * s)).Store(yr, at);
        T.MultiplyAdd(re, s, im * c).Store(yi, at);
    }

    private static void Two<T>(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, ReadOnlySpan<double> w, int from, int step, int to, int width, int begin, int end)
        where T : struct, ILane<T>
    {
        for (var q = begin; q < end; q += T.Width)
        {
            var (i, o) = (from + q, to + q);
            var (ar, ai) = (T.Load(xr, i), T.Load(xi, i));
            var (br, bi) = (T.Load(xr, i + step), T.Load(xi, i + step));
            (ar + br).Store(yr, o);
            (ai + bi).Store(yi, o);
            Out(ar - br, ai - bi, w, 1, yr, yi, o + width);
        }
    }

    private static void Three<T>(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, ReadOnlySpan<double> w, int from, int step, int to, int width, int begin, int end)
        where T : struct, ILane<T>
    {
        for (var q = begin; q < end; q += T.Width)
        {
            var (i, o) = (from + q, to + q);
            var (ar, ai) = (T.Load(xr, i), T.Load(xi, i));
            var (br, bi) = (T.Load(xr, i + step), T.Load(xi, i + step));
            var (cr, ci) = (T.Load(xr, i + (2 * step)), T.Load(xi, i + (2 * step)));
            var (sr, si) = (br + cr, bi + ci);
            var (dr, di) = (T.Of(Sin3) * (br - cr), T.Of(Sin3) * (bi - ci));
            var (er, ei) = (T.MultiplyAdd(T.Of(-0.5), sr, ar), T.MultiplyAdd(T.Of(-0.5), si, ai));
            (ar + sr).Store(yr, o);
            (ai + si).Store(yi, o);
            Out(er + di, ei - dr, w, 1, yr, yi, o + width);
            Out(er - di, ei + dr, w, 2, yr, yi, o + (2 * width));
        }
    }

    private static void FourWay<T>(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, ReadOnlySpan<double> w, int from, int step, int to, int width, int begin, int end)
        where T : struct, ILane<T>
    {
        for (var q = begin; q < end; q += T.Width)
        {
            var (i, o) = (from + q, to + q);
            var (ar, ai) = (T.Load(xr, i), T.Load(xi, i));
            var (br, bi) = (T.Load(xr, i + step), T.Load(xi, i + step));
            var (cr, ci) = (T.Load(xr, i + (2 * step)), T.Load(xi, i + (2 * step)));
            var (dr, di) = (T.Load(xr, i + (3 * step)), T.Load(xi, i + (3 * step)));
            var (pr, pi) = (ar + cr, ai + ci);
            var (qr, qi) = (ar - cr, ai - ci);
            var (rr, ri) = (br + dr, bi + di);
            var (tr, ti) = (br - dr, bi - di);
            (pr + rr).Store(yr, o);
            (pi + ri).Store(yi, o);
            Out(qr + ti, qi - tr, w, 1, yr, yi, o + width);
            Out(pr - rr, pi - ri, w, 2, yr, yi, o + (2 * width));
            Out(qr - ti, qi + tr, w, 3, yr, yi, o + (3 * width));
        }
    }

    private static void Five<T>(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, ReadOnlySpan<double> w, int from, int step, int to, int width, int begin, int end)
        where T : struct, ILane<T>
    {
        for (var q = begin; q < end; q += T.Width)
        {
            var (i, o) = (from + q, to + q);
            var (ar, ai) = (T.Load(xr, i), T.Load(xi, i));
            var (br, bi) = (T.Load(xr, i + step), T.Load(xi, i + step));
            var (cr, ci) = (T.Load(xr, i + (2 * step)), T.Load(xi, i + (2 * step)));
            var (dr, di) = (T.Load(xr, i + (3 * step)), T.Load(xi, i + (3 * step)));
            var (er, ei) = (T.Load(xr, i + (4 * step)), T.Load(xi, i + (4 * step)));
            var (pr, pi, qr, qi) = (br + er, bi + ei, br - er, bi - ei);
            var (rr, ri, tr, ti) = (cr + dr, ci + di, cr - dr, ci - di);
            (ar + (pr + rr)).Store(yr, o);
            (ai + (pi + ri)).Store(yi, o);
            var fr = T.MultiplyAdd(T.Of(Cos5A), pr, T.MultiplyAdd(T.Of(Cos5B), rr, ar));
            var fi = T.MultiplyAdd(T.Of(Cos5A), pi, T.MultiplyAdd(T.Of(Cos5B), ri, ai));
            var gr = T.MultiplyAdd(T.Of(Cos5B), pr, T.MultiplyAdd(T.Of(Cos5A), rr, ar));
            var gi = T.MultiplyAdd(T.Of(Cos5B), pi, T.MultiplyAdd(T.Of(Cos5A), ri, ai));
            var ur = T.MultiplyAdd(T.Of(Sin5A), qr, T.Of(Sin5B) * tr);
            var ui = T.MultiplyAdd(T.Of(Sin5A), qi, T.Of(Sin5B) * ti);
            var vr = T.MultiplyAdd(T.Of(Sin5B), qr, T.Of(-Sin5A) * tr);
            var vi = T.MultiplyAdd(T.Of(Sin5B), qi, T.Of(-Sin5A) * ti);
            Out(fr + ui, fi - ur, w, 1, yr, yi, o + width);
            Out(gr + vi, gi - vr, w, 2, yr, yi, o + (2 * width));
            Out(gr - vi, gi + vr, w, 3, yr, yi, o + (3 * width));
            Out(fr - ui, fi + ur, w, 4, yr, yi, o + (4 * width));
        }
    }

    private static void Seven<T>(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, Span<double> yr, Span<double> yi, ReadOnlySpan<double> w, int from, int step, int to, int width, int begin, int end)
        where T : struct, ILane<T>
    {
        for (var q = begin; q < end; q += T.Width)
        {
            var (i, o) = (from + q, to + q);
            var (ar, ai) = (T.Load(xr, i), T.Load(xi, i));
            var (br, bi) = (T.Load(xr, i + step), T.Load(xi, i + step));
            var (cr, ci) = (T.Load(xr, i + (2 * step)), T.Load(xi, i + (2 * step)));
            var (dr, di) = (T.Load(xr, i + (3 * step)), T.Load(xi, i + (3 * step)));
            var (er, ei) = (T.Load(xr, i + (4 * step)), T.Load(xi, i + (4 * step)));
            var (fr, fi) = (T.Load(xr, i + (5 * step)), T.Load(xi, i + (5 * step)));
            var (gr, gi) = (T.Load(xr, i + (6 * step)), T.Load(xi, i + (6 * step)));
            var (s1r, s1i, d1r, d1i) = (br + gr, bi + gi, br - gr, bi - gi);
            var (s2r, s2i, d2r, d2i) = (cr + fr, ci + fi, cr - fr, ci - fi);
            var (s3r, s3i, d3r, d3i) = (dr + er, di + ei, dr - er, di - ei);
            (ar + (s1r + s2r + s3r)).Store(yr, o);
            (ai + (s1i + s2i + s3i)).Store(yi, o);
            var (u, v) = (Weighted(ar, s1r, s2r, s3r, Cos7A, Cos7B, Cos7C), Weighted(ai, s1i, s2i, s3i, Cos7A, Cos7B, Cos7C));
            var (x, y) = (Weighted(T.Of(0), d1r, d2r, d3r, Sin7A, Sin7B, Sin7C), Weighted(T.Of(0), d1i, d2i, d3i, Sin7A, Sin7B, Sin7C));
            Out(u + y, v - x, w, 1, yr, yi, o + width);
            Out(u - y, v + x, w, 6, yr, yi, o + (6 * width));
            (u, v) = (Weighted(ar, s1r, s2r, s3r, Cos7B, Cos7C, Cos7A), Weighted(ai, s1i, s2i, s3i, Cos7B, Cos7C, Cos7A));
            (x, y) = (Weighted(T.Of(0), d1r, d2r, d3r, Sin7B, -Sin7C, -Sin7A), Weighted(T.Of(0), d1i, d2i, d3i, Sin7B, -Sin7C, -Sin7A));
            Out(u + y, v - x, w, 2, yr, yi, o + (2 * width));
            Out(u - y, v + x, w, 5, yr, yi, o + (5 * width));
            (u, v) = (Weighted(ar, s1r, s2r, s3r, Cos7C, Cos7A, Cos7B), Weighted(ai, s1i, s2i, s3i, Cos7C, Cos7A, Cos7B));
            (x, y) = (Weighted(T.Of(0), d1r, d2r, d3r, Sin7C, -Sin7A, Sin7B), Weighted(T.Of(0), d1i, d2i, d3i, Sin7C, -Sin7A, Sin7B));
            Out(u + y, v - x, w, 3, yr, yi, o + (3 * width));
            Out(u - y, v + x, w, 4, yr, yi, o + (4 * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weighted<T>(T start, T a, T b, T c, double wa, double wb, double wc)
        where T : struct, ILane<T> => T.MultiplyAdd(T.Of(wa), a, T.MultiplyAdd(T.Of(wb), b, T.MultiplyAdd(T.Of(wc), c, start)));
}
