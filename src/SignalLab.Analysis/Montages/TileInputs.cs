using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>Where a plan's input channels lie: in a block that was read, or in the recording's own arrays, which then are not copied.</summary>
internal sealed class TileInputs
{
    private readonly MemorySamples? memory;
    private readonly int[] channels = [];
    private readonly long first;
    private readonly double[] block = [];
    private readonly int stride;

    /// <param name="memory">The recording's arrays.</param>
    /// <param name="channels">Which of them, in the plan's order.</param>
    /// <param name="first">The sample that counts as 0.</param>
    public TileInputs(MemorySamples memory, int[] channels, long first) => (this.memory, this.channels, this.first) = (memory, channels, first);

    /// <param name="block">Inputs × stride values.</param>
    /// <param name="stride">Samples of each input.</param>
    public TileInputs(double[] block, int stride) => (this.block, this.stride) = (block, stride);

    /// <summary>A stretch of one input.</summary>
    public ReadOnlySpan<double> Of(int input, int start, int length) =>
        memory is null ? block.AsSpan((input * stride) + start, length) : memory.Slice(channels[input], first + start, length);
}
