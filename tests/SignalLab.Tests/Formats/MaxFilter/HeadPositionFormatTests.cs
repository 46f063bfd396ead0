using SignalLab.Formats;
using SignalLab.Formats.MaxFilter;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.MaxFilter;

public class HeadPositionFormatTests : FormatContract
{
    private const string Text = " Time       q1       q2       q3       q4       q5       q6       g-value  error    velocity\n     9.000  0.30000 -0.40000  0.50000  0.00747 -0.01983  0.07468  0.99955  0.00139  0.00177 \n    14.620  0.00000  0.00000  0.00000  0.00733 -0.02296  0.07470  0.99942  0.00138  0.00078 \n";

    protected override IFormat Format { get; } = new HeadPositionFormat();

    protected override IEnumerable<string> RealSamples => ["meg/sss/test_move_anon_raw_subsampled.pos"];

    protected override string Ending => ".pos";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "head.pos");
        File.WriteAllText(path, Text);
        return [path];
    }

    // A table without a count: the positions before the cut are read.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var kept = cut.HeadPositions.Count - 1;
        Assert.Equal(original.HeadPositions.Take(kept), cut.HeadPositions.Take(kept));
    }

    // The rotation: SciPy 1.10.1, Rotation.from_quat([0.3, -0.4, 0.5, sqrt(0.5)]).as_matrix().
    [Fact]
    public void A_row_is_a_rotation_and_a_shift_from_device_to_head_at_its_time()
    {
        using var folder = new TemporaryFolder();
        var study = KnownFormats.Open(Samples(folder.Path).Single());
        var first = study.HeadPositions[0];
        Assert.Equal((9, Frame.Device, Frame.Head, 0.99955, 0.00139, 0.00177), (first.TimeSeconds, first.DeviceToHead.From, first.DeviceToHead.To, first.GoodnessOfFit, first.ErrorMetres, first.MetresPerSecond));
        double[] expected = [0.18, -0.94710678, -0.26568542, 0.46710678, 0.32, -0.82426407, 0.86568542, 0.02426407, 0.5];
        Assert.All(expected, (value, i) => Assert.Equal(value, first.DeviceToHead.Matrix[i / 3, i % 3], 1e-8));
        Assert.Equal(new Point3(0.00747, -0.01983, 0.07468), first.DeviceToHead.Matrix.Column(3));
        Assert.Equal(1, study.HeadPositions[1].DeviceToHead.Matrix[0, 0]);
    }

    [Fact]
    public void Positions_over_time_are_no_recording_and_no_rate_is_made_up()
    {
        var study = KnownFormats.Open(SharedData.File("meg/sss/test_move_anon_raw_subsampled.pos"));
        Assert.Empty(study.Recordings);
        Assert.Equal(12, study.HeadPositions.Count);
    }

    [Fact]
    public void Older_files_without_a_velocity_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder["old.pos"];
        File.WriteAllText(path, "Time q1 q2 q3 q4 q5 q6 g-value error\n1 0 0 0 0 0 0.04 0.99 0.001\n");
        Assert.Null(Assert.Single(KnownFormats.Open(path).HeadPositions).MetresPerSecond);
    }

    [Theory]
    [InlineData("1 0.8 0.8 0 0 0 0.04 0.99 0.001")]
    [InlineData("1 0 0 0 0 0 0.04 0.99")]
    [InlineData("1 0 0 nan 0 0 0.04 0.99 0.001")]
    public void A_row_that_is_no_position_is_named(string row)
    {
        using var folder = new TemporaryFolder();
        var path = folder["bad.pos"];
        File.WriteAllText(path, "Time q1 q2 q3 q4 q5 q6 g-value error\n" + row + "\n");
        Assert.Equal(37, Assert.Throws<MalformedFileException>(() => KnownFormats.Open(path)).Offset);
    }
}
