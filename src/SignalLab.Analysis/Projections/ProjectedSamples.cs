using SignalLab.Model;

namespace SignalLab.Analysis.Projections;

/// <summary>Samples without their part in some subspaces: x − U·Uᵀ·x for each group of channels.</summary>
/// <param name="source">The samples.</param>
/// <param name="groups">Groups without a common channel.</param>
internal sealed class ProjectedSamples(ISampleSource source, IReadOnlyList<ProjectionGroup> groups) : ISampleSource
{
    private const int ChunkSamples = 2048;

    private readonly Dictionary<int, (ProjectionGroup Group, int At)> places = groups.SelectMany(g => g.Channels.Select((c, i) => (c, g, i))).ToDictionary(p => p.c, p => (p.g, p.i));

    public int ChannelCount => source.ChannelCount;

    public long Count(int channel) => source.Count(channel);

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        source.Read(channels, first, count, into);
        var wanted = channels.ToArray();
        foreach (var group in wanted.Where(places.ContainsKey).Select(c => places[c].Group).Distinct())
        {
            Subtract(group, wanted, first, count, into);
        }
    }

    private void Subtract(ProjectionGroup group, int[] wanted, long first, int count, Span<double> into)
    {
        var size = Math.Min(ChunkSamples, count);
        var rows = LentArrays.Doubles.Rent(group.Channels.Length * size);
        var part = LentArrays.Doubles.Rent(size);
        try
        {
            for (var at = 0; at < count; at += size)
            {
                var n = Math.Min(size, count - at);
                source.Read(group.Channels, first + at, n, rows);
                foreach (var direction in group.Basis)
                {
                    var amplitude = part.AsSpan(0, n);
                    amplitude.Clear();
                    for (var c = 0; c < group.Channels.Length; c++)
                    {
                        LinearCombination.AddScaled(direction[c] * group.Scales[c], rows.AsSpan(c * n, n), amplitude);
                    }

                    for (var w = 0; w < wanted.Length; w++)
                    {
                        if (places.TryGetValue(wanted[w], out var place) && place.Group == group)
                        {
                            LinearCombination.AddScaled(-direction[place.At] / group.Scales[place.At], amplitude, into.Slice((w * count) + at, n));
                        }
                    }
                }
            }
        }
        finally
        {
            LentArrays.Doubles.Return(rows);
            LentArrays.Doubles.Return(part);
        }
    }
}
