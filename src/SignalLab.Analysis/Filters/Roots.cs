using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>Roots of a polynomial with real coefficients: the real ones, and of each conjugate pair the one above the real axis.</summary>
/// <param name="Pairs">One of each conjugate pair, imaginary part &gt; 0.</param>
/// <param name="Reals">The real roots.</param>
internal sealed record Roots(IReadOnlyList<Complex> Pairs, IReadOnlyList<double> Reals)
{
    /// <summary>No roots.</summary>
    public static Roots None { get; } = new([], []);

    /// <summary>Number of roots, each of a pair counted.</summary>
    public int Count => (2 * Pairs.Count) + Reals.Count;

    /// <summary>Maps every root by a function that keeps conjugates conjugate and reals real.</summary>
    public Roots Map(Func<Complex, Complex> function) =>
        new([.. Pairs.Select(p => Upper(function(p)))], [.. Reals.Select(r => function(r).Real)]);

    /// <summary>These and a real root repeated.</summary>
    public Roots WithReal(double value, int times) => new(Pairs, [.. Reals, .. Enumerable.Repeat(value, times)]);

    /// <summary>The value of Π (at − root), which is real for a real <paramref name="at"/>.</summary>
    public double Product(double at) =>
        Pairs.Aggregate(1.0, (product, p) => product * (((at - p.Real) * (at - p.Real)) + (p.Imaginary * p.Imaginary)))
        * Reals.Aggregate(1.0, (product, r) => product * (at - r));

    /// <summary>Replaces every root r by the two roots of s² − 2·r·s + centre² = 0, as the change to a band asks for.</summary>
    /// <param name="centre">Centre of the band, in rad/s.</param>
    public Roots Split(double centre)
    {
        var pairs = new List<Complex>();
        var reals = new List<double>();
        foreach (var pair in Pairs)
        {
            // The smaller root from the product of both: their difference would cancel for a wide band.
            var offset = Complex.Sqrt((pair * pair) - (centre * centre));
            var large = (pair + offset).Magnitude >= (pair - offset).Magnitude ? pair + offset : pair - offset;
            pairs.Add(Upper(large));
            pairs.Add(Upper(centre * centre / large));
        }

        foreach (var real in Reals)
        {
            var discriminant = (real - centre) * (real + centre);
            if (discriminant < 0)
            {
                pairs.Add(new(real, Math.Sqrt(-discriminant)));
                continue;
            }

            var large = real + (real < 0 ? -Math.Sqrt(discriminant) : Math.Sqrt(discriminant));
            reals.Add(large);
            reals.Add(centre * centre / large);
        }

        return new(pairs, reals);
    }

    private static Complex Upper(Complex value) => value.Imaginary < 0 ? Complex.Conjugate(value) : value;
}
