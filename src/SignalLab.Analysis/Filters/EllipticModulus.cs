namespace SignalLab.Analysis.Filters;

/// <summary>A modulus of elliptic integrals and functions together with its complement, both to full relative precision: near 1 the one does not tell the other.</summary>
/// <param name="K">The modulus k.</param>
/// <param name="K1">The complementary modulus, √(1 − k²).</param>
/// <remarks>Source: Abramowitz and Stegun, Handbook of Mathematical Functions, §§ 16.4 and 17.6 (arithmetic-geometric mean) and § 16.38 (nome).</remarks>
internal readonly record struct EllipticModulus(double K, double K1)
{
    /// <summary>The modulus with the two exchanged.</summary>
    public EllipticModulus Complement => new(K1, K);

    /// <summary>The complete integral of the first kind.</summary>
    public double QuarterPeriod => Math.PI / 2 / Mean(1, K1);

    /// <summary>Logarithm of the nome: −π·K′/K.</summary>
    public double LogNome => -Math.PI * Mean(1, K1) / Mean(1, K);

    /// <summary>The modulus, its complement by the difference of squares.</summary>
    /// <param name="k">The modulus, 0…1.</param>
    public static EllipticModulus Of(double k) => new(k, Math.Sqrt((1 - k) * (1 + k)));

    /// <summary>The modulus of a nome.</summary>
    /// <param name="logNome">Logarithm of the nome, &lt; 0.</param>
    public static EllipticModulus OfLogNome(double logNome)
    {
        // The theta series of the smaller of the two complementary nomes gives the smaller modulus without cancellation.
        var other = Math.PI * Math.PI / logNome;
        var modulus = FromNome(Math.Exp(Math.Min(logNome, other)));
        return logNome <= other ? modulus : modulus.Complement;
    }

    /// <summary>The incomplete integral of the first kind at the angle whose tangent is given.</summary>
    /// <param name="tangent">Tangent of the amplitude, ≥ 0.</param>
    public double Integral(double tangent)
    {
        var (a, b, angle, doublings) = (1.0, K1, Math.Atan(tangent), 0);
        while (Math.Abs(a - b) > 1e-16 * a && doublings < 40)
        {
            // tan(next − angle) = (b/a)·tan(angle), on the branch that keeps next near twice the angle.
            var step = Math.Atan(b / a * Math.Tan(angle));
            angle += step + (Math.PI * Math.Round((angle - step) / Math.PI));
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
            doublings++;
        }

        return angle / (Math.Pow(2, doublings) * a);
    }

    /// <summary>Jacobi's sn, cn and dn.</summary>
    /// <param name="u">Argument, 0 to the quarter period.</param>
    public (double Sn, double Cn, double Dn) Jacobi(double u)
    {
        var quarter = QuarterPeriod;
        if (u <= quarter / 2)
        {
            return LowerHalf(u);
        }

        // Near the quarter period cn would cancel; its mirror image does not.
        var (s, c, d) = LowerHalf(quarter - u);
        return (c / d, K1 * s / d, K1 / d);
    }

    private (double Sn, double Cn, double Dn) LowerHalf(double u)
    {
        Span<double> ratios = stackalloc double[40];
        var (a, b, c, n) = (1.0, K1, K, 0);
        while (Math.Abs(c) > 1e-17 * a && n < ratios.Length - 1)
        {
            (a, b, c) = ((a + b) / 2, Math.Sqrt(a * b), (a - b) / 2);
            ratios[++n] = c / a;
        }

        var angle = Math.Pow(2, n) * a * u;
        for (; n > 0; n--)
        {
            angle = (angle + Math.Asin(ratios[n] * Math.Sin(angle))) / 2;
        }

        var (sn, cn) = Math.SinCos(angle);
        return (sn, cn, Math.Sqrt((K1 * K1) + (K * K * cn * cn)));
    }

    private static EllipticModulus FromNome(double q)
    {
        var (two, three, four) = (0.0, 1.0, 1.0);
        for (var n = 0; n < 8; n++)
        {
            two += Math.Pow(q, n * (n + 1));
            var term = 2 * Math.Pow(q, (n + 1) * (n + 1));
            three += term;
            four += n % 2 == 0 ? -term : term;
        }

        var small = 2 * Math.Pow(q, 0.25) * two / three;
        return new(small * small, four / three * (four / three));
    }

    private static double Mean(double a, double b)
    {
        for (var i = 0; i < 40 && Math.Abs(a - b) > 1e-16 * a; i++)
        {
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        }

        return a;
    }
}
