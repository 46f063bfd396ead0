using System.Buffers.Binary;
using SignalLab.Formats;
using SignalLab.Formats.Xfit;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Xfit;

public class DipoleTextContractTests : FormatContract
{
    protected override IFormat Format { get; } = new DipoleTextFormat();

    protected override IEnumerable<string> RealSamples => ["meg/source/fixed_auto.dip", "meg/source/sample_audvis_trunc_xfit.dip"];

    protected override string Ending => ".dip";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "a.dip");
        File.WriteAllText(path, DipoleFormatTests.Mne);
        return [path];
    }

    // A list without a count: the lines before the cut are read. Its name stands at the end.
    protected override void AssertCutLosesNothing(Study original, Study cut) =>
        Assert.Equal(original.Dipoles.Take(cut.Dipoles.Count - 1).Select(d => d with { Name = "" }), cut.Dipoles.Take(cut.Dipoles.Count - 1).Select(d => d with { Name = "" }));
}

public class DipoleBinaryContractTests : FormatContract
{
    protected override IFormat Format { get; } = new DipoleBinaryFormat();

    protected override IEnumerable<string> RealSamples => ["meg/source/sample_audvis_trunc_xfit.bdip"];

    protected override string Ending => ".bdip";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "a.bdip");
        File.WriteAllBytes(path, [.. DipoleFormatTests.Record(0.04f), .. DipoleFormatTests.Record(0.05f)]);
        return [path];
    }

    // A list without a count: the records before the cut are read.
    protected override void AssertCutLosesNothing(Study original, Study cut) => Assert.Equal(original.Dipoles.Take(cut.Dipoles.Count), cut.Dipoles);
}

public sealed class DipoleFormatTests : IDisposable
{
    public const string Mne = """
        # CoordinateSystem "Head"
        #   begin     end   X (mm)   Y (mm)   Z (mm)   Q(nAm)  Qx(nAm)  Qy(nAm)  Qz(nAm)    g(%)
              0.5     1.5    10.00    20.00    30.00    50.00    30.00     0.00   -40.00   98.50
              2.0     2.0   -10.00     0.00    30.00     5.00     0.00     5.00     0.00    7.25
        ## Name "someone's dipoles" Style "Dipoles"
        """;

    private readonly TemporaryFolder folder = new();

    public static byte[] Record(float time)
    {
        var bytes = new byte[196];
        float[] numbers = [time, time + 0.001f, 0, 0, 0.04f, 0.01f, 0.02f, 0.05f, 1e-8f, -2e-8f, 3e-8f, 0.9f];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(4 + (4 * i)), numbers[i]);
        }

        BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(184), 300);
        return bytes;
    }

    [Theory]
    [InlineData("source/fixed_auto.dip")]
    [InlineData("source/sample_audvis-ave_xfit.dip")]
    [InlineData("source/sample_audvis_trunc_xfit.dip")]
    [InlineData("source/sample_audvis_trunc_xfit.bdip")]
    public void Real_lists_agree_with_an_independent_reader(string file)
    {
        var expected = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty(file);
        var dipoles = KnownFormats.Open(SharedData.File("meg/" + file)).Dipoles;
        Assert.Equal(expected.GetProperty("n").GetInt32(), dipoles.Count);
        for (var i = 0; i < dipoles.Count; i++)
        {
            double[] Triple(string name) => [.. expected.GetProperty(name)[i].EnumerateArray().Select(v => v.GetDouble())];
            var strength = expected.GetProperty("amplitude_Am")[i].GetDouble();
            Assert.Equal(expected.GetProperty("times")[i].GetDouble(), dipoles[i].BeginSeconds, 1e-9);
            Near(Triple("pos_m"), dipoles[i].PositionMetres);
            Near([.. Triple("ori").Select(o => o * strength)], dipoles[i].MomentAmpereMetres);
            Assert.Equal(expected.GetProperty("gof")[i].GetDouble() / 100, dipoles[i].GoodnessOfFit!.Value, 1e-6);
        }
    }

    [Fact]
    public void Text_as_MNE_writes_it_is_read()
    {
        File.WriteAllText(folder["a.dip"], Mne);
        var dipoles = KnownFormats.Open(folder["a.dip"]).Dipoles;
        Assert.Equal([(0.0005, 0.0015), (0.002, 0.002)], dipoles.Select(d => (Math.Round(d.BeginSeconds, 9), Math.Round(d.EndSeconds, 9))));
        Near([0.01, 0.02, 0.03], dipoles[0].PositionMetres);
        Near([3e-8, 0, -4e-8], dipoles[0].MomentAmpereMetres);
        Assert.Equal((0.985, "someone's", null), (Math.Round(dipoles[0].GoodnessOfFit!.Value, 9), dipoles[0].Name, dipoles[0].ChiSquared));
    }

    [Fact]
    public void A_row_with_other_columns_than_named_is_refused()
    {
        File.WriteAllText(folder["a.dip"], Mne.Replace("   98.50", "", StringComparison.Ordinal));
        Assert.Contains("10 numbers", Assert.Throws<MalformedFileException>(() => KnownFormats.Open(folder["a.dip"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_errors_count_only_where_they_were_computed()
    {
        File.WriteAllBytes(folder["a.bdip"], Record(0.04f));
        var dipole = Assert.Single(KnownFormats.Open(folder["a.bdip"]).Dipoles);
        Assert.Equal((null, 300.0), (dipole.ConfidenceVolumeCubicMetres, dipole.ChiSquared!.Value));
    }

    public void Dispose() => folder.Dispose();

    private static void Near(double[] expected, Point3 actual) => SharedData.AssertClose(expected, [actual.X, actual.Y, actual.Z], 2e-6);
}
