namespace SignalLab.Formats.Numbers;

/// <summary>An uninterrupted stretch of a file that holds every stored column over some samples.</summary>
/// <param name="Offset">Byte where it begins.</param>
/// <param name="First">Its first sample.</param>
/// <param name="Count">Samples a column.</param>
internal readonly record struct NumberBlock(long Offset, long First, long Count)
{
    /// <summary>The sample after its last.</summary>
    public long End => First + Count;
}

/// <summary>How numbers of several columns lie in a file.</summary>
/// <param name="Type">How one is stored.</param>
/// <param name="Columns">Columns that are stored, wanted or not.</param>
/// <param name="IsVectorised">True where a block holds column after column; false where it holds sample after sample (multiplexed).</param>
/// <param name="IsBigEndian">Most significant byte first.</param>
internal sealed record NumberTable(NumberType Type, int Columns, bool IsVectorised = false, bool IsBigEndian = false)
{
    /// <summary>Bytes of all columns at one sample.</summary>
    public long FrameBytes => (long)Type.Bytes() * Columns;
}

/// <summary>A channel as it is stored in a table.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Gain">Physical units a step.</param>
/// <param name="Offset">Physical value of 0.</param>
internal readonly record struct NumberColumn(int Column, double Gain = 1, double Offset = 0);
