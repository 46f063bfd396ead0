namespace SignalLab.Analysis.Ecg;

/// <summary>What leads say together of one boundary. A wave begins and ends at nearly the same time everywhere, so a lead in which it is small follows the others.</summary>
internal static class LeadConsensus
{
    /// <summary>The middle of values that do not count alike.</summary>
    /// <param name="values">One value a lead.</param>
    /// <param name="weights">How much each counts, not negative.</param>
    /// <returns>The smallest value up to which half the weight lies; NaN where nothing counts.</returns>
    public static double WeightedMedian(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        Span<double> sorted = stackalloc double[values.Length];
        Span<double> order = stackalloc double[values.Length];
        double total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            (sorted[i], order[i]) = (values[i], weights[i]);
            total += weights[i];
        }

        if (!(total > 0))
        {
            return double.NaN;
        }

        sorted.Sort(order);
        double sum = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += order[i];
            if (sum >= total / 2)
            {
                return sorted[i];
            }
        }

        return sorted[^1];
    }

    /// <summary>A lead's own value, drawn to the common one: the less the smaller its wave is, and never further away than a limit.</summary>
    /// <param name="own">What the lead says.</param>
    /// <param name="common">What all leads say.</param>
    /// <param name="size">Size of the lead's wave, 1 for that of a usual lead.</param>
    /// <param name="half">Square of the size at which the lead is believed by half.</param>
    /// <param name="limit">Furthest way from the common value.</param>
    public static double Draw(double own, double common, double size, double half, double limit) =>
        common + (size * size / ((size * size) + half) * Math.Clamp(own - common, -limit, limit));

    /// <summary>The same for boundaries that leads may hold far apart where they err: what is much further away than a width no longer counts.</summary>
    /// <param name="own">What the lead says.</param>
    /// <param name="common">What all leads say.</param>
    /// <param name="size">Size of the lead's wave, 1 for that of a usual lead.</param>
    /// <param name="half">Square of the size at which the lead is believed by half.</param>
    /// <param name="width">Way from the common value at which the lead still goes 0.6 of it.</param>
    public static double DrawSoftly(double own, double common, double size, double half, double width)
    {
        var way = own - common;
        return common + (size * size / ((size * size) + half) * way * Math.Exp(-way * way / (2 * width * width)));
    }
}
