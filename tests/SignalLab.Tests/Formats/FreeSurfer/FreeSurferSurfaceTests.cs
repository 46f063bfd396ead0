using System.Buffers.Binary;
using SignalLab.Formats;
using SignalLab.Formats.FreeSurfer;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.FreeSurfer;

public class FreeSurferSurfaceTests : FormatContract
{
    protected override IFormat Format { get; } = new FreeSurferSurface();

    protected override IEnumerable<string> RealSamples => ["meg/source/inner_skull.surf"];

    protected override string Ending => ".surf";

    // The header's two lines are looked for first.
    protected override double OpeningShare => 1.1;

    protected override IEnumerable<string> Samples(string scratch) => [Write(Path.Combine(scratch, "lh.white"), 4)];

    [Fact]
    public void Vertices_are_in_millimetres_of_the_MRI()
    {
        using var folder = new TemporaryFolder();
        var surface = Assert.Single(KnownFormats.Open(Write(folder["lh.white"], 4)).Surfaces);
        Assert.Equal(("lh.white", Frame.Mri), (surface.Name, surface.Mesh.Frame));
        Assert.Equal(new Point3(90, 0, -30), surface.Mesh.Vertices[1]);
        Assert.Equal([(0, 1, 2), (1, 3, 2)], surface.Mesh.Triangles);
    }

    [Fact]
    public void Counts_beyond_the_file_and_corners_beyond_the_vertices_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<MalformedFileException>(() => Format.Open(Write(folder["a"], int.MaxValue)));
        Assert.Equal("triangle", Assert.Throws<MalformedFileException>(() => Format.Open(Write(folder["b"], 4, corner: 4))).Field);
    }

    [Fact]
    public void A_real_surface_agrees_with_an_independent_reader()
    {
        var expected = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty("source/inner_skull.surf");
        var mesh = Assert.Single(KnownFormats.Open(SharedData.File("meg/source/inner_skull.surf")).Surfaces).Mesh;
        Assert.Equal((expected.GetProperty("n_rr").GetInt32(), expected.GetProperty("n_tris").GetInt32()), (mesh.Vertices.Count, mesh.Triangles.Count));
        Assert.All(expected.GetProperty("rr3").EnumerateArray().Zip(mesh.Vertices), p => Assert.All(p.First.EnumerateArray().Zip([p.Second.X, p.Second.Y, p.Second.Z]), v => Assert.Equal(v.First.GetDouble(), v.Second, 6e-5)));
        Assert.Equal(expected.GetProperty("tris3").EnumerateArray().Select(t => (t[0].GetInt32(), t[1].GetInt32(), t[2].GetInt32())), mesh.Triangles.Take(3));
    }

    private static string Write(string path, int vertices, int corner = 3)
    {
        float[] points = [0, 0, 100, 90, 0, -30, -50, 80, -30, -50, -80, -30];
        int[] words = [vertices, 2, .. points.Select(BitConverter.SingleToInt32Bits), 0, 1, 2, 1, corner, 2];
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        }

        File.WriteAllBytes(path, [0xff, 0xff, 0xfe, .. "made for a test\n\n"u8, .. bytes]);
        return path;
    }
}
