namespace SignalLab.Analysis.Filters;

/// <summary>How a recursive filter runs over time.</summary>
public enum Phase
{
    /// <summary>Forward and backward: nothing is shifted in time, the magnitude acts twice.</summary>
    Zero,

    /// <summary>Forward only, from rest, as an instrument would: causal, with the filter's own delay.</summary>
    Forward,
}
