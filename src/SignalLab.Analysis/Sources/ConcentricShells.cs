using SignalLab.Model;

namespace SignalLab.Analysis.Sources;

/// <summary>The electric potential of a current dipole inside a sphere of concentric shells of different conductivity, on its surface.</summary>
/// <remarks>
/// The potential is a series of Legendre polynomials. In each shell its term of degree n is A rⁿ + B r⁻⁽ⁿ⁺¹⁾; no current leaves the surface, potential and normal
/// current are continuous at each boundary, and B of the innermost shell is the dipole's own. Sources: Zhang, Phys Med Biol 40 (1995) 335;
/// Mosher, Leahy and Lewis, IEEE Trans Biomed Eng 46 (1999) 245, section IV.
/// </remarks>
public sealed class ConcentricShells
{
    private const int MostTerms = 4000;
    private const double Smallest = 1e-17;

    private readonly double[] radii;
    private readonly double[] factors;
    private readonly double scale;

    /// <param name="radii">Outer radius of each shell from the innermost outwards, in metres (or parts of the head's radius).</param>
    /// <param name="conductivities">Conductivity of each in S/m.</param>
    /// <exception cref="ArgumentException">Radii do not grow, a conductivity is not above 0, or their numbers differ.</exception>
    public ConcentricShells(IReadOnlyList<double> radii, IReadOnlyList<double> conductivities)
    {
        ArgumentNullException.ThrowIfNull(radii);
        ArgumentNullException.ThrowIfNull(conductivities);
        ArgumentOutOfRangeException.ThrowIfZero(radii.Count, nameof(radii));
        ArgumentOutOfRangeException.ThrowIfNotEqual(conductivities.Count, radii.Count, nameof(conductivities));
        for (var k = 0; k < radii.Count; k++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(radii[k], k == 0 ? 0 : radii[k - 1], nameof(radii));
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(conductivities[k], nameof(conductivities));
        }

        this.radii = [.. radii];
        scale = 1 / (4 * Math.PI * conductivities[0] * radii[^1] * radii[^1]);
        // A dipole at the innermost boundary needs the most terms.
        var deepest = radii[0] / radii[^1];
        factors = new double[deepest < 1 ? (int)Math.Min(MostTerms, 2 + Math.Ceiling(Math.Log(Smallest) / Math.Log(deepest))) : MostTerms];
        for (var n = 1; n < factors.Length; n++)
        {
            factors[n] = SurfaceFactor(n, conductivities);
        }
    }

    /// <summary>The surface's radius.</summary>
    public double Radius => radii[^1];

    /// <summary>The potential at electrodes on the surface, against infinity.</summary>
    /// <param name="dipole">The dipole's place relative to the centre, inside the innermost shell, in the unit of the radii.</param>
    /// <param name="momentAmpereMetres">Its moment.</param>
    /// <param name="electrodes">Directions of the electrodes from the centre, of length one.</param>
    /// <param name="into">Receives a potential for each, in volts where the radii are in metres.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dipole is not inside the innermost shell.</exception>
    public void Potentials(Point3 dipole, Point3 momentAmpereMetres, ReadOnlySpan<Point3> electrodes, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(into.Length, electrodes.Length, nameof(into));
        var depth = dipole.Norm / Radius;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dipole.Norm, radii[0], nameof(dipole));
        // At the centre every direction is radial: only the first term is left.
        var outward = depth > 0 ? dipole.Unit() : new Point3(0, 0, 1);
        var radial = momentAmpereMetres.Dot(outward);
        var terms = Terms(depth);
        for (var i = 0; i < into.Length; i++)
        {
            var cosine = Math.Clamp(electrodes[i].Dot(outward), -1, 1);
            var tangential = momentAmpereMetres.Dot(electrodes[i]) - (radial * cosine);
            into[i] = scale * Sum(depth, cosine, radial, tangential, terms);
        }
    }

    private int Terms(double depth) => depth <= 0 ? 2 : Math.Min(factors.Length, 4 + (int)Math.Ceiling(Math.Log(Smallest) / Math.Log(depth)));

    // Σ factor(n) bⁿ⁻¹ [n m_r P(n) + m_t P'(n)], with P'(n+1) = P'(n-1) + (2n+1) P(n).
    private double Sum(double depth, double cosine, double radial, double tangential, int terms)
    {
        var (before, here) = (1.0, cosine);
        var (slopeBefore, slope) = (0.0, 1.0);
        var (power, sum) = (1.0, 0.0);
        for (var n = 1; n < terms; n++)
        {
            sum += factors[n] * power * ((n * radial * here) + (tangential * slope));
            power *= depth;
            (before, here) = (here, ((((2 * n) + 1) * cosine * here) - (n * before)) / (n + 1));
            (slopeBefore, slope) = (slope, slopeBefore + (((2 * n) + 1) * before));
        }

        return sum;
    }

    // From the surface inwards: q = A/B (times the boundary's power) of each shell from that of the next one out, and how much of B comes through.
    private double SurfaceFactor(int n, IReadOnlyList<double> conductivities)
    {
        var (quotient, through) = ((n + 1.0) / n, 1.0);
        for (var k = radii.Length - 2; k >= 0; k--)
        {
            var power = Math.Pow(radii[k] / Radius, (2 * n) + 1);
            var potential = (quotient * power) + 1;
            var current = conductivities[k + 1] / conductivities[k] * ((n * quotient * power) - (n + 1));
            var own = ((n * potential) - current) / ((2 * n) + 1);
            through /= own;
            quotient = ((((n + 1) * potential) + current) / ((2 * n) + 1)) / (own * power);
        }

        return through * ((2 * n) + 1) / n;
    }
}
