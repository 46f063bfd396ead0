using System.Text.Json.Nodes;
using SignalLab.Analysis.Sources;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>The average response of one current dipole in a sphere, as a helmet of magnetometers and planar gradiometers records it.</summary>
public static class MegSimulation
{
    private const double RateHz = 250;
    private const double FirstLatencySeconds = -0.1;
    private const int Sites = 102;
    private const double HelmetMetres = 0.12;
    private const double BaselineMetres = 0.0168;
    private const double PeakSeconds = 0.1;

    // FIFF coil types of a point-like square magnetometer and a planar gradiometer of 16.8 mm baseline.
    private const int Magnetometer = 3024;
    private const int PlanarGradiometer = 3012;

    /// <summary>Simulates one condition.</summary>
    /// <param name="seed">Same seed, same samples.</param>
    /// <param name="averageCount">Epochs averaged; noise falls with its root.</param>
    /// <returns>An evoked recording (T and T/m, −0.1 to 0.5 s) and the dipole.</returns>
    public static Simulated<Recording> Create(int seed, int averageCount = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(averageCount);
        var noise = new SeededNoise(seed);
        var (place, moment) = (new Point3(-0.052, 0.004, 0.048), new Point3(6e-9, 17e-9, 24e-9));
        var count = (int)Math.Round(0.6 * RateHz) + 1;
        var channels = new List<Channel>();
        var samples = new List<double[]>();
        for (var site = 0; site < Sites; site++)
        {
            var coil = Helmet(site);
            foreach (var (suffix, kind, unit, type, sensitivity) in new[]
            {
                (2, ChannelKind.Grad, Unit.TeslaPerMetre, PlanarGradiometer, Gradient(coil.Place, coil.Ex, coil.Normal, place, moment)),
                (3, ChannelKind.Grad, Unit.TeslaPerMetre, PlanarGradiometer, Gradient(coil.Place, coil.Ey, coil.Normal, place, moment)),
                (1, ChannelKind.Mag, Unit.Tesla, Magnetometer, SphereField.FluxDensity(place, moment, coil.Place).Dot(coil.Normal)),
            })
            {
                var name = FormattableString.Invariant($"MEG {(site + 1):000}{suffix}");
                var (ex, ey) = suffix == 3 ? (coil.Ey, -1.0 * coil.Ex) : (coil.Ex, coil.Ey);
                channels.Add(new Channel(name, kind, unit, RateHz, count) { Sensor = new Sensor(name, coil.Place, new Coil(type, ex, ey, coil.Normal)), Frame = Frame.Device });
                samples.Add(Response(noise, count, sensitivity, (kind == ChannelKind.Mag ? 6e-15 : 2.5e-13) * 10 / Math.Sqrt(averageCount)));
            }
        }

        var recording = new Recording(channels, new MemorySamples(samples))
        {
            Start = new DateTime(2024, 3, 1, 11, 0, 0, DateTimeKind.Utc),
            Subject = new Subject("SIM-MEG"),
            Evoked = new Evoked("Left auditory, simulated", averageCount, FirstLatencySeconds),
            Transforms = [new Transform(Frame.Device, Frame.Head, Affine.Identity)],
            Fiducials = [new("nasion", new(0, 0.095, 0)), new("lpa", new(-0.075, 0, 0)), new("rpa", new(0.075, 0, 0))],
            Provenance = Simulation.Provenance("meg", seed, null),
        };
        var truth = new JsonObject
        {
            ["kind"] = "meg",
            ["seed"] = seed,
            ["rate_hz"] = RateHz,
            ["dipole_m"] = Simulation.Json(place),
            ["moment_nam"] = Simulation.Json(1e9 * moment),
            ["sphere_centre_m"] = Simulation.Json(new Point3(0, 0, 0)),
            ["peak_latency_s"] = PeakSeconds,
            ["nave"] = averageCount,
        };
        return new(recording, truth);
    }

    // Sites spread evenly over the cap of a sphere by the golden angle, from the vertex down to the ears.
    private static (Point3 Place, Point3 Ex, Point3 Ey, Point3 Normal) Helmet(int site)
    {
        var z = 1 - ((site + 0.5) / Sites * 1.15);
        var angle = site * Math.PI * (3 - Math.Sqrt(5));
        var r = Math.Sqrt(1 - (z * z));
        var normal = new Point3(r * Math.Cos(angle), r * Math.Sin(angle), z);
        var ex = new Point3(-Math.Sin(angle), Math.Cos(angle), 0);
        return (HelmetMetres * normal, ex, normal.Cross(ex), normal);
    }

    private static double Gradient(Point3 at, Point3 along, Point3 normal, Point3 dipole, Point3 moment)
    {
        var half = BaselineMetres / 2;
        var plus = SphereField.FluxDensity(dipole, moment, at + (half * along)).Dot(normal);
        var minus = SphereField.FluxDensity(dipole, moment, at - (half * along)).Dot(normal);
        return (plus - minus) / BaselineMetres;
    }

    private static double[] Response(SeededNoise noise, int count, double peak, double noiseSd)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var t = FirstLatencySeconds + (i / RateHz) - PeakSeconds;
            values[i] = (peak * Math.Exp(-t * t / (2 * 0.018 * 0.018))) + (noiseSd * noise.Normal());
        }

        return values;
    }
}
