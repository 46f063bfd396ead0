namespace SignalLab.Analysis.Projections;

/// <summary>Channels that a subspace joins, and that subspace.</summary>
/// <param name="Channels">Channel indices.</param>
/// <param name="Basis">Orthonormal basis × channels.</param>
/// <param name="Scales">Per channel, from its unit to the one the basis is meant in (relative to the first channel's).</param>
internal sealed record ProjectionGroup(int[] Channels, double[][] Basis, double[] Scales);
