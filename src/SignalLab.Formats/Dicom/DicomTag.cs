using System.Globalization;

namespace SignalLab.Formats.Dicom;

/// <summary>A data element's tag.</summary>
/// <param name="Group">Group number; odd for private elements.</param>
/// <param name="Element">Element number.</param>
internal readonly record struct DicomTag(ushort Group, ushort Element)
{
    public static readonly DicomTag Item = new(0xfffe, 0xe000);
    public static readonly DicomTag ItemEnd = new(0xfffe, 0xe00d);
    public static readonly DicomTag SequenceEnd = new(0xfffe, 0xe0dd);

    public static readonly DicomTag MediaSopClass = new(0x0002, 0x0002);
    public static readonly DicomTag TransferSyntax = new(0x0002, 0x0010);
    public static readonly DicomTag CharacterSet = new(0x0008, 0x0005);
    public static readonly DicomTag ImageType = new(0x0008, 0x0008);
    public static readonly DicomTag SopClass = new(0x0008, 0x0016);
    public static readonly DicomTag StudyDate = new(0x0008, 0x0020);
    public static readonly DicomTag SeriesDate = new(0x0008, 0x0021);
    public static readonly DicomTag AcquisitionDate = new(0x0008, 0x0022);
    public static readonly DicomTag ContentDate = new(0x0008, 0x0023);
    public static readonly DicomTag AcquisitionDateTime = new(0x0008, 0x002a);
    public static readonly DicomTag StudyTime = new(0x0008, 0x0030);
    public static readonly DicomTag SeriesTime = new(0x0008, 0x0031);
    public static readonly DicomTag AcquisitionTime = new(0x0008, 0x0032);
    public static readonly DicomTag ContentTime = new(0x0008, 0x0033);
    public static readonly DicomTag Modality = new(0x0008, 0x0060);
    public static readonly DicomTag CodeValue = new(0x0008, 0x0100);
    public static readonly DicomTag CodeMeaning = new(0x0008, 0x0104);
    public static readonly DicomTag SeriesDescription = new(0x0008, 0x103e);
    public static readonly DicomTag PatientName = new(0x0010, 0x0010);
    public static readonly DicomTag PatientId = new(0x0010, 0x0020);
    public static readonly DicomTag PatientBirthDate = new(0x0010, 0x0030);
    public static readonly DicomTag PatientSex = new(0x0010, 0x0040);
    public static readonly DicomTag PatientAge = new(0x0010, 0x1010);
    public static readonly DicomTag SliceThickness = new(0x0018, 0x0050);
    public static readonly DicomTag CineRate = new(0x0018, 0x0040);
    public static readonly DicomTag RepetitionTime = new(0x0018, 0x0080);
    public static readonly DicomTag EchoTime = new(0x0018, 0x0081);
    public static readonly DicomTag SpacingBetweenSlices = new(0x0018, 0x0088);
    public static readonly DicomTag TriggerTime = new(0x0018, 0x1060);
    public static readonly DicomTag FrameTime = new(0x0018, 0x1063);
    public static readonly DicomTag FrameTimeVector = new(0x0018, 0x1065);
    public static readonly DicomTag ImagerPixelSpacing = new(0x0018, 0x1164);
    public static readonly DicomTag NominalScannedPixelSpacing = new(0x0018, 0x2010);
    public static readonly DicomTag UltrasoundRegions = new(0x0018, 0x6011);
    public static readonly DicomTag PhysicalUnitsX = new(0x0018, 0x6024);
    public static readonly DicomTag PhysicalUnitsY = new(0x0018, 0x6026);
    public static readonly DicomTag PhysicalDeltaX = new(0x0018, 0x602c);
    public static readonly DicomTag PhysicalDeltaY = new(0x0018, 0x602e);
    public static readonly DicomTag FrameAcquisitionDateTime = new(0x0018, 0x9074);
    public static readonly DicomTag SeriesInstance = new(0x0020, 0x000e);
    public static readonly DicomTag SeriesNumber = new(0x0020, 0x0011);
    public static readonly DicomTag InstanceNumber = new(0x0020, 0x0013);
    public static readonly DicomTag ImagePosition = new(0x0020, 0x0032);
    public static readonly DicomTag ImageOrientation = new(0x0020, 0x0037);
    public static readonly DicomTag FrameOfReference = new(0x0020, 0x0052);
    public static readonly DicomTag TemporalPosition = new(0x0020, 0x0100);
    public static readonly DicomTag StackId = new(0x0020, 0x9056);
    public static readonly DicomTag FrameContent = new(0x0020, 0x9111);
    public static readonly DicomTag PlanePosition = new(0x0020, 0x9113);
    public static readonly DicomTag PlaneOrientation = new(0x0020, 0x9116);
    public static readonly DicomTag TemporalPositionIndex = new(0x0020, 0x9128);
    public static readonly DicomTag DimensionIndexValues = new(0x0020, 0x9157);
    public static readonly DicomTag SamplesPerPixel = new(0x0028, 0x0002);
    public static readonly DicomTag Photometric = new(0x0028, 0x0004);
    public static readonly DicomTag PlanarConfiguration = new(0x0028, 0x0006);
    public static readonly DicomTag NumberOfFrames = new(0x0028, 0x0008);
    public static readonly DicomTag Rows = new(0x0028, 0x0010);
    public static readonly DicomTag Columns = new(0x0028, 0x0011);
    public static readonly DicomTag PixelSpacing = new(0x0028, 0x0030);
    public static readonly DicomTag BitsAllocated = new(0x0028, 0x0100);
    public static readonly DicomTag BitsStored = new(0x0028, 0x0101);
    public static readonly DicomTag HighBit = new(0x0028, 0x0102);
    public static readonly DicomTag PixelRepresentation = new(0x0028, 0x0103);
    public static readonly DicomTag PixelPadding = new(0x0028, 0x0120);
    public static readonly DicomTag PixelPaddingLimit = new(0x0028, 0x0121);
    public static readonly DicomTag WindowCentre = new(0x0028, 0x1050);
    public static readonly DicomTag WindowWidth = new(0x0028, 0x1051);
    public static readonly DicomTag RescaleIntercept = new(0x0028, 0x1052);
    public static readonly DicomTag RescaleSlope = new(0x0028, 0x1053);
    public static readonly DicomTag RescaleType = new(0x0028, 0x1054);
    public static readonly DicomTag PaletteDescriptorRed = new(0x0028, 0x1101);
    public static readonly DicomTag PaletteRed = new(0x0028, 0x1201);
    public static readonly DicomTag PaletteRedSegmented = new(0x0028, 0x1221);
    public static readonly DicomTag ModalityLut = new(0x0028, 0x3000);
    public static readonly DicomTag LutDescriptor = new(0x0028, 0x3002);
    public static readonly DicomTag ModalityLutType = new(0x0028, 0x3004);
    public static readonly DicomTag LutData = new(0x0028, 0x3006);
    public static readonly DicomTag VoiLut = new(0x0028, 0x3010);
    public static readonly DicomTag PixelMeasures = new(0x0028, 0x9110);
    public static readonly DicomTag FrameVoiLut = new(0x0028, 0x9132);
    public static readonly DicomTag PixelValueTransformation = new(0x0028, 0x9145);
    public static readonly DicomTag MeasurementUnits = new(0x0040, 0x08ea);
    public static readonly DicomTag RealWorldValueMapping = new(0x0040, 0x9096);
    public static readonly DicomTag RealWorldIntercept = new(0x0040, 0x9224);
    public static readonly DicomTag RealWorldSlope = new(0x0040, 0x9225);
    public static readonly DicomTag QuantityDefinition = new(0x0040, 0x9220);
    public static readonly DicomTag ConceptCode = new(0x0040, 0xa168);
    public static readonly DicomTag DetectorInformation = new(0x0054, 0x0022);
    public static readonly DicomTag PetUnits = new(0x0054, 0x1001);
    public static readonly DicomTag SuvType = new(0x0054, 0x1006);
    public static readonly DicomTag FrameReferenceTime = new(0x0054, 0x1300);
    public static readonly DicomTag SegmentationType = new(0x0062, 0x0001);
    public static readonly DicomTag Segments = new(0x0062, 0x0002);
    public static readonly DicomTag SegmentNumber = new(0x0062, 0x0004);
    public static readonly DicomTag SegmentLabel = new(0x0062, 0x0005);
    public static readonly DicomTag SegmentIdentification = new(0x0062, 0x000a);
    public static readonly DicomTag ReferencedSegment = new(0x0062, 0x000b);
    public static readonly DicomTag LargestFraction = new(0x0062, 0x000e);
    public static readonly DicomTag PresentationLutShape = new(0x2050, 0x0020);
    public static readonly DicomTag DoseUnits = new(0x3004, 0x0002);
    public static readonly DicomTag GridFrameOffsets = new(0x3004, 0x000c);
    public static readonly DicomTag DoseGridScaling = new(0x3004, 0x000e);
    public static readonly DicomTag SharedGroups = new(0x5200, 0x9229);
    public static readonly DicomTag PerFrameGroups = new(0x5200, 0x9230);
    public static readonly DicomTag FloatPixels = new(0x7fe0, 0x0008);
    public static readonly DicomTag DoublePixels = new(0x7fe0, 0x0009);
    public static readonly DicomTag Pixels = new(0x7fe0, 0x0010);

    public bool IsPixels => this == Pixels || this == FloatPixels || this == DoublePixels;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");
}
