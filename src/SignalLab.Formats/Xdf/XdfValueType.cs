namespace SignalLab.Formats.Xdf;

/// <summary>The <c>channel_format</c> of a stream.</summary>
internal enum XdfValueType
{
    /// <summary>Texts of any length, UTF-8.</summary>
    Text,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double64,
}
