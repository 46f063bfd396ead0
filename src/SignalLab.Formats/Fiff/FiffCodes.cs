namespace SignalLab.Formats.Fiff;

/// <summary>Tag kinds. Source: Functional Image File Format 1.4, tag dictionary; 3500 and above: MNE's additions.</summary>
internal static class TagKind
{
    public const int FileId = 100, DirectoryPointer = 101, Directory = 102, BlockId = 103, BlockStart = 104, BlockEnd = 105, FreeList = 106, Nop = 108, ParentBlockId = 110;
    public const int ReferenceRole = 115, ReferenceNumber = 117, ReferenceName = 118;
    public const int ChannelCount = 200, Rate = 201, DataPack = 202, ChannelInfo = 203, MeasurementDate = 204, Comment = 206, AverageCount = 207, FirstSample = 208, LastSample = 209;
    public const int AspectKind = 210, DigitisedPoint = 213, Lowpass = 219, Transform = 222, Highpass = 223, SampleCount = 228, FirstTime = 229, Name = 233, LineFrequency = 235;
    public const int ScanNumber = 250, LogicalNumber = 251, ChannelKindCode = 252, Range = 253, Calibration = 254, Location = 255, UnitCode = 256, UnitExponent = 257, LongName = 258;
    public const int DataBuffer = 300, DataSkip = 301, Epoch = 302, DataSkipSamples = 303, CoilType = 350, CoordinateFrame = 351;
    public const int SubjectId = 400, SubjectFirstName = 401, SubjectMiddleName = 402, SubjectLastName = 403, SubjectBirthday = 404, SubjectSex = 405, HospitalId = 410;
    public const int ProjectorKind = 3411, ProjectorTime = 3412, ProjectorCount = 3414, ProjectorVectors = 3415, ProjectorChannels = 3417;
    public const int DecouplerMatrix = 800, BemSurfaceId = 3101, BemSurfaceName = 3102, BemNodeCount = 3103, BemTriangleCount = 3104, BemNodes = 3105, BemTriangles = 3106, BemNormals = 3107;
    public const int BemSolution = 3110, BemFrame = 3112, BemConductivity = 3113, MneRowNames = 3502, MneRowCount = 3504, MneColumnCount = 3505, MneColumnNames = 3503;
    public const int SourcePoints = 3510, SourceNormals = 3511, SourceCount = 3512, SourceSelection = 3513, SourceUsedCount = 3514, SourceNearest = 3515, SourceSpaceId = 3517, SourceSpaceType = 3518;
    public const int SourceTriangles = 3591, SourceUsedTriangles = 3593, SourceVoxelCounts = 3596, ForwardGains = 3520, SourceOrientation = 3521;
    public const int CovarianceKind = 3530, CovarianceSize = 3531, Covariance = 3532, CovarianceDiagonal = 3533, CovarianceFreedom = 3536, CovarianceMethod = 3537, MneEventTexts = 3566;
    public const int MneCompensationData = 3581, MneCompensationCalibrated = 3582;
    public const int MneFrame = 3506, MneNames = 3507, MneProjectorActive = 3560, MneBaselineFrom = 3568, MneBaselineTo = 3569, MneCompensationKind = 3580, MneAnnotationChannels = 3801, MneEvents = 3561, MneRawRate = 3803;
}

/// <summary>Block kinds. Source: Functional Image File Format 1.4, block dictionary; 350 and above but for 5xx: MNE's additions.</summary>
internal static class BlockKind
{
    public const int Root = 999, Measurement = 100, MeasurementInfo = 101, RawData = 102, ProcessedData = 103, Evoked = 104, Aspect = 105, Subject = 106, Isotrak = 107, HpiResult = 109;
    public const int ContinuousData = 112, ChannelInfo = 113, Reference = 118, ShieldedRawData = 119, ShieldedAspect = 120, Projectors = 313, Projector = 314;
    public const int Mne = 350, Bem = 310, BemSurface = 311, ChannelDecoupler = 501, SourceSpace = 351, ForwardSolution = 352, ParentMeasurement = 354, Covariance = 355, NamedMatrix = 357, MneCompensations = 370;
    public const int MneBadChannels = 359, MneEvents = 361, MneCompensation = 371, MneEpochs = 373, MneAnnotations = 3810;
}

/// <summary>Types of the numbers in a tag. Source: Functional Image File Format 1.4, primitive and structured types.</summary>
internal static class DataType
{
    public const int Void = 0, Byte = 1, Short = 2, Int = 3, Float = 4, Double = 5, Julian = 6, UShort = 7, UInt = 8, String = 10, Long = 11, Pack16 = 16, ComplexFloat = 20, ComplexDouble = 21, OldPack = 23;
    public const int ChannelInfo = 30, Id = 31, DirectoryEntry = 32, DigitisedPoint = 33, Transform = 35;

    /// <summary>A dense matrix: the number type in the low bits, dimensions behind the data.</summary>
    public const int DenseMatrix = 0x4000_0000;

    /// <summary>A sparse matrix, column by column: numbers, their rows, where each column begins, dimensions behind.</summary>
    public const int SparseMatrix = 0x4010_0000;

    /// <summary>Bytes of one number of a type that can hold samples, or 0.</summary>
    public static int SizeOf(int type) => type switch
    {
        Short or Pack16 or UShort => 2,
        Int or UInt or Float or Julian => 4,
        Double => 8,
        _ => 0,
    };

    /// <summary>The type in words, for messages.</summary>
    public static string Describe(int type) => (type & 0xffff) switch
    {
        ComplexFloat or ComplexDouble => "complex numbers",
        OldPack => "packed 16-bit numbers",
        13 or 14 => "13- or 14-bit packed numbers",
        _ => FormattableString.Invariant($"numbers of type {type}"),
    };
}
