using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>Analogue low-passes with their edge at 1 rad/s, from which every band is made.</summary>
internal static class AnaloguePrototype
{
    /// <summary>Maximally flat: all poles evenly on the left half of the unit circle.</summary>
    /// <param name="order">Number of poles.</param>
    /// <remarks>Source: Butterworth, On the theory of filter amplifiers, Experimental Wireless 7 (1930) 536–541.</remarks>
    public static ZerosPolesGain Butterworth(int order)
    {
        var pairs = new List<Complex>();
        for (var m = order - 1; m > 0; m -= 2)
        {
            var (sin, cos) = Math.SinCos(Math.PI * m / (2 * order));
            pairs.Add(new(-cos, sin));
        }

        return new(Roots.None, new(pairs, order % 2 == 1 ? [-1.0] : []), 1);
    }
}
