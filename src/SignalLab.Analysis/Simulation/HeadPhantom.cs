using System.Text.Json.Nodes;
using SignalLab.Analysis.Imaging;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>A head of nested ellipsoids, T1-like, with a bright marker on the right so that a mirrored picture shows.</summary>
public static class HeadPhantom
{
    /// <summary>A tissue: its ellipsoid in RAS millimetres and its T1-like brightness.</summary>
    private readonly record struct Tissue(string Name, Point3 Centre, Point3 HalfAxes, double Brightness);

    private static readonly Tissue[] Tissues =
    [
        new("scalp", new(0, 0, 0), new(78, 96, 88), 620),
        new("skull", new(0, 0, 0), new(73, 91, 83), 110),
        new("csf", new(0, 0, 0), new(68, 86, 78), 170),
        new("grey matter", new(0, -1, 1), new(65, 83, 75), 430),
        new("white matter", new(0, -2, 0), new(54, 70, 61), 760),
        new("left ventricle", new(-9, -6, 6), new(6, 24, 9), 170),
        new("right ventricle", new(9, -6, 6), new(6, 24, 9), 170),
        new("left eye", new(-30, 86, -22), new(12, 12, 12), 260),
        new("right eye", new(30, 86, -22), new(12, 12, 12), 260),
        new("nose", new(0, 102, -20), new(10, 14, 16), 600),
        new("marker on the right", new(82, 0, 0), new(7, 7, 7), 980),
    ];

    /// <summary>A T1-like volume.</summary>
    /// <param name="seed">Same seed, same voxels.</param>
    /// <returns>The volume (3 mm, RAS) and the ellipsoids.</returns>
    public static Simulated<ParameterMap> T1(int seed)
    {
        var noise = new SeededNoise(seed);
        var grid = Grid(64, 78, 66, 3);
        var values = Fill(grid, p => Math.Round(Math.Max(0, Brightness(p) + (9 * noise.Normal()))));
        var map = new ParameterMap(Quantity.Intensity, Unit.One, grid, new MemoryValues(values, grid.Count))
        {
            Modality = "MR",
            Window = (450, 900),
            Provenance = Simulation.Provenance("mri", seed, null),
        };
        var truth = new JsonObject
        {
            ["kind"] = "mri",
            ["seed"] = seed,
            ["tissues"] = new JsonArray([.. Tissues.Select(t => (JsonNode)new JsonObject { ["name"] = t.Name, ["centre_mm"] = Simulation.Json(t.Centre), ["half_axes_mm"] = Simulation.Json(t.HalfAxes), ["brightness"] = t.Brightness })]),
        };
        return new(map, truth);
    }

    /// <summary>An fMRI-like series: blocks of a task activate one region with a known time course.</summary>
    /// <param name="seed">Same seed, same voxels.</param>
    /// <param name="durationSeconds">Length, at least 40 s.</param>
    /// <returns>The series (6 mm, every 2.5 s) and the region, the blocks and the time course.</returns>
    public static Simulated<ParameterMap> Fmri(int seed, double durationSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(durationSeconds, 40);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(durationSeconds, 3600);
        const double RepetitionSeconds = 2.5;
        const double BlockSeconds = 15;
        var noise = new SeededNoise(seed);
        var grid = Grid(32, 38, 32, 6);
        var frames = (int)(durationSeconds / RepetitionSeconds);
        double[] onsets = [.. Enumerable.Range(0, (int)(durationSeconds / (2 * BlockSeconds))).Select(i => (2 * i * BlockSeconds) + BlockSeconds)];
        var course = HaemodynamicResponse.ToBlocks(onsets, BlockSeconds, RepetitionSeconds, frames);
        var region = new Tissue("left motor region", new(-38, -18, 48), new(16, 14, 14), 0.04);
        var still = Fill(grid, p => Inside(p, Tissues[2]) ? 300 + (0.5 * Brightness(p)) : 12);
        var active = Fill(grid, p => Inside(p, region) ? region.Brightness : 0);
        var values = new double[frames * still.Length];
        for (var f = 0; f < frames; f++)
        {
            for (var i = 0; i < still.Length; i++)
            {
                values[(f * still.Length) + i] = Math.Round(Math.Max(0, (still[i] * (1 + (active[i] * course[f]))) + (4 * noise.Normal())));
            }
        }

        var map = new ParameterMap(Quantity.Intensity, Unit.One, grid, new MemoryValues(values, grid.Count))
        {
            Axes = [Axis.Uniform(AxisKind.Time, Unit.Second, 0, RepetitionSeconds, frames)],
            Modality = "MR",
            Provenance = Simulation.Provenance("fmri", seed, durationSeconds),
        };
        var truth = new JsonObject
        {
            ["kind"] = "fmri",
            ["seed"] = seed,
            ["repetition_s"] = RepetitionSeconds,
            ["block_onset_s"] = Simulation.Json(onsets),
            ["block_duration_s"] = BlockSeconds,
            ["region_centre_mm"] = Simulation.Json(region.Centre),
            ["region_half_axes_mm"] = Simulation.Json(region.HalfAxes),
            ["signal_change"] = region.Brightness,
            ["time_course"] = Simulation.Json(course),
        };
        return new(map, truth);
    }

    private static GridSupport Grid(int x, int y, int z, double stepMm) => new(
        x, y, z, Affine.FromColumns(new(stepMm, 0, 0), new(0, stepMm, 0), new(0, 0, stepMm), new(-stepMm * (x - 1) / 2, (-stepMm * (y - 1) / 2) + 4, -stepMm * (z - 1) / 2)));

    private static double[] Fill(GridSupport grid, Func<Point3, double> value)
    {
        var values = new double[grid.Count];
        for (var k = 0; k < grid.SizeZ; k++)
        {
            for (var j = 0; j < grid.SizeY; j++)
            {
                for (var i = 0; i < grid.SizeX; i++)
                {
                    values[grid.IndexOf(i, j, k)] = value(grid.ToMillimetres.Apply(new(i, j, k)));
                }
            }
        }

        return values;
    }

    private static bool Inside(Point3 p, Tissue t)
    {
        var d = p - t.Centre;
        return Math.Pow(d.X / t.HalfAxes.X, 2) + Math.Pow(d.Y / t.HalfAxes.Y, 2) + Math.Pow(d.Z / t.HalfAxes.Z, 2) <= 1;
    }

    private static double Brightness(Point3 p)
    {
        var brightness = 8.0;
        foreach (var tissue in Tissues)
        {
            if (Inside(p, tissue))
            {
                brightness = tissue.Brightness;
            }
        }

        return brightness;
    }
}
