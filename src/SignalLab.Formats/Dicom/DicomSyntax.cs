namespace SignalLab.Formats.Dicom;

/// <summary>How pixel data are coded.</summary>
internal enum PixelCoding
{
    /// <summary>As they are.</summary>
    Native,

    /// <summary>Run lengths, PS3.5 annex G.</summary>
    Rle,

    /// <summary>Every frame deflated by itself, PS3.5 annex A.4.14.</summary>
    DeflatedFrames,

    /// <summary>JPEG and its family, video: named, not decoded.</summary>
    Foreign,
}

/// <summary>A transfer syntax.</summary>
/// <param name="Uid">Its identifier.</param>
/// <param name="Name">What its users call it.</param>
/// <param name="Coding">Coding of the pixels.</param>
/// <param name="IsExplicit">Elements carry their value representation.</param>
/// <param name="IsBigEndian">Byte order of everything after the file meta information.</param>
/// <param name="IsDeflated">The whole data set is deflated.</param>
/// <remarks>Source: DICOM PS3.5, annex A; PS3.6, annex A.</remarks>
internal sealed record DicomSyntax(string Uid, string Name, PixelCoding Coding = PixelCoding.Foreign, bool IsExplicit = true, bool IsBigEndian = false, bool IsDeflated = false)
{
    public static DicomSyntax ImplicitLittle { get; } = new("1.2.840.10008.1.2", "implicit VR little endian", PixelCoding.Native, false);

    public static DicomSyntax ExplicitLittle { get; } = new("1.2.840.10008.1.2.1", "explicit VR little endian", PixelCoding.Native);

    private static readonly Dictionary<string, DicomSyntax> Known = new DicomSyntax[]
    {
        ImplicitLittle,
        ExplicitLittle,
        new("1.2.840.10008.1.2.1.98", "encapsulated uncompressed explicit VR little endian", PixelCoding.Native),
        new("1.2.840.10008.1.2.1.99", "deflated explicit VR little endian", PixelCoding.Native, IsDeflated: true),
        new("1.2.840.10008.1.2.2", "explicit VR big endian", PixelCoding.Native, IsBigEndian: true),
        new("1.2.840.10008.1.2.5", "RLE lossless", PixelCoding.Rle),
        new("1.2.840.10008.1.2.8.1", "deflated image frame compression", PixelCoding.DeflatedFrames),
        new("1.2.840.10008.1.2.4.50", "JPEG baseline"),
        new("1.2.840.10008.1.2.4.51", "JPEG extended (12 bit)"),
        new("1.2.840.10008.1.2.4.57", "JPEG lossless"),
        new("1.2.840.10008.1.2.4.70", "JPEG lossless (first-order prediction)"),
        new("1.2.840.10008.1.2.4.80", "JPEG-LS lossless"),
        new("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless"),
        new("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"),
        new("1.2.840.10008.1.2.4.91", "JPEG 2000"),
        new("1.2.840.10008.1.2.4.92", "JPEG 2000 multi-component lossless"),
        new("1.2.840.10008.1.2.4.93", "JPEG 2000 multi-component"),
        new("1.2.840.10008.1.2.4.100", "MPEG-2 video"),
        new("1.2.840.10008.1.2.4.101", "MPEG-2 video"),
        new("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 video"),
        new("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 video"),
        new("1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 video"),
        new("1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 video"),
        new("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 video"),
        new("1.2.840.10008.1.2.4.107", "HEVC/H.265 video"),
        new("1.2.840.10008.1.2.4.108", "HEVC/H.265 video"),
        new("1.2.840.10008.1.2.4.110", "JPEG XL lossless"),
        new("1.2.840.10008.1.2.4.111", "JPEG XL recompressed JPEG"),
        new("1.2.840.10008.1.2.4.112", "JPEG XL"),
        new("1.2.840.10008.1.2.4.201", "high-throughput JPEG 2000 lossless"),
        new("1.2.840.10008.1.2.4.202", "high-throughput JPEG 2000 lossless"),
        new("1.2.840.10008.1.2.4.203", "high-throughput JPEG 2000"),
    }.ToDictionary(s => s.Uid, StringComparer.Ordinal);

    /// <summary>The syntax of an identifier; an unknown one reads headers as explicit little endian and refuses pixels.</summary>
    public static DicomSyntax Of(string uid) => Known.GetValueOrDefault(uid) ?? new(uid, $"transfer syntax {uid}");
}
