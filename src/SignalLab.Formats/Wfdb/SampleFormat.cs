namespace SignalLab.Formats.Wfdb;

/// <summary>How samples stand in a signal file; the values are the header's format numbers.</summary>
/// <remarks>Source: WFDB Applications Guide, signal(5).</remarks>
internal enum SampleFormat
{
    /// <summary>No samples are stored.</summary>
    Null = 0,

    /// <summary>8-bit first differences.</summary>
    Difference8 = 8,

    /// <summary>16-bit two's complement, low byte first.</summary>
    Int16 = 16,

    /// <summary>24-bit two's complement, low byte first.</summary>
    Int24 = 24,

    /// <summary>32-bit two's complement, low byte first.</summary>
    Int32 = 32,

    /// <summary>16-bit two's complement, high byte first.</summary>
    Int16BigEndian = 61,

    /// <summary>8-bit offset binary.</summary>
    Offset8 = 80,

    /// <summary>16-bit offset binary, low byte first.</summary>
    Offset16 = 160,

    /// <summary>Two 12-bit samples in three bytes.</summary>
    Packed212 = 212,

    /// <summary>Three 10-bit samples in two byte pairs, eleven bits then five.</summary>
    Packed310 = 310,

    /// <summary>Three 10-bit samples in one 32-bit word.</summary>
    Packed311 = 311,

    /// <summary>8 bits, a channel a signal of a FLAC stream.</summary>
    Flac8 = 508,

    /// <summary>16 bits, a channel a signal of a FLAC stream.</summary>
    Flac16 = 516,

    /// <summary>24 bits, a channel a signal of a FLAC stream.</summary>
    Flac24 = 524,
}

/// <summary>Sizes and ranges of the formats.</summary>
internal static class SampleFormats
{
    /// <summary>Samples and bytes of the smallest whole group.</summary>
    public static (int Samples, int Bytes) Group(this SampleFormat format) => format switch
    {
        SampleFormat.Null => (1, 0),
        SampleFormat.Difference8 or SampleFormat.Offset8 => (1, 1),
        SampleFormat.Int24 => (1, 3),
        SampleFormat.Int32 => (1, 4),
        SampleFormat.Packed212 => (2, 3),
        SampleFormat.Packed310 or SampleFormat.Packed311 => (3, 4),
        _ => (1, 2),
    };

    /// <summary>Bytes that hold the first <paramref name="samples"/> samples; a cut last group needs only the bytes its samples use.</summary>
    public static long BytesFor(this SampleFormat format, long samples)
    {
        var (group, bytes) = format.Group();
        var rest = (int)(samples % group) switch
        {
            0 => 0,
            1 => 2,
            _ => format == SampleFormat.Packed311 ? 3 : 4,
        };
        return checked((samples / group * bytes) + (group == 1 ? 0 : rest));
    }

    /// <summary>Whole samples in so many bytes.</summary>
    public static long SamplesIn(this SampleFormat format, long bytes)
    {
        var (group, size) = format.Group();
        if (size == 0)
        {
            return 0;
        }

        var samples = bytes / size * group;
        while (group > 1 && format.BytesFor(samples + 1) <= bytes)
        {
            samples++;
        }

        return samples;
    }

    /// <summary>Smallest and largest value the format can hold; the smallest means "no valid sample" except in format 8.</summary>
    public static (long Minimum, long Maximum) Range(this SampleFormat format) => format switch
    {
        SampleFormat.Offset8 or SampleFormat.Flac8 => (-128, 127),
        SampleFormat.Packed212 => (-2048, 2047),
        SampleFormat.Packed310 or SampleFormat.Packed311 => (-512, 511),
        SampleFormat.Int24 or SampleFormat.Flac24 => (-8388608, 8388607),
        SampleFormat.Int32 => (int.MinValue, int.MaxValue),
        _ => (short.MinValue, short.MaxValue),
    };

    /// <summary>True where the signal file is a FLAC stream.</summary>
    public static bool IsFlac(this SampleFormat format) => format is SampleFormat.Flac8 or SampleFormat.Flac16 or SampleFormat.Flac24;

    public static bool IsKnown(int number) => Enum.IsDefined((SampleFormat)number);
}
