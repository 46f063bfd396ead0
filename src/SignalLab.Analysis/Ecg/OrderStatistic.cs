namespace SignalLab.Analysis.Ecg;

/// <summary>Medians without sorting. Source: Hoare 1961, "Algorithm 65: Find", Commun. ACM 4:321.</summary>
internal static class OrderStatistic
{
    /// <summary>The middle value, of an even number the mean of the two.</summary>
    /// <param name="values">Finite values; their order is changed.</param>
    public static double Median(Span<double> values)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }

        var upper = Smallest(values, values.Length / 2);
        if (values.Length % 2 == 1)
        {
            return upper;
        }

        // What stands before the upper middle is not larger; the largest of it is the lower middle.
        var lower = values[0];
        foreach (var value in values[..(values.Length / 2)])
        {
            lower = Math.Max(lower, value);
        }

        return (lower + upper) / 2;
    }

    /// <summary>The value that would have an index after sorting: it stands there afterwards, none larger before it.</summary>
    /// <param name="values">Finite values; their order is changed.</param>
    /// <param name="index">The index.</param>
    public static double Smallest(Span<double> values, int index)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = values[(low + high) / 2];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (index <= j)
            {
                high = j;
            }
            else if (index >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[index];
    }
}
