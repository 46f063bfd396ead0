using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>What an independent reader (MNE-Python 1.3) says of real files of source analysis.</summary>
public class FiffModelOracleTests
{
    private static readonly (int Id, string Name)[] Names = [(1, "inner skull"), (3, "outer skull"), (4, "head")];

    [Fact]
    public void A_noise_covariance_agrees()
    {
        var (expected, study) = Files("fif/test-cov.fif");
        var covariance = Assert.Single(study.NoiseCovariances);
        var n = expected.GetProperty("n").GetInt32();
        Assert.Equal(n, covariance.Channels.Count);
        Assert.Equal(expected.GetProperty("nfree").GetInt32(), covariance.DegreesOfFreedom);
        Assert.Equal(expected.GetProperty("first_names").EnumerateArray().Select(e => e.GetString()!), covariance.Channels.Take(4));
        Assert.Equal(expected.GetProperty("projs").GetInt32(), covariance.Projectors.Count);
        Near(Numbers(expected.GetProperty("diag8")), [.. Enumerable.Range(0, 8).Select(i => covariance[i, i])]);
        Near(Numbers(expected.GetProperty("row0_8")), [.. Enumerable.Range(0, 8).Select(i => covariance[0, i])]);
        Near(Numbers(expected.GetProperty("eeg_diag8")), [.. Enumerable.Range(n - 8, 8).Select(i => covariance[i, i])]);
        Near([expected.GetProperty("trace").GetDouble()], [Enumerable.Range(0, n).Sum(i => covariance[i, i])]);
    }

    [Theory]
    [InlineData("fif/test-proj.fif")]
    [InlineData("source/sample_audvis_ecg-proj.fif")]
    public void Projectors_agree(string file)
    {
        var (expected, study) = Files(file);
        var projectors = expected.GetProperty("projs");
        Assert.Equal(projectors.GetArrayLength(), study.Projectors.Count);
        foreach (var (wanted, found) in projectors.EnumerateArray().Zip(study.Projectors))
        {
            Assert.Equal(wanted.GetProperty("desc").GetString(), found.Name);
            Assert.Equal(wanted.GetProperty("ncol").GetInt32(), found.Channels.Count);
            Assert.Equal(wanted.GetProperty("names").EnumerateArray().Select(e => e.GetString()!), found.Channels.Take(4));
            Near(Numbers(wanted.GetProperty("first8")), found.Vectors[0].AsSpan(0, 8));
            Assert.Equal(wanted.GetProperty("norm").GetDouble(), Math.Sqrt(found.Vectors[0].Sum(v => v * v)), 1e-6);
        }
    }

    [Theory]
    [InlineData("source/fsaverage-trans.fif")]
    [InlineData("source/sample_audvis_trunc-trans.fif")]
    public void Transforms_agree(string file)
    {
        var (expected, study) = Files(file);
        var transform = Assert.Single(study.Transforms);
        Assert.Equal((Frame.Head, Frame.Mri), (transform.From, transform.To));
        Near([.. expected.GetProperty("trans").EnumerateArray().SelectMany(Numbers)], transform.Matrix.ToArray());
    }

    [Fact]
    public void Source_spaces_agree()
    {
        var (expected, study) = Files("fif/small-src.fif.gz");
        var spaces = expected.GetProperty("spaces");
        Assert.Equal(spaces.GetArrayLength(), study.SourceSpaces.Count);
        foreach (var (wanted, found) in spaces.EnumerateArray().Zip(study.SourceSpaces))
        {
            Assert.Equal(SourceSpaceKind.Surface, found.Kind);
            Assert.Equal(wanted.GetProperty("id").GetInt32() == 101 ? "left hemisphere" : "right hemisphere", found.Name);
            Assert.Equal((wanted.GetProperty("np").GetInt32(), wanted.GetProperty("nuse").GetInt32()), (found.PositionsMetres.Count, found.Used.Count));
            Assert.Equal(wanted.GetProperty("vertno8").EnumerateArray().Select(v => v.GetInt32()), found.Used.Take(8));
            Points(wanted.GetProperty("rr3"), found.PositionsMetres, 1);
            Assert.Equal((2048, 512, 1026), (found.Triangles.Count, found.UsedTriangles.Count, found.Nearest!.Count));
        }
    }

    [Theory]
    [InlineData("source/sample-1280-bem.fif")]
    [InlineData("source/sample-320-320-320-bem.fif")]
    [InlineData("source/fsaverage-inner_skull-bem.fif")]
    public void Boundary_element_models_agree(string file)
    {
        var (expected, study) = Files(file);
        var surfaces = expected.GetProperty("surfaces");
        Assert.Equal(surfaces.GetArrayLength(), study.Surfaces.Count);
        foreach (var (wanted, found) in surfaces.EnumerateArray().Zip(study.Surfaces))
        {
            Assert.Equal(Names.First(n => n.Id == wanted.GetProperty("id").GetInt32()).Name, found.Name);
            Assert.Equal((wanted.GetProperty("np").GetInt32(), wanted.GetProperty("ntri").GetInt32()), (found.Mesh.Vertices.Count, found.Mesh.Triangles.Count));
            Assert.Equal(wanted.GetProperty("sigma").GetDouble(), found.ConductivitySiemensPerMetre!.Value, 1e-7);
            Points(wanted.GetProperty("rr3"), found.Mesh.Vertices, 1000);
            Assert.Equal(wanted.GetProperty("tris3").EnumerateArray().SelectMany(t => t.EnumerateArray().Select(v => v.GetInt32())), found.Mesh.Triangles.Take(3).SelectMany(t => new[] { t.A, t.B, t.C }));
        }
    }

    // Counts and frames as MNE-Python 1.3's read_bem_surfaces gives them.
    [Theory]
    [InlineData("source/fsaverage-head.fif", "head", 2033, 4062, "mri")]
    [InlineData("helmets/306m.fif.gz", "helmet", 304, 568, "device")]
    [InlineData("helmets/122m.fif.gz", "helmet", 260, 476, "device")]
    [InlineData("helmets/CTF_275.fif.gz", "helmet", 342, 600, "device")]
    [InlineData("helmets/KIT.fif.gz", "helmet", 304, 568, "mri")]
    public void Heads_and_helmets_are_surfaces(string file, string name, int vertices, int triangles, string frame)
    {
        var surface = Assert.Single(KnownFormats.Open(SharedData.File("meg/" + file)).Surfaces);
        Assert.Equal((name, vertices, triangles, frame), (surface.Name, surface.Mesh.Vertices.Count, surface.Mesh.Triangles.Count, surface.Mesh.Frame.Name));
        Assert.Null(surface.Normals is { } normals && normals.Any(n => Math.Abs(n.Norm - 1) > 1e-3) ? "a normal that is no unit vector" : null);
    }

    [Theory]
    [InlineData("source/fsaverage-fiducials.fif")]
    [InlineData("source/sample-fiducials.fif")]
    public void Fiducials_agree(string file)
    {
        var (expected, study) = Files(file);
        var layout = Assert.Single(study.Layouts);
        Assert.Equal(Frame.Mri, layout.Frame);
        Assert.Equal(["lpa", "nasion", "rpa"], layout.Fiducials.Select(f => f.Name));
        foreach (var (wanted, found) in expected.GetProperty("points").EnumerateArray().Zip(layout.Fiducials))
        {
            Near(Numbers(wanted[2]), [found.PositionMetres.X, found.PositionMetres.Y, found.PositionMetres.Z]);
        }
    }

    [Theory]
    [InlineData("fif/test-eve.fif", 31)]
    [InlineData("fif/test-1-eve.fif", 1)]
    [InlineData("fif/test_raw-eve.fif", 63)]
    public void Events_agree(string file, int count)
    {
        // The reference lists the first sixty.
        var (expected, study) = Files(file);
        Assert.Equal(count, study.Events.Count);
        Assert.Equal(
            expected.GetProperty("events").EnumerateArray().Select(e => new TriggerEvent(e[0].GetInt64(), e[1].GetInt64(), e[2].GetInt64())), study.Events.Take(60));
    }

    [Fact]
    public void Events_with_texts_keep_them()
    {
        var study = KnownFormats.Open(SharedData.File("meg/fif/test_raw-annot.fif"));
        Assert.Equal([(27001L, 1001L, "Two sec"), (27604, 1002, "Three and four sec"), (28203, 1002, "Three and four sec")], study.Events.Select(e => (e.Sample, e.After, e.Text)));
    }

    [Fact]
    public void Compensations_agree()
    {
        var expected = SharedData.Oracle("meg/oracles/io_raw.json").GetProperty("files").GetProperty("fif/test_ctf_comp_raw.fif").GetProperty("comps");
        var recording = Recordings.Open(SharedData.File("meg/fif/test_ctf_comp_raw.fif"));
        Assert.Equal(["G1BR", "G2BR", "G2OI", "G3BR", "G3OI"], recording.Compensations.Select(c => c.Name));
        Assert.Equal(expected.EnumerateArray().Select(c => c.GetProperty("kind").GetInt32()), recording.Compensations.Select(c => c.Grade));
        foreach (var (wanted, found) in expected.EnumerateArray().Zip(recording.Compensations.Select(c => c.Coefficients)))
        {
            Assert.Equal(wanted.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()), [found.Rows.Count, found.Columns.Count]);
            Near([wanted.GetProperty("frob").GetDouble()], [Math.Sqrt(found.Values.Sum(r => r.Sum(v => v * v)))]);
        }
    }

    // Made with MNE-Python 1.3: read_tag of the matrix, its first column and its number of elements other than 0.
    [Fact]
    public void Cross_talk_agrees()
    {
        var matrix = KnownFormats.Open(SharedData.File("meg/sss/ct_sparse.fif")).CrossTalk!;
        Assert.Equal((306, 306), (matrix.Rows.Count, matrix.Columns.Count));
        Assert.Equal(5360, matrix.Values.Sum(r => r.Count(v => v != 0)));
        Near([1, 1.710e-3, -7.600e-5, 3.634e-3, 2.195e-3], [.. Enumerable.Range(0, 5).Select(r => matrix.Values[r][0])]);
    }

    private static (JsonElement Expected, Study Study) Files(string file) =>
        (SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty(file), KnownFormats.Open(SharedData.File("meg/" + file)));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    private static void Near(double[] expected, ReadOnlySpan<double> actual) => SharedData.AssertClose(expected, actual, 1e-6);

    // The reference prints six decimals of metres.
    private static void Points(JsonElement expected, IReadOnlyList<Point3> actual, double scale)
    {
        foreach (var (wanted, found) in expected.EnumerateArray().Zip(actual))
        {
            Assert.All(Numbers(wanted).Zip([found.X, found.Y, found.Z]), p => Assert.Equal(scale * p.First, p.Second, scale * 5.1e-7));
        }
    }
}
