using SignalLab.Analysis.Maps;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Maps;

public sealed class SensorTriangulationTests
{
    [Theory]
    [InlineData(ChannelKind.Mag, 102, 284, 54514)]
    [InlineData(ChannelKind.Grad, 204, 1238, 479694)]
    [InlineData(ChannelKind.Eeg, 60, 162, 18590)]
    public void Neighbours_of_a_real_head_are_those_of_mne(ChannelKind kind, int sensors, int pairs, int sum)
    {
        // MNE's own triangulation (channels.channels._compute_ch_adjacency; find_ch_adjacency takes FieldTrip's template for this helmet) of the file's first condition; the sum is Σ (1000 i + j) mod 997 over pairs i < j, MNE 1.3.
        var recording = KnownFormats.Open(SharedData.File("meg/fif/test-ave.fif.gz")).Recordings[0];
        int[] chosen = [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind == kind && recording.Channels[c].Sensor is not null)];
        Assert.Equal(sensors, chosen.Length);
        var found = recording.LayoutOf(chosen).NeighboursByTriangulation();
        Assert.Equal((pairs, sum), (found.Pairs.Count, found.Pairs.Sum(p => ((1000 * p.A) + p.B) % 997)));
    }

    [Fact]
    public void Every_edge_of_a_square_with_a_middle_is_found()
    {
        var layout = Plane((0.05, 0), (0, 0.05), (-0.05, 0), (0, -0.05), (0.001, 0.001));
        Assert.Equal([(0, 1), (0, 3), (0, 4), (1, 2), (1, 4), (2, 3), (2, 4), (3, 4)], layout.NeighboursByTriangulation().Pairs);
    }

    [Fact]
    public void Sensors_on_a_line_have_no_triangulation() =>
        Assert.Throws<UnfitInputException>(() => Plane((0, 0), (0.01, 0), (0.02, 0)).NeighboursByTriangulation());

    [Fact]
    public void A_graph_over_other_channels_keeps_the_pairs_among_them_by_name()
    {
        var graph = StandardLayouts.TenTen05 with { Sensors = [.. new[] { "Fz", "Cz", "C3", "C4", "Pz" }.Select(n => StandardLayouts.TenTen05.Find(n)!)] };
        var some = graph.NeighboursByTriangulation().Among(["EEG PZ-Ref", "cz", "O1"]);
        Assert.Equal([(0, 1)], some.Pairs);
    }

    private static SensorLayout Plane(params (double X, double Y)[] places) => new(
        Frame.Device, [.. places.Select((p, i) => new Sensor($"S{i}", new Point3(p.X, p.Y, 0.09)))], [], "test");
}
