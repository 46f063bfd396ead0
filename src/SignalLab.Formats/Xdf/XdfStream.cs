using SignalLab.Formats.Numbers;

namespace SignalLab.Formats.Xdf;

/// <summary>One stream of a file: what its header says, where its samples lie and when they were taken.</summary>
/// <param name="header">What its header says.</param>
internal sealed class XdfStream(XdfStreamHeader header)
{
    public XdfStreamHeader Header { get; } = header;

    /// <summary>Samples read while the file is gone through.</summary>
    public long Count { get; set; }

    /// <summary>Where the samples of a regular stream lie, in order.</summary>
    public List<XdfBlock> Blocks { get; } = [];

    /// <summary>Stretches of a regular stream.</summary>
    public XdfStamps Stamps { get; } = new(header.NominalRateHz);

    /// <summary>Measured offsets of the stream's clock.</summary>
    public XdfClock Clock { get; } = new();

    /// <summary>Stamped values of a stream without a rate.</summary>
    public List<(double Stamp, string Text)> Events { get; } = [];

    /// <summary>Number of samples the footer states, or null.</summary>
    public long? StatedCount { get; set; }

    /// <summary>True for samples at a steady rate: they become channels; others become annotations.</summary>
    public bool IsRegular => Header.NominalRateHz > 0 && Header.Type != XdfValueType.Text;

    /// <summary>How a number of the stream is stored.</summary>
    public NumberType NumberType => Header.Type switch
    {
        XdfValueType.Int8 => NumberType.Int8,
        XdfValueType.Int16 => NumberType.Int16,
        XdfValueType.Int32 => NumberType.Int32,
        XdfValueType.Int64 => NumberType.Int64,
        XdfValueType.Float32 => NumberType.Float32,
        _ => NumberType.Float64,
    };

    /// <summary>Bytes of the values of one sample.</summary>
    public int ValueBytes => NumberType.Bytes() * Header.Channels.Count;
}

/// <summary>Consecutive samples of one stream, each led by a byte that tells whether a time stamp stands before its values.</summary>
/// <param name="Offset">Byte of the first sample.</param>
/// <param name="First">Its index.</param>
/// <param name="Count">Samples.</param>
/// <param name="Bytes">Bytes of all.</param>
internal readonly record struct XdfBlock(long Offset, long First, int Count, int Bytes);
