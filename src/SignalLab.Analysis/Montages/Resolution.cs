using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>A montage applied to a recording's channels.</summary>
internal sealed class Resolution
{
    /// <summary>A trace as weights of channels.</summary>
    /// <param name="Label">Its name.</param>
    /// <param name="About">The channel whose unit and rate it has.</param>
    /// <param name="Channels">Channels that take part.</param>
    /// <param name="Weights">A factor for each.</param>
    /// <param name="AgainstReference">True where the common reference is subtracted.</param>
    /// <param name="HasPlace">True where the trace is about one electrode and so has its place.</param>
    public sealed record Trace(string Label, int About, int[] Channels, double[] Weights, bool AgainstReference, bool HasPlace);

    /// <summary>The traces from top to bottom.</summary>
    public List<Trace> Traces { get; } = [];

    /// <summary>Channels of the common reference, or none.</summary>
    public int[] Reference { get; init; } = [];

    /// <summary>Their weights; null takes the mean.</summary>
    public double[]? ReferenceWeights { get; init; }

    /// <summary>True where the reference is the robust mean of its channels.</summary>
    public bool IsRobust { get; init; }

    /// <summary>What the unit of the electrodes is divided by: square metres for a current source density.</summary>
    public Unit? Per { get; init; }

    /// <summary>What else decides the result.</summary>
    public List<(string Name, object? Value)> Parameters { get; } = [];

    /// <summary>Names of derivations that the recording lacks electrodes for.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>What the user should know.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>A sum of channels, the first of which it is about.</summary>
    public void Add(string label, int[] channels, double[] weights, bool hasPlace = false) =>
        Traces.Add(new(label, channels[0], channels, weights, AgainstReference: false, hasPlace || channels.Length == 1));

    /// <summary>An electrode against the common reference.</summary>
    public void AddReferred(string label, int channel) => Traces.Add(new(label, channel, [channel], [1], AgainstReference: true, HasPlace: true));
}
