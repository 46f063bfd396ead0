using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Nirs;

/// <summary>Recordings of light that a known change of both haemoglobins makes.</summary>
internal static class LightSample
{
    public const double RateHz = 10;
    public const double Metres = 0.03;

    // Prahl's table, in 1 / (cm · mol/L): wavelength, oxygenated, deoxygenated haemoglobin.
    private static readonly (double Nm, double Oxygenated, double Deoxygenated)[] Extinction = [(690, 276, 2051.96), (760, 586, 1548.52), (830, 974, 693.04), (850, 1058, 691.32)];

    /// <summary>A channel of light of a source and a detector 3 cm apart.</summary>
    public static Channel Light(string source, string detector, double? nm, long count, string unit = "V") =>
        new(FormattableString.Invariant($"{source}_{detector} {nm}"), ChannelKind.Nirs, Unit.Parse(unit), RateHz, count)
        {
            Light = new(source, detector, nm) { SourceMetres = new(0.01, 0.08, 0.02), DetectorMetres = new(0.01 + Metres, 0.08, 0.02) },
        };

    /// <summary>Optical densities that changes of both haemoglobins (mol/L) make on a path of factor times the distance.</summary>
    public static double[] Density(double nm, double factor, double[] oxygenated, double[] deoxygenated)
    {
        var (_, a, b) = Array.Find(Extinction, e => e.Nm == nm);
        return [.. oxygenated.Zip(deoxygenated, (o, d) => 2.303 * 100 * ((a * o) + (b * d)) * Metres * factor)];
    }

    /// <summary>A pair of source and detector as optical densities.</summary>
    public static Recording Densities(double[] oxygenated, double[] deoxygenated, double[] factors, params double[] wavelengths) => new(
        [.. wavelengths.Select(nm => Light("S1", "D1", nm, oxygenated.Length, "OD"))],
        new MemorySamples([.. wavelengths.Select((nm, i) => Density(nm, factors[factors.Length == 1 ? 0 : i], oxygenated, deoxygenated))]));

    /// <summary>Light of given channels.</summary>
    public static Recording Of(params (Channel Channel, double[] Samples)[] channels) =>
        new([.. channels.Select(c => c.Channel with { SampleCount = c.Samples.Length })], new MemorySamples([.. channels.Select(c => c.Samples)]));

    /// <summary>Positive noise around a level.</summary>
    public static double[] Noise(int count, int seed, double level = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => level * (1 + (0.2 * (random.NextDouble() - 0.5))))];
    }
}
