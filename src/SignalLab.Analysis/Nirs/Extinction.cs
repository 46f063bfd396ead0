using System.Globalization;
using System.Reflection;

namespace SignalLab.Analysis.Nirs;

/// <summary>How much light haemoglobin takes away: molar extinction coefficients from 250 to 1000 nm, a line between the values of the table.</summary>
/// <remarks>
/// Source: S. Prahl, Tabulated molar extinction coefficient for hemoglobin in water, Oregon Medical Laser Center (1998), omlc.org/spectra/hemoglobin; compiled from data of
/// W. B. Gratzer (Medical Research Council, London) and N. Kollias (Wellman Laboratories, Boston). The table counts in decades; its factor to natural logarithms is 2.303.
/// </remarks>
internal static class Extinction
{
    private const double PerDecade = 2.303;
    private const double CentimetresPerMetre = 100;

    private static readonly Lazy<(double[] WavelengthsNm, double[] Oxygenated, double[] Deoxygenated)> Table = new(Read);

    /// <summary>Shortest and longest wavelength of the table.</summary>
    public static (double From, double To) RangeNm => (Table.Value.WavelengthsNm[0], Table.Value.WavelengthsNm[^1]);

    /// <summary>Absorption of both haemoglobins in 1 / (m · mol/L), by natural logarithm.</summary>
    /// <param name="wavelengthNm">Wavelength within <see cref="RangeNm"/>.</param>
    /// <returns>Of oxygenated and of deoxygenated haemoglobin.</returns>
    public static (double Oxygenated, double Deoxygenated) PerMetreAndMolar(double wavelengthNm)
    {
        var (wavelengths, oxygenated, deoxygenated) = Table.Value;
        ArgumentOutOfRangeException.ThrowIfLessThan(wavelengthNm, wavelengths[0]);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wavelengthNm, wavelengths[^1]);
        var found = Array.BinarySearch(wavelengths, wavelengthNm);
        var after = Math.Max(1, found >= 0 ? found : ~found);
        var part = (wavelengthNm - wavelengths[after - 1]) / (wavelengths[after] - wavelengths[after - 1]);
        double Between(double[] values) => PerDecade * CentimetresPerMetre * (values[after - 1] + (part * (values[after] - values[after - 1])));
        return (Between(oxygenated), Between(deoxygenated));
    }

    private static (double[] WavelengthsNm, double[] Oxygenated, double[] Deoxygenated) Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SignalLab.Analysis.Nirs.extinction.tsv")
            ?? throw new InvalidOperationException("The table extinction.tsv is not in the assembly.");
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t')).ToArray();
        double[] Column(int column) => Array.ConvertAll(rows, r => double.Parse(r[column], CultureInfo.InvariantCulture));
        return (Column(0), Column(1), Column(2));
    }
}
