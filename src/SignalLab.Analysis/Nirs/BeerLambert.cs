namespace SignalLab.Analysis.Nirs;

/// <summary>The modified Beer–Lambert law solved for both haemoglobins: ΔOD(λ) = (ε_HbO(λ) · ΔHbO + ε_HbR(λ) · ΔHbR) · distance · factor(λ).</summary>
/// <remarks>Source: D. T. Delpy et al., Phys Med Biol 33 (1988) 1433–1442; L. Kocsis et al., Phys Med Biol 51 (2006) N91–N98.</remarks>
internal static class BeerLambert
{
    // Squared ratio of the largest to the smallest singular value from which on two spectra are not told apart.
    private const double MostSkewed = 1e6;

    /// <summary>Weights of the optical densities in each haemoglobin: the inverse for two wavelengths, least squares for more.</summary>
    /// <param name="wavelengthsNm">Wavelengths within <see cref="Extinction.RangeNm"/>.</param>
    /// <param name="distanceMetres">From source to detector, above 0.</param>
    /// <param name="pathlengthFactors">A factor for each wavelength, above 0.</param>
    /// <returns>mol/L for each unit of optical density: a row of oxygenated, one of deoxygenated haemoglobin; null where the wavelengths do not tell them apart.</returns>
    public static (double[] Oxygenated, double[] Deoxygenated)? Weights(ReadOnlySpan<double> wavelengthsNm, double distanceMetres, ReadOnlySpan<double> pathlengthFactors)
    {
        var n = wavelengthsNm.Length;
        var (a, b) = (new double[n], new double[n]);
        var (aa, ab, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var (oxygenated, deoxygenated) = Extinction.PerMetreAndMolar(wavelengthsNm[i]);
            var path = distanceMetres * pathlengthFactors[i];
            (a[i], b[i]) = (oxygenated * path, deoxygenated * path);
            (aa, ab, bb) = (aa + (a[i] * a[i]), ab + (a[i] * b[i]), bb + (b[i] * b[i]));
        }

        // The determinant as a sum of squares (Lagrange), which does not cancel.
        var determinant = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                var minor = (a[i] * b[j]) - (a[j] * b[i]);
                determinant += minor * minor;
            }
        }

        if (!(determinant * MostSkewed > (aa + bb) * (aa + bb)))
        {
            return null;
        }

        double[] first = [.. a.Zip(b, (x, y) => ((bb * x) - (ab * y)) / determinant)];
        double[] second = [.. a.Zip(b, (x, y) => ((aa * y) - (ab * x)) / determinant)];
        return (first, second);
    }
}
