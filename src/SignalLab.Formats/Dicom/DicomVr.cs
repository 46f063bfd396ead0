using System.Collections.Frozen;

namespace SignalLab.Formats.Dicom;

/// <summary>Value representations: two letters, here as the text they are in the file.</summary>
/// <remarks>Source: DICOM PS3.5, 6.2 and 7.1.2; tags and their representations PS3.6, 6.</remarks>
internal static class DicomVr
{
    private static readonly FrozenSet<string> Short = FrozenSet.ToFrozenSet(
        ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"]);

    private static readonly FrozenSet<string> Long = FrozenSet.ToFrozenSet(
        ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);

    // What an implicit file leaves out, for the elements that are read here and are not text.
    private static readonly FrozenDictionary<DicomTag, string> Implicit = new Dictionary<DicomTag, string>
    {
        [DicomTag.SamplesPerPixel] = "US",
        [DicomTag.PlanarConfiguration] = "US",
        [DicomTag.Rows] = "US",
        [DicomTag.Columns] = "US",
        [DicomTag.BitsAllocated] = "US",
        [DicomTag.BitsStored] = "US",
        [DicomTag.HighBit] = "US",
        [DicomTag.PixelRepresentation] = "US",
        [DicomTag.PixelPadding] = "US",
        [DicomTag.PixelPaddingLimit] = "US",
        [DicomTag.PaletteDescriptorRed] = "US",
        [new(0x0028, 0x1102)] = "US",
        [new(0x0028, 0x1103)] = "US",
        [DicomTag.PaletteRed] = "OW",
        [new(0x0028, 0x1202)] = "OW",
        [new(0x0028, 0x1203)] = "OW",
        [DicomTag.LutDescriptor] = "US",
        [DicomTag.LutData] = "OW",
        [DicomTag.PhysicalUnitsX] = "US",
        [DicomTag.PhysicalUnitsY] = "US",
        [DicomTag.PhysicalDeltaX] = "FD",
        [DicomTag.PhysicalDeltaY] = "FD",
        [DicomTag.TemporalPositionIndex] = "UL",
        [DicomTag.DimensionIndexValues] = "UL",
        [DicomTag.RealWorldIntercept] = "FD",
        [DicomTag.RealWorldSlope] = "FD",
        [DicomTag.SegmentNumber] = "US",
        [DicomTag.ReferencedSegment] = "US",
        [DicomTag.LargestFraction] = "US",
        [new(0x0019, 0x100a)] = "US",
        [new(0x0029, 0x1010)] = "OB",
        [DicomTag.UltrasoundRegions] = "SQ",
        [DicomTag.FrameContent] = "SQ",
        [DicomTag.PlanePosition] = "SQ",
        [DicomTag.PlaneOrientation] = "SQ",
        [DicomTag.ModalityLut] = "SQ",
        [DicomTag.VoiLut] = "SQ",
        [DicomTag.PixelMeasures] = "SQ",
        [DicomTag.FrameVoiLut] = "SQ",
        [DicomTag.PixelValueTransformation] = "SQ",
        [DicomTag.MeasurementUnits] = "SQ",
        [DicomTag.RealWorldValueMapping] = "SQ",
        [DicomTag.QuantityDefinition] = "SQ",
        [DicomTag.ConceptCode] = "SQ",
        [DicomTag.DetectorInformation] = "SQ",
        [DicomTag.Segments] = "SQ",
        [DicomTag.SegmentIdentification] = "SQ",
        [DicomTag.SharedGroups] = "SQ",
        [DicomTag.PerFrameGroups] = "SQ",
        [DicomTag.WaveformChannelCount] = "US",
        [DicomTag.WaveformSampleCount] = "UL",
        [DicomTag.ChannelDefinitions] = "SQ",
        [DicomTag.ChannelSource] = "SQ",
        [DicomTag.ChannelSensitivityUnits] = "SQ",
        [DicomTag.ConceptName] = "SQ",
        [DicomTag.ReferencedChannels] = "US",
        [DicomTag.ReferencedSamples] = "UL",
        [DicomTag.WaveformAnnotations] = "SQ",
        [DicomTag.Waveforms] = "SQ",
        [DicomTag.WaveformBitsAllocated] = "US",
        [DicomTag.WaveformPadding] = "OW",
        [DicomTag.WaveformData] = "OW",
        [DicomTag.FloatPixels] = "OF",
        [DicomTag.DoublePixels] = "OD",
        [DicomTag.Pixels] = "OW",
    }.ToFrozenDictionary();

    public static bool IsKnown(string vr) => Short.Contains(vr) || Long.Contains(vr);

    /// <summary>True where the length field has four bytes after two reserved ones.</summary>
    public static bool HasLongLength(string vr) => Long.Contains(vr);

    /// <summary>The representation of an element of an implicit file; <c>UN</c> for text and for what is not read here.</summary>
    public static string OfImplicit(DicomTag tag) => Implicit.GetValueOrDefault(tag, "UN");

    /// <summary>Bytes of one number, or 0 for text.</summary>
    public static int NumberSize(string vr) => vr switch
    {
        "US" or "SS" or "OW" => 2,
        "UL" or "SL" or "FL" or "OF" or "OL" => 4,
        "FD" or "OD" or "UV" or "SV" or "OV" => 8,
        "OB" => 1,
        _ => 0,
    };
}
