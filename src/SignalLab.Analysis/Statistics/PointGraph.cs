using SignalLab.Model;

namespace SignalLab.Analysis.Statistics;

/// <summary>Points of channels × times, one channel's after the other: neighbours are the samples before and after, and the same sample of neighbouring sensors.</summary>
internal sealed class PointGraph
{
    private readonly int[][] lower;
    private readonly int[][] all;

    public PointGraph(SensorNeighbours neighbours, int times)
    {
        Times = times;
        Channels = neighbours.Labels.Count;
        var sets = Enumerable.Range(0, Channels).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (a, b) in neighbours.Pairs.Where(p => p.A != p.B))
        {
            sets[a].Add(b);
            sets[b].Add(a);
        }

        all = [.. sets.Select(s => s.ToArray())];
        lower = [.. sets.Select((s, c) => s.Where(o => o < c).ToArray())];
    }

    public int Channels { get; }

    public int Times { get; }

    public int Count => Channels * Times;

    /// <summary>The neighbours of a channel that come before it.</summary>
    public ReadOnlySpan<int> Before(int channel) => lower[channel];

    /// <summary>All neighbours of a channel.</summary>
    public ReadOnlySpan<int> Of(int channel) => all[channel];
}
