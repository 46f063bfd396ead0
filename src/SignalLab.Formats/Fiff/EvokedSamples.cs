using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Where one channel of an average stands.</summary>
/// <param name="Position">Byte offset of its first number.</param>
/// <param name="Type">How numbers are coded.</param>
/// <param name="Gain">Factor to the SI unit.</param>
/// <param name="Offset">Summand, in the SI unit.</param>
internal readonly record struct EvokedRow(long Position, int Type, double Gain, double Offset);

/// <summary>Samples of an average: one row a channel.</summary>
/// <param name="bytes">The file.</param>
/// <param name="rows">The channels' rows.</param>
/// <param name="count">Samples a row.</param>
internal sealed class EvokedSamples(ByteSource bytes, EvokedRow[] rows, int count) : ISampleSource
{
    public int ChannelCount => rows.Length;

    public long Count(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, rows.Length);
        return count;
    }

    public void Read(int channel, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Count(channel) - into.Length);
        var row = rows[channel];
        var size = DataType.SizeOf(row.Type);
        SampleCode.Decode(row.Type, bytes.Read(row.Position + (first * size), (long)into.Length * size, "average"), 1, into, row.Gain, row.Offset);
    }
}
