using System.Buffers;

namespace SignalLab.Analysis;

/// <summary>Working memory that is lent and given back. Few arrays of a size are kept, for all threads together: the runtime's shared pool keeps some for each thread, which for windows of many channels is most of a day's memory.</summary>
internal static class LentArrays
{
    private const int LongestKept = 1 << 25;
    private const int KeptOfASize = 3;

    /// <summary>Arrays of numbers.</summary>
    public static ArrayPool<double> Doubles { get; } = ArrayPool<double>.Create(LongestKept, KeptOfASize);
}
