namespace SignalLab.Analysis.Montages;

/// <summary>A sum of channels and of the common reference.</summary>
/// <param name="Channels">Channel indices; rows that share the array are computed together.</param>
/// <param name="Weights">A factor for each.</param>
/// <param name="ReferenceWeight">Factor of the common reference.</param>
internal sealed record DerivedRow(int[] Channels, double[] Weights, double ReferenceWeight = 0)
{
    /// <summary>A channel as it is.</summary>
    public static DerivedRow Same(int channel) => new([channel], [1]);
}

/// <summary>What rows may have subtracted: a weighted sum of channels, or their robust mean.</summary>
/// <param name="Channels">Channel indices; none where there is no reference.</param>
/// <param name="Weights">A factor for each; of a robust mean the factor to the reference's unit.</param>
/// <param name="IsRobust">True for Tukey's biweight instead of the sum.</param>
internal sealed record CommonSum(int[] Channels, double[] Weights, bool IsRobust = false)
{
    /// <summary>No reference.</summary>
    public static CommonSum None { get; } = new([], []);
}
