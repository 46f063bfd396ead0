using SignalLab.Formats;
using SignalLab.Formats.Nifti;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class NiftiFormatTests : FormatContract
{
    private static readonly double[] Placed = [2, 0, 0, -10, 0, 3, 0, -20, 0, 0, 4, -30];

    protected override IFormat Format { get; } = new NiftiFormat();

    protected override double OpeningShare => 1.2;

    protected override Action<Study, string> Writer => (study, path) => NiftiWriter.Write(study.Maps[0], path);

    protected override IEnumerable<string> RealSamples => ["imaging/fmri/functional.nii", "imaging/nifti/reoriented_anat_moved.nii", "imaging/nifti/example_nifti2.nii.gz"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var basis = new NiftiSample { Sform = 1, Rows = Placed };
        yield return (basis with { Dim = [4, 5, 4, 3, 6], Pixdim = [1, 2, 3, 4, 1.5, 0, 0, 0], Units = 10, Slope = 0.5, Intercept = 3 })
            .Write(Path.Combine(scratch, "series.nii"), NiftiSample.Int16);
        yield return (basis with { BigEndian = true, Datatype = 16, BytesPerVoxel = 4 })
            .Write(Path.Combine(scratch, "big.nii"), i => BitConverter.GetBytes(i * 1.25f));
        yield return (basis with { Two = true, Datatype = 1024, BytesPerVoxel = 8, Extension = [32, 0, 0, 0, 6, 0, 0, 0, .. new byte[24]] })
            .Write(Path.Combine(scratch, "two.nii.gz"), i => BitConverter.GetBytes(i * 3L));
        yield return (basis with { Datatype = 128, BytesPerVoxel = 3, Dim = [4, 5, 4, 1, 2] })
            .Write(Path.Combine(scratch, "colour.nii"), i => [(byte)i, (byte)(i + 1), (byte)(i * 2)]);
        yield return (basis with { Pair = true, Datatype = 512 })
            .Write(Path.Combine(scratch, "pair.hdr"), i => BitConverter.GetBytes((ushort)(i * 100)));
    }

    protected override IEnumerable<string> Companions(string sample) =>
        sample.EndsWith(".hdr", StringComparison.Ordinal) ? [sample.Replace(".hdr", ".img", StringComparison.Ordinal)] : [];

    // The step of time and the sform are single floats in the file; everything else is exact.
    protected override void AssertEquivalent(Study expected, Study actual)
    {
        AssertSame(expected, actual);
        Assert.Equal(expected.Maps[0].Axes.Select(a => (a.Kind, a.Unit, a.Length)), actual.Maps[0].Axes.Select(a => (a.Kind, a.Unit, a.Length)));
        Assert.Equal(expected.Maps[0].Axes.SelectMany(a => a.Values), actual.Maps[0].Axes.SelectMany(a => a.Values));
        Assert.Equal(expected.Maps[0].Window, actual.Maps[0].Window);
    }
}
