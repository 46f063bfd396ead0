using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Components;

/// <summary>Recordings mixed from sources that are known.</summary>
internal static class Mixtures
{
    /// <summary>Laplace-distributed sources through a random square mixture.</summary>
    public static (Recording Recording, double[][] Mixing) Laplace(int seed, int channels = 8, int samples = 20_000)
    {
        var random = new Random(seed);
        var sources = Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, samples).Select(_ => Laplacian(random)).ToArray()).ToArray();
        var mixing = Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, channels).Select(_ => Normal(random)).ToArray()).ToArray();
        return (Of(sources, mixing, 250), mixing);
    }

    public static Recording Of(double[][] sources, double[][] mixing, double rateHz, string[]? names = null)
    {
        var samples = mixing.Select(row => Enumerable.Range(0, sources[0].Length).Select(t => row.Zip(sources, (w, s) => w * s[t]).Sum()).ToArray()).ToArray();
        return new([.. samples.Select((s, c) => new Channel(names?[c] ?? $"c{c}", ChannelKind.Eeg, Unit.Microvolt, rateHz, s.Length))], new MemorySamples(samples));
    }

    public static double Laplacian(Random random)
    {
        var u = random.NextDouble() - 0.5;
        return -Math.Sign(u) * Math.Log(1 - (2 * Math.Abs(u)));
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The Amari error of unmixing · mixing as the reference data define it: rows and columns divided by their maximum, summed less 1 each, over 2 n (n − 1).</summary>
    public static double Amari(IReadOnlyList<double[]> unmixing, double[][] mixing)
    {
        var n = mixing.Length;
        var p = unmixing.Select(row => Enumerable.Range(0, n).Select(j => Math.Abs(row.Select((w, i) => w * mixing[i][j]).Sum())).ToArray()).ToArray();
        var rows = p.Sum(row => (row.Sum() / row.Max()) - 1);
        var columns = Enumerable.Range(0, n).Sum(j => (p.Sum(row => row[j]) / p.Max(row => row[j])) - 1);
        return (rows + columns) / (2.0 * n * (n - 1));
    }

    public static double Correlation(double[] a, double[] b)
    {
        var (ma, mb) = (a.Average(), b.Average());
        return Math.Abs(a.Zip(b, (x, y) => (x - ma) * (y - mb)).Sum()) / Math.Sqrt(a.Sum(x => (x - ma) * (x - ma)) * b.Sum(y => (y - mb) * (y - mb)));
    }
}
