using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Nirx;

/// <summary>Where sources and detectors are: <c>*_probeInfo.mat</c> beside the header, centimetres in MNI space.</summary>
/// <param name="Sources">Sources in order of their number.</param>
/// <param name="Detectors">Detectors in order of their number.</param>
internal sealed record NirxProbe(IReadOnlyList<Point3> Sources, IReadOnlyList<Point3> Detectors)
{
    private const double MetresPerCentimetre = 0.01;

    /// <summary>Reads the probe beside a header; without places where there is none.</summary>
    /// <param name="headerPath">The header.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static NirxProbe Beside(string headerPath, List<string> remarks)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(headerPath))!, Path.GetFileNameWithoutExtension(headerPath) + "_probeInfo.mat");
        if (!File.Exists(beside))
        {
            remarks.Add("No probe information lies beside the header: places of sources and detectors are not known.");
            return new([], []);
        }

        var probes = (MatFile.Open(beside)["probeInfo"] as MatStruct) is { Count: > 0 } info ? info.Field(0, "probes") as MatStruct : null;
        return new(Points(probes, "coords_s3"), Points(probes, "coords_d3"));
    }

    private static Point3[] Points(MatStruct? probes, string field)
    {
        if (probes is not { Count: > 0 } || probes.Field(0, field) is not MatNumbers { Dimensions: [var rows, 3] } numbers || rows > 100_000)
        {
            return [];
        }

        // The first size varies fastest.
        var values = new double[3 * rows];
        numbers.Read(0, values);
        Point3[] points = [.. Enumerable.Range(0, (int)rows).Select(r => MetresPerCentimetre * new Point3(values[r], values[rows + r], values[(2 * rows) + r]))];
        return points.All(p => double.IsFinite(p.Norm)) ? points : [];
    }
}
