using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class EeglabReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MatBytes mat = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_boundary_with_a_duration_is_a_gap_of_that_length_and_times_after_it_are_real()
    {
        var recording = Open(1, 300, 1, EeglabSample.Events(mat, ("a", 11, 10), ("boundary", 100.5, 40), ("b", 101, 0), ("boundary", 200.5, 0), ("c", 251, 0)));
        Assert.Equal([new Segment(0, 0.5), new Segment(0.7, 0.5), new Segment(1.2, 0.5)], recording.Segments.Select(s => new Segment(Math.Round(s.OnsetSeconds, 9), s.DurationSeconds)));
        Assert.Equal(
            [("a", 0.05, 0.05), ("boundary", 0.4975, 0.2), ("b", 0.7, 0), ("boundary", 1.1975, 0), ("c", 1.45, 0)],
            recording.Annotations.Select(a => (a.Text, Math.Round(a.OnsetSeconds, 9), a.DurationSeconds)));
        Assert.Contains(recording.Remarks, r => r.StartsWith("1 boundaries do not tell", StringComparison.Ordinal));
    }

    [Fact]
    public void Epochs_are_segments_and_each_is_annotated()
    {
        var recording = Open(2, 50, 4, EeglabSample.Events(mat, ("go", 61, 0)));
        Assert.Equal(4, recording.Segments.Count);
        Assert.All(recording.Runs(1), r => Assert.Equal(50, r.Count));
        Assert.Equal(["epoch 1", "epoch 2", "go", "epoch 3", "epoch 4"], recording.Annotations.Select(a => a.Text));
        Assert.Equal(0.3, recording.Annotations[2].OnsetSeconds, 12);
        Assert.Contains(recording.Remarks, r => r.Contains("4 epochs", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_channel_varies_fastest()
    {
        float[] values = [1, 10, 2, 20, 3, 30];
        var recording = OpenBytes(EeglabSample.Nested(mat, 2, 3, 1, mat.Singles("", [2, 3], values)));
        Assert.Equal([1, 2, 3], recording.ReadAll(0));
        Assert.Equal([10, 20, 30], recording.ReadAll(1));
    }

    [Theory]
    [InlineData("+X", 0.8, -0.6, 0.6, 0.8)]
    [InlineData("+Y", 0.6, 0.8, 0.6, 0.8)]
    [InlineData("-X", -0.8, 0.6, 0.6, 0.8)]
    [InlineData("-Y", -0.6, -0.8, 0.6, 0.8)]
    public void Positions_have_x_right_and_y_front_whatever_the_nose_points_to(string nose, double x, double y, double right, double front)
    {
        var recording = OpenBytes(EeglabSample.Nested(
            mat, 2, 3, 1, mat.Singles("", [2, 3], new float[6]), null, EeglabSample.Locations(mat, ("A", "EEG", x, y, 0), ("V", "EOG", double.NaN, 0, 0)),
            mat.Struct("", [1, 1], ["nosedir"], mat.Text("", nose))));
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Eog], recording.Channels.Select(c => c.Kind));
        Assert.Null(recording.Channels[1].Sensor);
        Assert.Equal(0.095 * right, recording.Channels[0].Sensor!.PositionMetres.X, 12);
        Assert.Equal(0.095 * front, recording.Channels[0].Sensor!.PositionMetres.Y, 12);
    }

    [Theory]
    [InlineData("../outside.fdt")]
    [InlineData("/etc/outside.fdt")]
    [InlineData("..")]
    [InlineData("C:\\outside.fdt")]
    public void A_samples_file_outside_the_folder_is_refused(string name)
    {
        var e = Assert.Throws<MalformedFileException>(() => OpenBytes(EeglabSample.Nested(mat, 2, 3, 1, mat.Text("", name))));
        Assert.Equal("data", e.Field);
    }

    [Fact]
    public void A_renamed_dataset_finds_its_samples_under_its_own_name_and_says_so()
    {
        File.WriteAllBytes(folder["made.fdt"], EeglabSample.Fdt([1, 10, 2, 20, 3, 30]));
        var recording = OpenBytes(EeglabSample.Nested(mat, 2, 3, 1, mat.Text("", "before.fdt")));
        Assert.Equal([10, 20, 30], recording.ReadAll(1));
        Assert.Contains(recording.Remarks, r => r.Contains("before.fdt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_samples_file_that_is_too_short_is_refused_with_both_lengths()
    {
        File.WriteAllBytes(folder["made.fdt"], new byte[20]);
        var e = Assert.Throws<MalformedFileException>(() => OpenBytes(EeglabSample.Nested(mat, 2, 3, 1, mat.Text("", "made.fdt"))));
        Assert.Equal(20, e.Offset);
        Assert.Contains("24 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_by_channel_as_dat_files_have_them_are_read()
    {
        File.WriteAllBytes(folder["made.dat"], EeglabSample.Fdt([1, 2, 3, 10, 20, 30]));
        Assert.Equal([10, 20, 30], OpenBytes(EeglabSample.Nested(mat, 2, 3, 1, mat.Text("", "made.dat"))).ReadAll(1));
    }

    [Fact]
    public void Opening_a_dataset_reads_none_of_its_samples()
    {
        var path = folder["made.set"];
        File.WriteAllBytes(path, mat.Add(EeglabSample.Nested(mat, 4, 200_000, 1, mat.Singles("", [4, 200_000], new float[800_000]))).ToArray());
        ByteSource.BytesRead = 0;
        var recording = Recordings.Open(path);
        Assert.InRange(ByteSource.BytesRead, 1, 8192);
        recording.Samples.Read(2, 100, new double[50]);
        Assert.InRange(ByteSource.BytesRead, 1, 8192);
    }

    [Fact]
    public void A_mat_file_without_a_dataset_names_what_it_holds()
    {
        var e = Assert.Throws<MalformedFileException>(() => OpenBytes(mat.Doubles("weights", [1, 1], 1)));
        Assert.Contains("weights", e.Message, StringComparison.Ordinal);
    }

    private Recording Open(int channels, int points, int trials, byte[] events) =>
        OpenBytes(EeglabSample.Nested(mat, channels, points, trials, mat.Singles("", [channels, points, trials], EeglabSample.Noise(channels * points * trials, 7)), events));

    private Recording OpenBytes(byte[] matrix)
    {
        var path = folder["made.set"];
        File.WriteAllBytes(path, mat.Add(matrix).ToArray());
        return Recordings.Open(path);
    }
}
