namespace SignalLab.Formats.Numbers;

/// <summary>How one sample is stored.</summary>
internal enum NumberType
{
    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>Signed, 24 bits.</summary>
    Int24,

    /// <summary>Unsigned, 24 bits.</summary>
    UInt24,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32,

    /// <summary>IEEE 754, 64 bits.</summary>
    Float64,
}

/// <summary>Sizes of the types.</summary>
internal static class NumberTypes
{
    /// <summary>Bytes of one number.</summary>
    public static int Bytes(this NumberType type) => type switch
    {
        NumberType.Int8 or NumberType.UInt8 => 1,
        NumberType.Int16 or NumberType.UInt16 => 2,
        NumberType.Int24 or NumberType.UInt24 => 3,
        NumberType.Int32 or NumberType.UInt32 or NumberType.Float32 => 4,
        _ => 8,
    };
}
