namespace SignalLab.Analysis.Montages;

/// <summary>A montage applied to a recording's channels.</summary>
internal sealed class Resolution
{
    /// <summary>A trace as weights of channels, with or without the common reference subtracted.</summary>
    public sealed record Trace(string Label, int[] Channels, double[] Weights, bool AgainstReference);

    /// <summary>The traces from top to bottom.</summary>
    public List<Trace> Traces { get; } = [];

    /// <summary>Channels whose mean is the common reference, or none.</summary>
    public int[] Reference { get; init; } = [];

    /// <summary>Names of derivations that the recording lacks electrodes for.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>What the user should know.</summary>
    public List<string> Remarks { get; } = [];

    public void Add(string label, int[] channels, double[] weights, bool againstReference = false) =>
        Traces.Add(new(label, channels, weights, againstReference));
}
