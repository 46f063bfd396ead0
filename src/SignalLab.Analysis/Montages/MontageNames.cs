using System.Globalization;

namespace SignalLab.Analysis.Montages;

/// <summary>Montages by the names under which users ask for them.</summary>
public static class MontageNames
{
    private const string Expected =
        "expected average, robust-average, linked-ears, rest, banana, transverse, circumferential, laplacian, laplacian:N[:distance], csd, csd:fitted, reference:A1+A2 or bipolar:A-B,…";

    extension(Montage)
    {
        /// <summary>The montage of a name.</summary>
        /// <param name="name">average, robust-average, linked-ears, rest, banana, transverse, circumferential, laplacian, laplacian:N[:distance], csd, csd:fitted, reference:A1+A2, bipolar:A-B,…</param>
        /// <returns>The montage.</returns>
        /// <exception cref="ArgumentException">No montage has that name.</exception>
        public static Montage Named(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            return name switch
            {
                "average" => Montage.AverageReference,
                "robust-average" => Montage.RobustAverage,
                "linked-ears" => Montage.LinkedEars,
                "rest" => Montage.Rest,
                "banana" => Montage.Banana,
                "transverse" => Montage.Transverse,
                "circumferential" => Montage.Circumferential,
                "laplacian" => Montage.Laplacian,
                "csd" => Montage.CurrentSourceDensity,
                "csd:fitted" => Montage.CurrentSourceDensityOf(new() { Centre = DensityCentre.FittedSphere }),
                _ when After(name, "laplacian:") is { } rule => Nearest(rule.Split(':')),
                _ when After(name, "reference:") is { } electrodes => Montage.Reference(electrodes.Split('+', StringSplitOptions.TrimEntries)),
                _ when After(name, "bipolar:") is { } pairs => Montage.Bipolar(pairs),
                _ => throw new ArgumentException(Expected + "."),
            };
        }
    }

    private static Montage Nearest(string[] rule) =>
        int.TryParse(rule[0], NumberStyles.None, CultureInfo.InvariantCulture, out var neighbours) && neighbours > 0 && (rule.Length == 1 || rule is [_, "distance"])
            ? Montage.NearestLaplacian(neighbours, rule.Length == 2)
            : throw new ArgumentException("expected a number of neighbours, for example laplacian:4 or laplacian:4:distance.");

    private static string? After(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
}
