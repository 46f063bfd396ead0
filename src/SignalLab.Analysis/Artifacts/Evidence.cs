namespace SignalLab.Analysis.Artifacts;

/// <summary>How sure a detection is: monotonic in the evidence, one half at the threshold.</summary>
internal static class Evidence
{
    /// <summary>1 − 2^(−ratio): 0 without evidence, 0.5 at the threshold, 0.75 at twice, 0.94 at four times of it.</summary>
    /// <param name="ratio">Measure divided by its threshold (the other way round where small is wrong).</param>
    public static double Confidence(double ratio) => double.IsNaN(ratio) ? 0 : 1 - Math.Pow(2, -Math.Clamp(ratio, 0, 30));
}
