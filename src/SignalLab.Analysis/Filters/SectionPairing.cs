using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>Groups zeros and poles into second-order sections so that none of them rings or overflows: the pole nearest the unit circle goes last, with the zeros nearest to it.</summary>
/// <remarks>Source: the pairing "nearest" of SciPy's <c>zpk2sos</c> documentation; Mitra, Digital Signal Processing, § 9.6.</remarks>
internal static class SectionPairing
{
    /// <summary>The sections, the whole gain in the first one.</summary>
    public static Biquad[] Pair(ZerosPolesGain filter)
    {
        var count = Math.Max(filter.Zeros.Count, filter.Poles.Count);
        count += count % 2;
        var zeros = Sorted(filter.Zeros.WithReal(0, count - filter.Zeros.Count));
        var poles = Sorted(filter.Poles.WithReal(0, count - filter.Poles.Count));
        var sections = new Biquad[count / 2];
        for (var i = sections.Length - 1; i >= 0; i--)
        {
            var pole = Take(poles, Worst(poles, _ => true));
            var lastReal = IsReal(pole) && !poles.Exists(IsReal);
            var onlyRealsLeftMatch = !IsReal(pole) && poles.Count(IsReal) == 1 && zeros.Count(IsReal) == 1 && poles.Count + 1 == zeros.Count;
            var (second, first) = (Complex.Conjugate(pole), default(Complex));
            if (onlyRealsLeftMatch)
            {
                first = Take(zeros, Nearest(zeros, pole, z => !IsReal(z)));
                sections[i] = Section(first, Complex.Conjugate(first), pole, second);
                continue;
            }

            if (lastReal)
            {
                sections[i] = Section(Take(zeros, Nearest(zeros, pole, IsReal)), 0, pole, 0);
                continue;
            }

            second = IsReal(pole) ? Take(poles, Worst(poles, IsReal)) : second;
            first = Take(zeros, Nearest(zeros, pole, _ => true));
            var partner = IsReal(first) ? Take(zeros, Nearest(zeros, pole, IsReal)) : Complex.Conjugate(first);
            sections[i] = Section(first, partner, pole, second);
        }

        sections[0] = sections[0].Scaled(filter.Gain);
        return sections;
    }

    private static bool IsReal(Complex root) => root.Imaginary == 0;

    private static List<Complex> Sorted(Roots roots) =>
        [.. roots.Pairs.OrderBy(p => p.Real).ThenBy(p => p.Imaginary), .. roots.Reals.Order().Select(r => new Complex(r, 0))];

    private static int Worst(List<Complex> poles, Func<Complex, bool> among) => BestBy(poles, among, p => Math.Abs(1 - p.Magnitude));

    private static int Nearest(List<Complex> zeros, Complex pole, Func<Complex, bool> among) => BestBy(zeros, among, z => (z - pole).Magnitude);

    private static int BestBy(List<Complex> roots, Func<Complex, bool> among, Func<Complex, double> cost) =>
        Enumerable.Range(0, roots.Count).Where(i => among(roots[i])).MinBy(i => cost(roots[i]));

    private static Complex Take(List<Complex> roots, int index)
    {
        var root = roots[index];
        roots.RemoveAt(index);
        return root;
    }

    private static Biquad Section(Complex z1, Complex z2, Complex p1, Complex p2) =>
        new(1, -(z1 + z2).Real, (z1 * z2).Real, -(p1 + p2).Real, (p1 * p2).Real);
}
