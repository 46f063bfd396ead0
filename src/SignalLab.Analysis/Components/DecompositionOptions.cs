using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>How a recording is decomposed.</summary>
public sealed record DecompositionOptions
{
    /// <summary>FastICA of all that the data hold, on a copy high-passed at 1 Hz.</summary>
    public static DecompositionOptions Default { get; } = new();

    /// <summary>The method.</summary>
    public ComponentMethod Method { get; init; } = ComponentMethod.FastIca;

    /// <summary>Number of components, at most the rank of the data; null lets <see cref="VarianceFraction"/> decide.</summary>
    public int? Components { get; init; }

    /// <summary>The fewest principal components that hold more than this part of the variance are kept, 0 to 1.</summary>
    public double VarianceFraction { get; init; } = 0.999999;

    /// <summary>Of everything random: same seed, same result.</summary>
    public int Seed { get; init; } = 97;

    /// <summary>Cut-off in Hz of a fourth-order zero-phase Butterworth high-pass for fitting only, or null to fit the recording as it is. Slow drifts take components away from the brain's.</summary>
    public double? HighpassHz { get; init; } = 1;

    /// <summary>First time fitted on, in seconds since the first sample.</summary>
    public double FromSeconds { get; init; }

    /// <summary>End of the time fitted on, excluded; null for the recording's end.</summary>
    public double? ToSeconds { get; init; }

    /// <summary>Most samples fitted on; where there are more, stretches of ten seconds spread evenly over the recording. Null for as many as take 128 MB.</summary>
    public int? MostSamples { get; init; }

    /// <summary>What counts as converged; null for what the method's authors take: 1e-4 for FastICA, 1e-7 for the others.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Most iterations; null for 200 of FastICA and 500 of the others.</summary>
    public int? MostIterations { get; init; }

    internal double ToleranceOrUsual => Tolerance ?? (Method == ComponentMethod.FastIca ? 1e-4 : 1e-7);

    internal int IterationsOrUsual => MostIterations ?? (Method == ComponentMethod.FastIca ? 200 : 500);

    internal Unmixing Find(SampleTiles whitened) => Method switch
    {
        ComponentMethod.FastIca => FastIca.Find(whitened, Seed, ToleranceOrUsual, IterationsOrUsual),
        ComponentMethod.Infomax => Infomax.Find(whitened, Seed, ToleranceOrUsual, IterationsOrUsual),
        _ => Picard.Find(whitened, Seed, ToleranceOrUsual, IterationsOrUsual, Method == ComponentMethod.PicardOrthogonal),
    };

    internal void Check()
    {
        if (!(VarianceFraction is > 0 and <= 1) || Components is < 1 || MostSamples is < 1 || MostIterations is < 1 || Tolerance is not (null or > 0) || HighpassHz is not (null or > 0))
        {
            throw new UnfitInputException("A decomposition needs a fraction of variance from 0 to 1, and components, samples, iterations, tolerance and high-pass above 0.");
        }
    }
}
