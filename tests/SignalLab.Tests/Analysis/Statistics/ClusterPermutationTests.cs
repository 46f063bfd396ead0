using SignalLab.Analysis.Statistics;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Statistics;

/// <summary>Golden values by MNE 1.3's cluster finder (stats.cluster_level._find_clusters) on a ring of six sensors × twelve samples; the flips counted in a loop of their own. The data's formula magnifies rounding 43758 times: hence 1e-9.</summary>
public sealed class ClusterPermutationTests
{
    private const int Channels = 6;
    private const int Times = 12;

    private static readonly SensorNeighbours Ring = new(["a", "b", "c", "d", "e", "f"], [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 5)]);

    [Fact]
    public void Clusters_masses_and_exact_p_values_are_the_references()
    {
        var test = ClusterPermutation.OneSample(Data(7, 0), 7, Ring, new ClusterOptions { ThresholdT = 2 });
        Assert.True(test.IsExact);
        Assert.Equal(64, test.Permutations);
        Assert.Equal([12, 1, 1, 1, 1, 1, 1, 1], test.Clusters.Select(c => c.Points.Count));
        SharedData.AssertClose([38.914312430250924, 6.591556075273318, -3.7760567418002586, -3.4292401025742496, -2.716128779317476, -2.7079331991917646, 2.653421888485528, -2.322724447729159], [.. test.Clusters.Select(c => c.Mass)], 1e-9);
        Assert.Equal([1 / 64.0, 20 / 64.0, 55 / 64.0, 57 / 64.0, 61 / 64.0, 61 / 64.0, 62 / 64.0, 63 / 64.0], test.Clusters.Select(c => c.PValue));
        Assert.Equal([0, 1, 2, 3], test.Clusters[0].Channels);
        Assert.Equal(test.Clusters[0].Points.Count, test.PValues.Count(p => p == 1 / 64.0));
    }

    [Fact]
    public void One_sided_only_that_side_forms_clusters_and_every_flip_counts()
    {
        var test = ClusterPermutation.OneSample(Data(7, 0), 7, Ring, new ClusterOptions { ThresholdT = 2, Alternative = Alternative.Greater });
        Assert.Equal(128, test.Permutations);
        SharedData.AssertClose([38.914312430250924, 6.591556075273318, 2.653421888485528], [.. test.Clusters.Select(c => c.Mass)], 1e-9);
        double[] opposite = [.. Data(7, 0).Select(v => -v)];
        var mirrored = ClusterPermutation.OneSample(opposite, 7, Ring, new ClusterOptions { ThresholdT = 2, Alternative = Alternative.Less });
        Assert.Equal(test.Clusters.Select(c => c.PValue), mirrored.Clusters.Select(c => c.PValue));
    }

    [Fact]
    public void Independent_groups_have_the_pooled_t_and_its_clusters()
    {
        double[] second = [.. Data(7, 50).Select(v => v - 0.5)];
        var test = ClusterPermutation.Independent(Data(9, 0), 9, second, 7, Ring, new ClusterOptions { ThresholdT = 2.145, Permutations = 500 });
        Assert.Equal(1.1720869413279544, test.T[5], 1e-9);
        SharedData.AssertClose(
            [18.693819047335374, 14.948563590947584, 10.662445161200498, 5.08097447382578, 4.981998605079275, 4.75143378263375, 3.768319149616571, 2.7094148073851314, 2.4862949979194777],
            [.. test.Clusters.Select(c => c.Mass)], 1e-9);
        var pooled = TTests.Independent(At(Data(9, 0), 9, 17), At(second, 7, 17), pooled: true);
        Assert.Equal(pooled.Statistic, test.T[17], 1e-12);
    }

    [Fact]
    public void Drawn_relabellings_depend_on_the_seed_alone_and_agree_with_all_of_them()
    {
        var data = Data(16, 3);
        var options = new ClusterOptions { ThresholdT = 2, Permutations = 4000, Seed = 5 };
        var (once, again, other) = (ClusterPermutation.OneSample(data, 16, Ring, options), ClusterPermutation.OneSample(data, 16, Ring, options), ClusterPermutation.OneSample(data, 16, Ring, options with { Seed = 6 }));
        Assert.False(once.IsExact);
        Assert.Equal(once.Null, again.Null);
        Assert.NotEqual(once.Null, other.Null);
        Assert.All(once.Clusters.Zip(other.Clusters), p => Assert.Equal(p.First.PValue, p.Second.PValue, 0.05));
    }

    [Fact]
    public void Enhancement_with_a_step_is_the_sum_over_heights()
    {
        AssertScores([7.6733906174101, 11.893410630139021, 9.645343841767144], new EnhancementOptions { HeightPower = 0, Step = 0.1 }, 1e-9);
        AssertScores([8.324477936316836, 36.942037802646524, 95.52818826579622], new EnhancementOptions { Step = 0.05 }, 1e-9);
    }

    [Fact]
    public void Enhancement_without_a_step_is_the_limit_of_fine_ones()
    {
        AssertScores([8.456773354258877, 37.0526230813983, 96.19229431872259], new EnhancementOptions { Step = 0.001 }, 1e-9);
        AssertScores([8.456773354258877, 37.0526230813983, 96.19229431872259], new EnhancementOptions(), 5e-4);
    }

    [Fact]
    public void A_single_point_scores_the_integral_of_its_height()
    {
        var alone = new SensorNeighbours(["a"], []);
        var test = ClusterPermutation.OneSample([1, 2, 4, 3], 4, alone, new ClusterOptions { Enhancement = EnhancementOptions.Default });
        Assert.Equal(Math.Pow(test.T[0], 3) / 3, test.Scores![0], 1e-9);
        Assert.Equal(1 / 8.0, test.PValues[0]);
    }

    [Fact]
    public void A_point_without_spread_or_with_missing_values_takes_no_part()
    {
        var data = Data(7, 0);
        for (var o = 0; o < 7; o++)
        {
            data[o * Channels * Times] = 0;
            data[(o * Channels * Times) + 1] = double.NaN;
        }

        foreach (var enhancement in new[] { null, EnhancementOptions.Default })
        {
            var test = ClusterPermutation.OneSample(data, 7, Ring, new ClusterOptions { ThresholdT = 2, Enhancement = enhancement });
            Assert.True(double.IsNaN(test.T[0]) && double.IsNaN(test.T[1]));
            Assert.Equal([1.0, 1.0], test.PValues[..2]);
            Assert.All(test.Null, v => Assert.True(double.IsFinite(v)));
        }
    }

    [Fact]
    public void Too_few_observations_are_refused()
    {
        Assert.Throws<UnfitInputException>(() => ClusterPermutation.OneSample(Data(1, 0), 1, Ring));
        Assert.Throws<UnfitInputException>(() => ClusterPermutation.Independent(Data(1, 0), 1, Data(3, 1), 3, Ring));
    }

    private static void AssertScores(double[] expected, EnhancementOptions enhancement, double tolerance)
    {
        var test = ClusterPermutation.OneSample(Data(7, 0), 7, Ring, new ClusterOptions { Enhancement = enhancement });
        double[] found = [.. new[] { (0, 5), (2, 7), (5, 3) }.Select(p => Math.Abs(test.Scores![(p.Item1 * Times) + p.Item2]))];
        SharedData.AssertClose(expected, found, tolerance);
        Assert.All(test.Scores!.Zip(test.T), p => Assert.True(p.First * p.Second >= 0));
    }

    private static double[] At(double[] data, int observations, int point) => [.. Enumerable.Range(0, observations).Select(o => data[(o * Channels * Times) + point])];

    // x[s, c, t] = 2 frac(43758.5453 sin(12.9898 (s + seed) + 37.719 c + 78.233 t)) − 1 + 0.8 [c < 3 and 4 <= t < 8]
    private static double[] Data(int observations, int seed)
    {
        var values = new double[observations * Channels * Times];
        for (var i = 0; i < values.Length; i++)
        {
            var (s, c, t) = (i / (Channels * Times), i / Times % Channels, i % Times);
            var v = Math.Sin((12.9898 * (s + seed)) + (37.719 * c) + (78.233 * t)) * 43758.5453;
            values[i] = (2 * (v - Math.Floor(v))) - 1 + (c < 3 && t is >= 4 and < 8 ? 0.8 : 0);
        }

        return values;
    }
}
