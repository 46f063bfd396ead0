using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Electrodes;

/// <summary>Real electrode files against an independent reader, after one uniform scale.</summary>
public class ElectrodeOracleTests
{
    public static TheoryData<string> Files => [.. SharedData.Oracles("eeg/oracles", "electrodes__").Select(f => f["electrodes__".Length..^".json".Length])];

    [Theory]
    [MemberData(nameof(Files))]
    public void Names_and_positions_equal_the_reference(string file)
    {
        var oracle = SharedData.Oracle($"eeg/oracles/electrodes__{file}.json");
        var study = KnownFormats.Open(SharedData.File($"eeg/electrodes/{file}"));
        var layout = Assert.Single(study.Layouts);
        if (oracle.TryGetProperty("names", out var names))
        {
            Assert.Equal(names.EnumerateArray().Select(n => n.GetString()), layout.Sensors.Select(s => s.Name));
            AssertPlaces(oracle, "positions_m", layout);
        }
        else if (oracle.TryGetProperty("rows", out var rows))
        {
            Assert.Equal(oracle.GetProperty("n").GetInt32(), layout.Sensors.Count);
            Assert.Equal(rows.EnumerateArray().Select(r => r[1].GetString()), layout.Sensors.Take(rows.GetArrayLength()).Select(s => s.Name));
        }
    }

    [Fact]
    public void Every_standard_montage_equals_the_reference()
    {
        var montages = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty("montages").GetProperty("montages");
        foreach (var montage in montages.EnumerateObject())
        {
            var file = Directory.EnumerateFiles(SharedData.File("meg/montages"), montage.Name + ".*").Single();
            var layout = Assert.Single(KnownFormats.Open(file).Layouts);
            Assert.True(montage.Value.GetProperty("n").GetInt32() == layout.Sensors.Count, $"{montage.Name}: {layout.Sensors.Count}");
            if (!HasFractionalAngles(file))
            {
                AssertPlaces(montage.Value, "ch_pos", layout);
            }
        }
    }

    [Fact]
    public void Every_montage_file_opens_upright()
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.File("meg/montages")))
        {
            var layout = Assert.Single(KnownFormats.Open(file).Layouts);
            foreach (var (name, right, front) in new[] { ("Fp1", -1, 1), ("O2", 1, -1), ("T8", 1, 0) })
            {
                if (layout.Find(name) is { PositionMetres: var p })
                {
                    Assert.True(right * p.X > 0 && (front == 0 || front * p.Y > 0), $"{file} {name} {p}");
                }
            }
        }
    }

    // The reference reads angles as whole numbers and cuts 11.25 degrees to 11: there the file is right, not the reference.
    private static bool HasFractionalAngles(string file) =>
        Path.GetExtension(file) == ".txt" && File.ReadLines(file).Skip(1).Any(l => l.Split('\t', ' ').Skip(1).Any(w => w.Contains('.')));

    private static void AssertPlaces(JsonElement oracle, string property, SensorLayout layout)
    {
        var expected = oracle.GetProperty(property).EnumerateObject().Select(p => (p.Name, Place: Point(p.Value))).ToList();
        foreach (var (role, fiducial) in layout.Fiducials.Select(f => (f.Name, f.PositionMetres)))
        {
            if (oracle.TryGetProperty(role, out var place) && place.ValueKind == JsonValueKind.Array && !IsReplaced(oracle))
            {
                expected.Add(("*" + role, Point(place)));
            }
        }

        var pairs = expected.ConvertAll(e => (e.Name, e.Place, Actual: e.Name[0] == '*' ? layout.Fiducials.First(f => f.Name == e.Name[1..]).PositionMetres : layout.Sensors.Last(s => s.Name == e.Name).PositionMetres));
        var scale = pairs.Sum(p => p.Place.Dot(p.Actual)) / pairs.Sum(p => p.Actual.Dot(p.Actual));
        Assert.All(pairs, p => Assert.True((p.Place - (scale * p.Actual)).Norm < 1e-5, $"{p.Name}: {scale * p.Actual} for {p.Place}"));
    }

    // Montages in MRI coordinates carry the landmarks of another head in the reference.
    private static bool IsReplaced(JsonElement oracle) => oracle.TryGetProperty("coord_frame", out var frame) && frame.GetString() == "mri";

    private static Point3 Point(JsonElement p) => new(p[0].GetDouble(), p[1].GetDouble(), p[2].GetDouble());
}
