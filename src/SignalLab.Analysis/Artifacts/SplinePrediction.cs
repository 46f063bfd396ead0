using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>How well random subsets (a quarter, in small caps twelve) of the electrodes predict each electrode.</summary>
/// <remarks>Source: Bigdely-Shamlo et al., Front. Neuroinform. 9 (2015) 16, "bad by RANSAC"; a subset that holds the electrode itself has no vote here.</remarks>
internal static class SplinePrediction
{
    private const int Subsets = 40;
    private const double SubsetShare = 0.25;
    private const int UsualPredictors = 12;
    private const int LeastElectrodes = 8;
    private const int LeastWindows = 8;

    private sealed record Predictor(int[] From, double[,] Weights);

    /// <summary>Share of windows in which each electrode is not what the others predict.</summary>
    /// <param name="windows">Track × samples, for each window.</param>
    /// <param name="directions">Direction of each track.</param>
    /// <param name="isPredictor">Tracks that may predict.</param>
    /// <param name="leastCorrelation">Below this a window counts.</param>
    /// <param name="seed">Seed of the subsets.</param>
    /// <returns>A share a track; null where there are too few electrodes.</returns>
    public static double[]? UnpredictedShare(IReadOnlyList<double[][]> windows, Point3[] directions, bool[] isPredictor, double leastCorrelation, int seed)
    {
        int[] usable = [.. Enumerable.Range(0, directions.Length).Where(t => isPredictor[t])];
        // A quarter of a small cap is too few for a spline.
        var size = Math.Max((int)Math.Round(SubsetShare * usable.Length), Math.Min(UsualPredictors, (usable.Length * 2 / 3)));
        if (usable.Length < LeastElectrodes || windows.Count < LeastWindows)
        {
            return null;
        }

        var predictors = Draw(directions, usable, size, new Random(seed));
        var counts = new int[directions.Length];
        var seen = new int[directions.Length];
        Parallel.For(0, directions.Length, t =>
        {
            var votes = predictors.Where(p => !p.From.Contains(t)).ToArray();
            var (predicted, vote) = (new double[SampledWindows.Length], new double[votes.Length]);
            foreach (var window in windows.Where(w => double.IsFinite(w[t][0])))
            {
                Predict(window, t, votes, vote, predicted);
                var r = Correlation(window[t], predicted);
                counts[t] += r >= leastCorrelation ? 0 : 1;
                seen[t]++;
            }
        });
        return [.. counts.Select((c, t) => seen[t] == 0 ? 0 : (double)c / seen[t])];
    }

    /// <summary>Correlation of two stretches; 0 where one does not change.</summary>
    public static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (meanA, meanB) = (0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            meanA += a[i] / a.Length;
            meanB += b[i] / a.Length;
        }

        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : 0;
    }

    private static Predictor[] Draw(Point3[] directions, int[] usable, int size, Random random)
    {
        var spline = new SphericalSpline();
        return [.. Enumerable.Range(0, Subsets).Select(_ =>
        {
            int[] from = [.. usable];
            random.Shuffle(from);
            from = [.. from.Take(size).Order()];
            return new Predictor(from, spline.InterpolationWeights([.. from.Select(t => directions[t])], directions));
        })];
    }

    private static void Predict(double[][] window, int track, Predictor[] votes, double[] vote, double[] predicted)
    {
        var rows = new double[votes.Length][];
        for (var v = 0; v < votes.Length; v++)
        {
            var row = rows[v] = new double[predicted.Length];
            for (var k = 0; k < votes[v].From.Length; k++)
            {
                Projections.LinearCombination.AddScaled(votes[v].Weights[track, k], window[votes[v].From[k]], row);
            }
        }

        for (var i = 0; i < predicted.Length; i++)
        {
            for (var v = 0; v < vote.Length; v++)
            {
                vote[v] = rows[v][i];
            }

            Array.Sort(vote);
            predicted[i] = vote.Length == 0 ? 0 : (vote[vote.Length / 2] + vote[(vote.Length - 1) / 2]) / 2;
        }
    }
}
