using SignalLab.Formats;
using SignalLab.Formats.Mat;

namespace SignalLab.Tests.Formats;

public class NeighbourFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new NeighbourFormat();

    protected override IEnumerable<string> RealSamples => ["meg/neighbors/elec1020_neighb.mat", "meg/neighbors/ctf275_neighb.mat"];

    protected override string Ending => ".mat";

    // All of the file is its content, and what is inflated of it counts too.
    protected override double OpeningShare => 30;

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var isCompressed in new[] { false, true })
        {
            var (path, mat) = (Path.Combine(scratch, $"caps{isCompressed}_neighb.mat"), new MatBytes());
            byte[] Named(string name) => mat.Text("", name);
            byte[][] items =
            [
                Named("Fz"), mat.Cells("", [2, 1], Named("Cz"), Named("Oz")),
                Named("Cz"), mat.Cells("", [1, 1], Named("Fz")),
                Named("Pz"), mat.Cells("", [1, 1], Named("Cz")),
            ];
            File.WriteAllBytes(path, mat.Add(mat.Struct("neighbours", [1, 3], ["label", "neighblabel"], items), isCompressed).ToArray());
            yield return path;
        }
    }

    [Fact]
    public void Each_pair_stands_once_and_sensors_that_are_not_listed_have_none()
    {
        using var folder = new TemporaryFolder();
        Assert.All(Samples(folder.Path), path =>
        {
            var study = KnownFormats.Open(path);
            Assert.Equal(["Fz", "Cz", "Pz"], study.Neighbours!.Labels);
            Assert.Equal([(0, 1), (1, 2)], study.Neighbours.Pairs);
        });
    }

    [Fact]
    public void Every_real_template_opens_by_its_content() => Assert.All(
        Directory.EnumerateFiles(SharedData.File("meg/neighbors"), "*.mat"), path => Assert.NotEmpty(KnownFormats.Open(path).Neighbours!.Pairs));
}
