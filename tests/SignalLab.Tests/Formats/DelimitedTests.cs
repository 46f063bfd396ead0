using System.Globalization;
using System.Text;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class DelimitedTests
{
    [Fact]
    public void A_recording_is_one_row_a_sample_in_real_time()
    {
        var recording = new Recording(
            [new("Fp1", ChannelKind.Eeg, Unit.Microvolt, 4, 3), new("a,\"b\"", ChannelKind.Other, Unit.Unknown, 4, 3)],
            new MemorySamples([[0.1, -1e-7, 1.0 / 3], [1, 2, double.NaN]]))
        {
            Segments = [new(0, 0.5), new(10.25, 0.25)],
        };
        Assert.Equal("time_s,Fp1[uV],\"a,\"\"b\"\"[]\"\n0,0.1,1\n0.25,-1E-07,2\n10.25,0.3333333333333333,NaN\n", Text(s => RecordingTable.Write(recording, s)));
        Assert.StartsWith("time_s\tFp1[uV]\t\"a,\"\"b\"\"[]\"\n0\t0.1\t1\n", Text(s => RecordingTable.Write(recording, s, Delimiter.Tab)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_of_an_average_is_the_latency()
    {
        var recording = new Recording([new("Cz", ChannelKind.Eeg, Unit.Microvolt, 600.614990234375, 4)], new MemorySamples([[1, 2, 3, 4]])) { Evoked = new Evoked("tone", 9, -2 / 600.614990234375) };
        Assert.Equal([-2 / 600.614990234375, -1 / 600.614990234375, 0, 1 / 600.614990234375], Times(recording));
        Assert.Equal([-0.2004, -0.1904, -0.1804], Times(recording with { Channels = [new("Cz", ChannelKind.Eeg, Unit.Microvolt, 100, 3)], Evoked = new Evoked("tone", 9, -0.2004) }), (a, b) => Math.Abs(a - b) < 1e-12);

        double[] Times(Recording average) =>
            [.. Text(s => RecordingTable.Write(average, s)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => double.Parse(l.Split(',')[0], CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void Numbers_read_back_as_the_same_doubles_over_block_borders()
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, 7).Select(_ => Enumerable.Range(0, 60_000).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12))).ToArray()).ToArray();
        var recording = new Recording([.. Enumerable.Range(0, 7).Select(c => new Channel($"c{c}", ChannelKind.Eeg, Unit.Microvolt, 1000, 60_000))], new MemorySamples(samples));
        var lines = Text(s => RecordingTable.Write(recording, s)).Split('\n');
        Assert.Equal(60_002, lines.Length);
        for (var i = 0; i < 60_000; i++)
        {
            var cells = lines[i + 1].Split(',');
            Assert.Equal(i / 1000.0, double.Parse(cells[0], CultureInfo.InvariantCulture));
            for (var c = 0; c < 7; c++)
            {
                Assert.True(samples[c][i] == double.Parse(cells[c + 1], CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void Channels_of_different_rates_are_refused_with_advice()
    {
        var recording = new Recording(
            [new("Fp1", ChannelKind.Eeg, Unit.Microvolt, 100, 100), new("Temp", ChannelKind.Temp, Unit.Unknown, 1, 1)], new MemorySamples([new double[100], new double[1]]));
        var e = Assert.Throws<UnfitInputException>(() => Text(s => RecordingTable.Write(recording, s)));
        Assert.Contains("100 Hz: Fp1; 1 Hz: Temp", e.Message, StringComparison.Ordinal);
        Assert.Contains("--channels", e.Message, StringComparison.Ordinal);
        Assert.Contains("--rate", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensors_have_name_place_and_value()
    {
        var layout = new SensorLayout(Frame.Head, [new("Fp1", new(-0.03, 0.08, 0.001)), new("O,z", new(0, -0.09, 0))], [], "");
        var map = new ParameterMap(Quantity.ElectricPotential, Unit.Microvolt, new SensorSupport(layout), new MemoryValues([1.5, -2], 2));
        Assert.Equal("name,x_m,y_m,z_m,value[uV]\nFp1,-0.03,0.08,0.001,1.5\n\"O,z\",0,-0.09,0,-2\n", Text(s => MapTables.WriteSensors(map, s)));
        Assert.Equal("name,x_m,y_m,z_m,value[uV]\nFp1,-0.03,0.08,0.001,1.5\n", Text(s => MapTables.WriteSensors(map with { Mask = [true, false] }, s)));
    }

    [Fact]
    public void The_grid_of_a_topographic_map_is_in_head_radii_without_its_masked_nodes()
    {
        // 3 x 2 nodes, 50 mm apart, from (-50, -25) mm; head radius 100 mm.
        var support = new GridSupport(3, 2, 1, new Affine([50, 0, 0, -50, 0, 50, 0, -25, 0, 0, 1, 0])) { Frame = Topography.Plane };
        var grid = new ParameterMap(Quantity.ElectricPotential, Unit.Microvolt, support, new MemoryValues([1, 2, 3, 4, 5, 6], 6)) { Mask = [false, true, true, true, true, false] };
        var map = new Topography(grid, new SensorLayout(Topography.Plane, [], [], ""), [], 0.1);
        Assert.Equal("# head_radius_m: 0.1\nx,y,value[uV]\n0,-0.25,2\n0.5,-0.25,3\n-0.5,0.25,4\n0,0.25,5\n", Text(s => MapTables.WriteGrid(map, s)));
    }

    [Fact]
    public void Voxels_have_indices_place_and_value_over_time()
    {
        var support = new GridSupport(2, 2, 2, new Affine([2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30]));
        var image = new ParameterMap(Quantity.Intensity, Unit.Parse("HU"), support, new MemoryValues([.. Enumerable.Range(0, 16).Select(i => (double)i)], 8))
        {
            Axes = [Axis.Uniform(AxisKind.Time, Unit.Second, 0, 2, 2)],
        };
        Assert.Equal("i,j,k,t,x_mm,y_mm,z_mm,value[HU]\n1,0,1,0,12,20,34,5\n1,0,1,1,12,20,34,13\n", Text(s => MapTables.WriteVoxels(image, [(1, 0, 1)], s)));
        Assert.Throws<UnfitInputException>(() => Text(s => MapTables.WriteVoxels(image, [(2, 0, 0)], s)));
    }

    [Fact]
    public void Series_share_their_axis()
    {
        var axis = Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, 0.5, 2);
        Series[] series = [new("Fp1", axis, [1, 2], Unit.Parse("uV2/Hz")), new("Fp2", axis with { }, [3, 4], Unit.Parse("uV2/Hz"))];
        Assert.Equal("frequency_hz,Fp1[uV2/Hz],Fp2[uV2/Hz]\n0,1,3\n0.5,2,4\n", Text(s => SeriesTable.Write(series, s)));
        Assert.Throws<UnfitInputException>(() => Text(s => SeriesTable.Write([series[0], series[1] with { Axis = Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, 1, 2) }], s)));
    }

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
