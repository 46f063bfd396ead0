namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>Pairs marks with those of a reference, one to one, the nearest pairs first.</summary>
public static class MarkPairing
{
    /// <summary>Pairs marks.</summary>
    /// <param name="reference">Samples of the reference, in order.</param>
    /// <param name="detected">Samples found, in order.</param>
    /// <param name="window">Largest distance of a pair, in samples.</param>
    /// <returns>Indices of the pairs, in the reference's order.</returns>
    public static IReadOnlyList<(int Reference, int Detected)> Pair(ReadOnlySpan<long> reference, ReadOnlySpan<long> detected, double window)
    {
        var candidates = new List<(long Distance, int Reference, int Detected)>();
        var from = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            while (from < detected.Length && detected[from] < reference[i] - window)
            {
                from++;
            }

            for (var j = from; j < detected.Length && detected[j] <= reference[i] + window; j++)
            {
                candidates.Add((Math.Abs(detected[j] - reference[i]), i, j));
            }
        }

        candidates.Sort();
        var (takenReference, takenDetected) = (new bool[reference.Length], new bool[detected.Length]);
        var pairs = new List<(int Reference, int Detected)>();
        foreach (var (_, i, j) in candidates)
        {
            if (!takenReference[i] && !takenDetected[j])
            {
                (takenReference[i], takenDetected[j]) = (true, true);
                pairs.Add((i, j));
            }
        }

        pairs.Sort();
        return pairs;
    }

    /// <summary>For every mark of the reference the one that is paired with it.</summary>
    /// <param name="reference">Samples of the reference, in order.</param>
    /// <param name="detected">Samples found, in order.</param>
    /// <param name="window">Largest distance of a pair, in samples.</param>
    /// <returns>One sample a mark, NaN where it was missed.</returns>
    public static double[] Nearest(ReadOnlySpan<long> reference, ReadOnlySpan<long> detected, double window)
    {
        var result = new double[reference.Length];
        Array.Fill(result, double.NaN);
        foreach (var (i, j) in Pair(reference, detected, window))
        {
            result[i] = detected[j];
        }

        return result;
    }
}
