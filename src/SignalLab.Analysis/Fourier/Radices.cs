namespace SignalLab.Analysis.Fourier;

/// <summary>How lengths are split.</summary>
internal static class Radices
{
    /// <summary>The radices of a length's passes, eights first: after the first pass the numbers side by side fill vectors. Null where a prime above 13 is left.</summary>
    /// <param name="length">Length, ≥ 1.</param>
    public static int[]? Of(int length)
    {
        var twos = int.TrailingZeroCount(length);
        var radices = new List<int>();
        for (; twos is 3 or > 4; twos -= 3)
        {
            radices.Add(8);
        }

        for (; twos > 1; twos -= 2)
        {
            radices.Add(4);
        }

        if (twos == 1)
        {
            radices.Add(2);
        }

        var rest = length >> int.TrailingZeroCount(length);
        foreach (var prime in (ReadOnlySpan<int>)[5, 3, 7, 11, 13])
        {
            for (; rest % prime == 0; rest /= prime)
            {
                radices.Add(prime);
            }
        }

        return rest == 1 ? [.. radices] : null;
    }

    /// <summary>The next length that splits into 2, 3 and 5 alone, for convolutions.</summary>
    /// <param name="length">Least length.</param>
    public static int FastLength(int length)
    {
        for (var n = Math.Max(1, length); ; n++)
        {
            var rest = n >> int.TrailingZeroCount(n);
            foreach (var prime in (ReadOnlySpan<int>)[3, 5])
            {
                while (rest % prime == 0)
                {
                    rest /= prime;
                }
            }

            if (rest == 1)
            {
                return n;
            }
        }
    }
}
