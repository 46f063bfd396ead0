namespace SignalLab.Analysis.Artifacts;

/// <summary>Electrodes joined by gel: the variance of their difference (electrical distance) is next to nothing beside that of other pairs.</summary>
/// <remarks>
/// Source: Tenke &amp; Kayser, Clin. Neurophysiol. 112 (2001) 545–550; scaled by the median over pairs as Alschuler et al., Clin. Neurophysiol. 125 (2014) 484–490.
/// Here a pair must also be much nearer to each other than to the electrodes around them: dense caps have small distances throughout.
/// </remarks>
internal static class Bridges
{
    private const double BesideNeighbours = 0.25;
    private const int LeastElectrodes = 6;

    /// <summary>A bridged pair.</summary>
    /// <param name="A">One electrode.</param>
    /// <param name="B">The other one.</param>
    /// <param name="Distance">Median electrical distance over windows, squared unit of the electrodes.</param>
    /// <param name="Limit">What it stays below.</param>
    /// <param name="ShareOfTime">Windows in which it does.</param>
    public sealed record Pair(int A, int B, double Distance, double Limit, double ShareOfTime);

    /// <summary>Finds bridged pairs.</summary>
    /// <param name="windows">Electrode × samples, for each window.</param>
    /// <param name="isUsable">Electrodes that take part: flat ones are all alike.</param>
    /// <param name="share">Part of the median distance below which a pair is bridged.</param>
    /// <param name="most">Largest distance of a bridge, whatever the others' are.</param>
    public static IReadOnlyList<Pair> Find(IReadOnlyList<double[][]> windows, bool[] isUsable, double share, double most)
    {
        int[] used = [.. Enumerable.Range(0, isUsable.Length).Where(t => isUsable[t])];
        if (used.Length < LeastElectrodes || windows.Count == 0)
        {
            return [];
        }

        var n = used.Length;
        var distances = new float[n * n][];
        var limits = new double[windows.Count];
        Parallel.For(0, n * n, p => distances[p] = p / n < p % n ? new float[windows.Count] : []);
        Parallel.For(0, windows.Count, w =>
        {
            var all = new List<double>(n * n / 2);
            for (var a = 0; a < n; a++)
            {
                for (var b = a + 1; b < n; b++)
                {
                    var distance = DifferenceVariance(windows[w][used[a]], windows[w][used[b]]);
                    distances[(a * n) + b][w] = (float)distance;
                    all.Add(distance);
                }
            }

            limits[w] = Math.Min(most, share * Robust.Median([.. all]));
        });
        var limit = Robust.Median(limits);
        var middle = Array.ConvertAll(distances, d => d.Length == 0 ? double.NaN : Robust.Median(d));
        double Between(int a, int b) => middle[(Math.Min(a, b) * n) + Math.Max(a, b)];
        var found = new List<Pair>();
        for (var a = 0; a < n; a++)
        {
            for (var b = a + 1; b < n; b++)
            {
                var distance = Between(a, b);
                if (distance < limit && distance < BesideNeighbours * Around(a, b) && distance < BesideNeighbours * Around(b, a))
                {
                    var days = distances[(a * n) + b];
                    found.Add(new(used[a], used[b], distance, limit, Enumerable.Range(0, days.Length).Average(w => days[w] < limits[w] ? 1.0 : 0)));
                }
            }
        }

        return found;

        // The third nearest electrode beside the partner: a bridge may join three.
        double Around(int of, int partner)
        {
            double[] others = [.. Enumerable.Range(0, n).Where(o => o != of && o != partner).Select(o => Between(of, o)).Where(double.IsFinite).Order()];
            return others.Length > 2 ? others[2] : double.NaN;
        }
    }

    private static double DifferenceVariance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum / a.Length;
    }
}
