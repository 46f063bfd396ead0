using System.Buffers.Binary;

namespace SignalLab.Formats.Nifti;

/// <summary>Which of the three related headers a file has.</summary>
internal enum NiftiVersion
{
    /// <summary>Analyze 7.5: 348 bytes, no orientation, no scale.</summary>
    Analyze,

    /// <summary>NIfTI-1: 348 bytes.</summary>
    One,

    /// <summary>NIfTI-2: 540 bytes.</summary>
    Two,
}

/// <summary>The header as it stands, in one shape for all three versions; nothing is judged but the byte order and the magic.</summary>
/// <remarks>Source: nifti1.h (struct nifti_1_header), nifti2.h (struct nifti_2_header), Analyze 7.5 dbh.h (struct dsr).</remarks>
internal sealed record NiftiHeader(NiftiVersion Version, bool IsLittleEndian, bool IsPair)
{
    public const int SizeOne = 348;
    public const int SizeTwo = 540;

    public int Size => Version == NiftiVersion.Two ? SizeTwo : SizeOne;

    /// <summary>dim[0…7]; dim[0] is the number of dimensions.</summary>
    public required long[] Dim { get; init; }

    public required int Datatype { get; init; }

    public required int Bitpix { get; init; }

    public required double[] Pixdim { get; init; }

    public required double VoxOffset { get; init; }

    /// <summary>Slope and intercept of the values; for Analyze the slope is the unused field that SPM writes a scale into.</summary>
    public required (double Slope, double Intercept) Scale { get; init; }

    public required (double Min, double Max) Calibration { get; init; }

    public required string Description { get; init; }

    public int IntentCode { get; init; }

    public string IntentName { get; init; } = "";

    public double[] IntentParameters { get; init; } = [0, 0, 0];

    public int Units { get; init; }

    public double TimeOffset { get; init; }

    public int QformCode { get; init; }

    public int SformCode { get; init; }

    /// <summary>Quaternion b, c, d and offset x, y, z.</summary>
    public double[] Quaternion { get; init; } = new double[6];

    /// <summary>The sform's three rows, twelve numbers.</summary>
    public double[] Sform { get; init; } = new double[12];

    /// <summary>Byte offset of a field, for messages.</summary>
    public int OffsetOf(string field) => (field, Version) switch
    {
        ("dim", NiftiVersion.Two) => 16,
        ("datatype", NiftiVersion.Two) => 12,
        ("vox_offset", NiftiVersion.Two) => 168,
        ("scl_inter", NiftiVersion.Two) => 184,
        ("dim", _) => 40,
        ("datatype", _) => 70,
        ("vox_offset", _) => 108,
        ("scl_inter", _) => 116,
        _ => 0,
    };

    /// <summary>The header at the beginning of a file, or null where there is none.</summary>
    /// <param name="bytes">The first 348 bytes or more.</param>
    public static NiftiHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SizeOne)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (size == SizeTwo || BinaryPrimitives.ReverseEndianness(size) == SizeTwo)
        {
            var magic = bytes.Slice(4, 8);
            var isPair = magic.SequenceEqual("ni2\0\r\n\u001a\n"u8);
            return bytes.Length >= SizeTwo && (isPair || magic.SequenceEqual("n+2\0\r\n\u001a\n"u8)) ? ReadTwo(bytes, size == SizeTwo, isPair) : null;
        }

        // The byte order of NIfTI-1 is that in which dim[0] lies in 1…7.
        var little = BinaryPrimitives.ReadInt16LittleEndian(bytes[40..]) is >= 1 and <= 7;
        if (!little && BinaryPrimitives.ReadInt16BigEndian(bytes[40..]) is not (>= 1 and <= 7))
        {
            return null;
        }

        var tail = bytes.Slice(344, 4);
        if (tail.SequenceEqual("n+1\0"u8) || tail.SequenceEqual("ni1\0"u8))
        {
            return ReadOne(bytes, little, tail[1] == (byte)'i');
        }

        var analyze = ReadAnalyze(bytes, little);
        return (little ? size : BinaryPrimitives.ReverseEndianness(size)) == SizeOne && NiftiDatatype.IsDefined(analyze.Datatype) ? analyze : null;
    }

    private static NiftiHeader ReadOne(ReadOnlySpan<byte> bytes, bool little, bool isPair)
    {
        var f = new HeaderFields(bytes, little);
        return ReadAnalyze(bytes, little) with
        {
            Version = NiftiVersion.One,
            IsPair = isPair,
            Scale = (f.Single(112), f.Single(116)),
            IntentCode = f.Int16(68),
            IntentName = f.Text(328, 16),
            IntentParameters = f.Singles(56, 3),
            Units = f.Byte(123),
            TimeOffset = f.Single(136),
            QformCode = f.Int16(252),
            SformCode = f.Int16(254),
            Quaternion = f.Singles(256, 6),
            Sform = f.Singles(280, 12),
        };
    }

    private static NiftiHeader ReadAnalyze(ReadOnlySpan<byte> bytes, bool little)
    {
        var f = new HeaderFields(bytes, little);
        var dim = new long[8];
        for (var i = 0; i < 8; i++)
        {
            dim[i] = f.Int16(40 + (2 * i));
        }

        return new(NiftiVersion.Analyze, little, true)
        {
            Dim = dim,
            Datatype = f.Int16(70),
            Bitpix = f.Int16(72),
            Pixdim = f.Singles(76, 8),
            VoxOffset = f.Single(108),
            Scale = (f.Single(112), 0),
            Calibration = (f.Single(128), f.Single(124)),
            Description = f.Text(148, 80),
        };
    }

    private static NiftiHeader ReadTwo(ReadOnlySpan<byte> bytes, bool little, bool isPair)
    {
        var f = new HeaderFields(bytes, little);
        var dim = new long[8];
        for (var i = 0; i < 8; i++)
        {
            dim[i] = f.Int64(16 + (8 * i));
        }

        return new(NiftiVersion.Two, little, isPair)
        {
            Dim = dim,
            Datatype = f.Int16(12),
            Bitpix = f.Int16(14),
            Pixdim = f.Doubles(104, 8),
            VoxOffset = f.Int64(168),
            Scale = (f.Double(176), f.Double(184)),
            Calibration = (f.Double(200), f.Double(192)),
            Description = f.Text(240, 80),
            IntentCode = f.Int32(504),
            IntentName = f.Text(508, 16),
            IntentParameters = f.Doubles(80, 3),
            Units = f.Int32(500),
            TimeOffset = f.Double(216),
            QformCode = f.Int32(344),
            SformCode = f.Int32(348),
            Quaternion = f.Doubles(352, 6),
            Sform = f.Doubles(400, 12),
        };
    }
}
