using SignalLab.Analysis.Montages;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Montages;

public class LaplacianTests
{
    [Fact]
    public void A_dense_cap_takes_the_four_nearest_electrodes()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 20);
        var laplacian = recording.Montage(Montage.Laplacian);
        Assert.Equal(recording.Channels.Count, laplacian.Channels.Count);
        var near = Nearest(recording, "C3", 4);
        Assert.Contains("C1", near);
        Assert.Contains("C5", near);
        double[] expected = [.. recording.Of("C3").Select((v, i) => v - near.Average(n => recording.Of(n)[i]))];
        SharedData.AssertClose(expected, laplacian.Of("C3"), 1e-12);
        Assert.NotNull(laplacian.Channels[0].Sensor);
    }

    [Fact]
    public void Distances_weigh_inversely()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 20);
        var near = Nearest(recording, "Pz", 3);
        var shares = near.Select(n => 1 / Distance(recording, "Pz", n)).ToArray();
        double[] expected = [.. recording.Of("Pz").Select((v, i) => v - (near.Select((n, k) => shares[k] * recording.Of(n)[i]).Sum() / shares.Sum()))];
        SharedData.AssertClose(expected, recording.Montage(Montage.NearestLaplacian(3, byDistance: true)).Of("Pz"), 1e-12);
    }

    [Fact]
    public void A_10_20_recording_keeps_the_neighbours_of_the_table()
    {
        var recording = ScalpSample.Noise(ScalpSample.TenTwenty + " T9 T10", 10);
        var laplacian = recording.Montage(Montage.Laplacian);
        Assert.Equal(19, laplacian.Channels.Count);
        double[] expected = [.. recording.Of("C3").Select((v, i) => v - ((recording.Of("F3")[i] + recording.Of("P3")[i] + recording.Of("T7")[i] + recording.Of("Cz")[i]) / 4))];
        SharedData.AssertClose(expected, laplacian.Of("C3"), 1e-12);
    }

    [Fact]
    public void A_bad_neighbour_gives_way_to_the_next_one()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 10);
        var first = Nearest(recording, "C3", 1)[0];
        var bad = recording.Bad(first).Montage(Montage.NearestLaplacian(1));
        var next = Nearest(recording, "C3", 2)[1];
        SharedData.AssertClose([.. recording.Of("C3").Zip(recording.Of(next), (a, b) => a - b)], bad.Of("C3"), 1e-12);
        Assert.Contains(first, Assert.Single(bad.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void The_circumferential_chain_is_closed()
    {
        var ring = ScalpSample.Noise(ScalpSample.TenTwenty, 10).Montage(Montage.Circumferential);
        Assert.Equal(["Fp1-F7", "F7-T7", "T7-P7", "P7-O1", "O1-O2", "O2-P8", "P8-T8", "T8-F8", "F8-Fp2", "Fp2-Fp1"], ring.Channels.Select(c => c.Label));
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(0, ring.Channels.Sum(c => ring.Of(c.Label)[i]), 1e-9));
    }

    private static string[] Nearest(Recording recording, string name, int count) =>
        [.. recording.Channels.Where(c => c.Label != name).OrderBy(c => Distance(recording, name, c.Label)).Take(count).Select(c => c.Label)];

    private static double Distance(Recording recording, string a, string b) =>
        (recording.Channels.Single(c => c.Label == a).Sensor!.PositionMetres - recording.Channels.Single(c => c.Label == b).Sensor!.PositionMetres).Norm;
}
