namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>
/// Direction of a wave in the frontal plane from its net areas: 0° to the left, 90° to the feet. The unipolar lead aVF is smaller than the bipolar lead I by √3/2, which is undone.
/// Source: AHA/ACC/HRS 2009 part III and CSE Working Party 1985; the factor follows from Einthoven's triangle.
/// </summary>
internal static class FrontalAxis
{
    /// <summary>The axis.</summary>
    /// <param name="areaOne">Net area in lead I.</param>
    /// <param name="areaAvf">Net area in lead aVF, in the same unit.</param>
    /// <returns>Degrees, −180 exclusive to 180.</returns>
    public static double Degrees(double areaOne, double areaAvf)
    {
        var degrees = Math.Atan2(2 / Math.Sqrt(3) * areaAvf, areaOne) * 180 / Math.PI;
        return degrees <= -180 ? 180 : degrees;
    }

    /// <summary>Area between a wave and the straight line under it.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="on">First sample.</param>
    /// <param name="off">Last sample.</param>
    /// <param name="levelOn">The line's height at the first sample.</param>
    /// <param name="levelOff">The line's height at the last sample.</param>
    /// <returns>Sum of the differences divided by their number: the mean height.</returns>
    public static double MeanHeight(ReadOnlySpan<double> lead, int on, int off, double levelOn, double levelOff)
    {
        double sum = 0;
        for (var i = on; i <= off; i++)
        {
            sum += lead[i] - levelOn - ((levelOff - levelOn) * (i - on) / Math.Max(1, off - on));
        }

        return sum / (off - on + 1);
    }
}
