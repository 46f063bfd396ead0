namespace SignalLab.Analysis.Filters;

/// <summary>Ideal low-passes cut off by a window, added and subtracted: one for each transition, each as long as its own width asks for.</summary>
/// <remarks>Source: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., § 7.5; a length for each transition as MNE-Python's <c>firwin</c> design.</remarks>
internal static class SincTaps
{
    /// <summary>The taps.</summary>
    /// <param name="transitions">Where the gain changes, upwards in frequency.</param>
    /// <param name="count">Number of taps, odd.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="window">Symmetric weights for a transition, an odd number of them, at most <paramref name="count"/>.</param>
    public static double[] Of(IReadOnlyList<Transition> transitions, int count, double rateHz, Func<Transition, double[]> window)
    {
        var taps = new double[count];
        taps[count / 2] = transitions[^1].Rises ? 1 : 0;
        foreach (var transition in transitions.Reverse())
        {
            var lowpass = Lowpass(2 * transition.MiddleHz / rateHz, window(transition));
            var (offset, sign) = ((count - lowpass.Length) / 2, transition.Rises ? -1 : 1);
            for (var i = 0; i < lowpass.Length; i++)
            {
                taps[offset + i] += sign * lowpass[i];
            }
        }

        return taps;
    }

    // The edge as a part of half the rate; the gain at frequency 0 is 1.
    private static double[] Lowpass(double edge, double[] weights)
    {
        var middle = weights.Length / 2;
        for (var i = 0; i <= middle; i++)
        {
            var sinc = i == 0 ? edge : Math.Sin(Math.PI * edge * i) / (Math.PI * i);
            weights[middle + i] *= sinc;
            weights[middle - i] = weights[middle + i];
        }

        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }
}
