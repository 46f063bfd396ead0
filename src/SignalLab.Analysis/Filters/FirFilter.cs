using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>A finite, symmetric filter: y[n] = Σ taps[k]·x[n − k]. All frequencies are delayed alike, and zero phase shifts that delay back.</summary>
public sealed class FirFilter : DigitalFilter
{
    private readonly double[] taps;
    private readonly Lock gate = new();
    private readonly Dictionary<Phase, OverlapSave> running = [];

    internal FirFilter(double[] taps)
    {
        ArgumentOutOfRangeException.ThrowIfZero(taps.Length % 2 == 1 ? 1 : 0, nameof(taps));
        this.taps = taps;
    }

    /// <summary>The weights, an odd number of them, symmetric about the middle one.</summary>
    public ReadOnlySpan<double> Taps => taps;

    /// <inheritdoc/>
    public override int PadLength => taps.Length / 2;

    /// <inheritdoc/>
    public override int Margin => taps.Length - 1;

    /// <inheritdoc/>
    public override Complex At(double radiansPerSample)
    {
        // The taps about the middle one are a sum of cosines, which is real.
        var middle = taps.Length / 2;
        var sum = taps[middle];
        for (var k = 1; k <= middle; k++)
        {
            sum += 2 * taps[middle + k] * Math.Cos(k * radiansPerSample);
        }

        return sum * Complex.FromPolarCoordinates(1, -middle * radiansPerSample);
    }

    /// <inheritdoc/>
    public override double GroupDelayAt(double radiansPerSample) => taps.Length / 2;

    internal override int Passes(Phase phase) => 1;

    internal override (int Before, int After) Reach(Phase phase) => phase == Phase.Zero ? (taps.Length / 2, taps.Length / 2) : (taps.Length - 1, 0);

    internal override IStreamingStage Stream(int channels) => new StreamingTaps(taps, channels);

    internal override PieceFilter Over(Phase phase)
    {
        lock (gate)
        {
            if (!running.TryGetValue(phase, out var convolution))
            {
                running[phase] = convolution = new(taps, phase == Phase.Zero);
            }

            return convolution.Filter;
        }
    }
}
