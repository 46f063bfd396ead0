using SignalLab.Formats;
using SignalLab.Formats.Coils;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Coils;

public class CoilDefinitionContractTests : FormatContract
{
    protected override IFormat Format { get; } = new CoilDefinitionFormat();

    protected override IEnumerable<string> RealSamples => ["meg/coil_def_Elekta.dat"];

    protected override string Ending => ".dat";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "coil_def.dat");
        File.WriteAllText(path, CoilDefinitionFormatTests.Text);
        return [path];
    }

    // A text without a count: what stands before the cut is read.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var kept = cut.CoilDefinitions.Count - 1;
        ModelEquality.AssertSame(
            new() { CoilDefinitions = [.. original.CoilDefinitions.Take(kept)] }, new() { CoilDefinitions = [.. cut.CoilDefinitions.Take(kept)] });
        Assert.Equal(original.CoilDefinitions[kept].Points.Count, cut.CoilDefinitions[kept].Points.Count);
    }
}

public sealed class CoilDefinitionFormatTests : IDisposable
{
    public const string Text = """
        #
        #	MEG coil definition file
        #
        3   2       0   2  2.789e-02  1.620e-02	"a planar gradiometer size = 27.89  mm"
         61.7284  8.100e-03  0.000e+00  0.000e+00  0.000  0.000  1.000
        -61.7284 -8.100e-03  0.000e+00  0.000e+00  0.000  0.000  2.000
        # between
        1   3024    2   1  2.100e-02  0.000e+00	"a magnetometer"
          1.0000  0.000e+00  0.000e+00  3.000e-04  0.600  0.000  0.800
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Each_coil_keeps_its_points_weights_and_normals()
    {
        var definitions = Open(Text);
        Assert.Equal([(2, CoilClass.PlanarGradiometer, CoilAccuracy.Point, 0.02789, 0.0162), (3024, CoilClass.Magnetometer, CoilAccuracy.Accurate, 0.021, 0)], definitions.Select(d => (d.CoilType, d.Class, d.Accuracy, d.SizeMetres, d.BaselineMetres)));
        Assert.Equal("a planar gradiometer size = 27.89  mm", definitions[0].Description);
        Assert.Equal([new(61.7284, new(0.0081, 0, 0), new(0, 0, 1)), new CoilPoint(-61.7284, new(-0.0081, 0, 0), new(0, 0, 1))], definitions[0].Points);
        Assert.Equal(0.6, definitions[1].Points[0].Normal.X, 1e-12);
    }

    [Theory]
    [InlineData("1   3024    2   1 ", "1   3024    2   2 ")]
    [InlineData("1   3024    2   1 ", "9   3024    2   1 ")]
    [InlineData("1   3024    2   1 ", "1   3024    7   1 ")]
    [InlineData("0.600  0.000  0.800", "0.000  0.000  0.000")]
    [InlineData("0.600  0.000  0.800", "0.600  0.000")]
    [InlineData("2.100e-02", "much")]
    public void A_row_that_does_not_fit_is_named(string from, string to) => Assert.Throws<MalformedFileException>(() => Open(Text.Replace(from, to, StringComparison.Ordinal)));

    // Made with MNE-Python 1.3, _read_coil_def_file.
    [Fact]
    public void Real_definitions_agree_with_an_independent_reader()
    {
        var definitions = KnownFormats.Open(SharedData.File("meg/coil_def.dat")).CoilDefinitions;
        Assert.Equal(105, definitions.Count);
        var planar = definitions.Single(d => d.CoilType == 3012 && d.Accuracy == CoilAccuracy.Normal);
        Assert.Equal((4, 0.02639, 0.0168), (planar.Points.Count, planar.SizeMetres, planar.BaselineMetres));
        Assert.Equal(29.7619, planar.Points[0].Weight);
        Assert.All(definitions, d => Assert.Equal(d.Class == CoilClass.Magnetometer ? 1 : 0, d.Points.Sum(p => p.Weight), d.Class == CoilClass.PlanarGradiometer ? 0.01 : 0.002));
        Assert.All(definitions, d => Assert.NotEmpty(d.Description));
    }

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<CoilDefinition> Open(string text)
    {
        File.WriteAllText(folder["coil_def.dat"], text);
        return new CoilDefinitionFormat().Open(folder["coil_def.dat"]).CoilDefinitions;
    }
}
