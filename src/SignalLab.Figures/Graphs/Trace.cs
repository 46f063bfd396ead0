using SignalLab.Model;

namespace SignalLab.Figures.Graphs;

/// <summary>A channel's samples over a stretch of time, thinned to what paper can show: every column keeps its least and its greatest value at their true times, so no peak is lost.</summary>
internal sealed class Trace(double fromSeconds, double columnSeconds)
{
    private readonly List<List<(double Seconds, double Value)>> stretches = [];
    private List<(double Seconds, double Value)>? open;
    private long column = long.MinValue;
    private (double Seconds, double Value) least;
    private (double Seconds, double Value) greatest;
    private (double Seconds, double Value) last;

    /// <summary>Uninterrupted lines: apart where there is a gap or a value is not a number.</summary>
    public IReadOnlyList<IReadOnlyList<(double Seconds, double Value)>> Stretches => stretches;

    /// <summary>All kept values in order of size.</summary>
    public double[] Sorted()
    {
        double[] values = [.. stretches.SelectMany(s => s).Select(p => p.Value)];
        Array.Sort(values);
        return values;
    }

    /// <summary>Reads channels over a stretch of time in blocks of bounded size.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channels">Channel indices.</param>
    /// <param name="fromSeconds">First time.</param>
    /// <param name="toSeconds">Last time; one sample beyond either end is kept so that lines reach the edge.</param>
    /// <param name="columnSeconds">Width of a column.</param>
    /// <returns>One trace a channel, in the channels' units.</returns>
    public static Trace[] Read(Recording recording, IReadOnlyList<int> channels, double fromSeconds, double toSeconds, double columnSeconds)
    {
        var traces = channels.Select(_ => new Trace(fromSeconds, columnSeconds)).ToArray();
        foreach (var together in Enumerable.Range(0, channels.Count).GroupBy(i => (recording.Channels[channels[i]].RateHz, recording.Channels[channels[i]].SampleCount)))
        {
            int[] places = [.. together];
            int[] indices = [.. places.Select(p => channels[p])];
            var rate = together.Key.RateHz;
            var block = Math.Max(1024, (1 << 20) / indices.Length);
            foreach (var run in recording.Runs(indices[0]))
            {
                var first = run.FirstSample + (long)Math.Clamp(Math.Floor((fromSeconds - run.OnsetSeconds) * rate), 0, run.Count);
                var end = run.FirstSample + (long)Math.Clamp(Math.Ceiling((toSeconds - run.OnsetSeconds) * rate) + 1, 0, run.Count);
                var buffer = new double[indices.Length * Math.Min(block, Math.Max(0, end - first))];
                for (var at = first; at < end; at += block)
                {
                    var count = (int)Math.Min(block, end - at);
                    recording.Samples.Read(indices, at, count, buffer.AsSpan(0, count * indices.Length));
                    for (var i = 0; i < places.Length; i++)
                    {
                        traces[places[i]].Add(buffer.AsSpan(i * count, count), run.OnsetSeconds + ((at - run.FirstSample) / rate), rate);
                    }
                }

                Array.ForEach(places, p => traces[p].Break());
            }
        }

        return traces;
    }

    private void Add(ReadOnlySpan<double> values, double seconds, double rate)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                Break();
                continue;
            }

            last = (seconds + (i / rate), values[i]);
            var now = (long)Math.Floor((last.Seconds - fromSeconds) / columnSeconds);
            if (now != column)
            {
                Close();
                column = now;
                (least, greatest) = (last, last);
            }
            else if (values[i] < least.Value)
            {
                least = last;
            }
            else if (values[i] > greatest.Value)
            {
                greatest = last;
            }
        }
    }

    private void Close()
    {
        if (column == long.MinValue)
        {
            return;
        }

        if (open is null)
        {
            stretches.Add(open = []);
        }

        var (earlier, later) = least.Seconds <= greatest.Seconds ? (least, greatest) : (greatest, least);
        open.Add(earlier);
        if (later != earlier)
        {
            open.Add(later);
        }

        column = long.MinValue;
    }

    private void Break()
    {
        if (column == long.MinValue && open is null)
        {
            return;
        }

        Close();
        if (open is { } line && line[^1] != last)
        {
            line.Add(last);
        }

        open = null;
    }
}
