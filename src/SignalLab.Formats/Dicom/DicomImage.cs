using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>What one file says about all its planes.</summary>
internal sealed record DicomImage(string Path, PixelData Pixels)
{
    public required string Series { get; init; }

    public required int SeriesNumber { get; init; }

    public required string Modality { get; init; }

    public required string ImageType { get; init; }

    public required Frame Frame { get; init; }

    public required DicomMeaning Meaning { get; init; }

    public required Subject Subject { get; init; }

    public required DateTime? Start { get; init; }

    public required (double Centre, double Width)? Window { get; init; }

    /// <summary>Stored values that mean "no value here", or null.</summary>
    public required (double Low, double High)? Padding { get; init; }

    /// <summary>Pixel size where no plane is known: column distance, row distance; null where that is not known either.</summary>
    public required (double Column, double Row)? FlatSpacingMm { get; init; }

    public bool LowIsWhite { get; init; }

    public IReadOnlyDictionary<int, string> SegmentLabels { get; init; } = new Dictionary<int, string>();

    public List<string> Remarks { get; } = [];

    /// <summary>Reads what the data set says; nothing of the file is needed afterwards but its pixels.</summary>
    public static DicomImage Of(DicomFile file, bool keep)
    {
        var data = file.Data;
        SopClasses.RequireImage(file);
        var groups = new FunctionalGroups(data);
        var pixels = PixelData.Of(file, keep);
        var remarks = new List<string>();
        var frameOfReference = data.Text(DicomTag.FrameOfReference);
        var image = new DicomImage(file.Path, pixels)
        {
            Series = data.Text(DicomTag.SeriesInstance) ?? file.Path,
            SeriesNumber = data.Integer(DicomTag.SeriesNumber) ?? int.MaxValue,
            Modality = data.Text(DicomTag.Modality) ?? "",
            ImageType = string.Join('\\', data.Texts(DicomTag.ImageType)),
            Frame = frameOfReference is null ? Frame.Scanner : new("scanner:" + frameOfReference),
            Meaning = DicomMeaning.Of(data, groups, pixels.Layout, remarks),
            Subject = DicomPerson.SubjectOf(data),
            Start = DicomPerson.StartOf(data),
            Window = WindowOf(file, groups, pixels.Layout, remarks),
            Padding = PaddingOf(data, pixels.Layout),
            FlatSpacingMm = FlatSpacing(data, remarks),
            LowIsWhite = pixels.Layout.Photometric == "MONOCHROME1" || (pixels.Layout.Photometric == "MONOCHROME2" && data.Text(DicomTag.PresentationLutShape) == "INVERSE"),
            SegmentLabels = data.Items(DicomTag.Segments).Where(s => s.Integer(DicomTag.SegmentNumber) is not null)
                .GroupBy(s => s.Integer(DicomTag.SegmentNumber)!.Value).ToDictionary(g => g.Key, g => g.First().Text(DicomTag.SegmentLabel) ?? ""),
        };
        if (image.LowIsWhite)
        {
            remarks.Add("High values are meant to be shown dark (MONOCHROME1): the values are as stored.");
        }

        if (!pixels.IsThere)
        {
            remarks.Add("The file holds no pixel data.");
        }

        image.Remarks.AddRange(remarks);
        return image;
    }

    private static (double Centre, double Width)? WindowOf(DicomFile file, FunctionalGroups groups, PixelLayout layout, List<string> remarks)
    {
        if (layout.Colours > 1)
        {
            return null;
        }

        var set = file.Data.Has(DicomTag.WindowCentre) ? file.Data : groups.Macro(0, DicomTag.FrameVoiLut);
        if (set?.Number(DicomTag.WindowCentre) is { } centre && set.Number(DicomTag.WindowWidth) is { } width && width > 0)
        {
            return (centre, width);
        }

        if (file.Data.FirstItem(DicomTag.VoiLut) is not { } voi)
        {
            return null;
        }

        var lut = LookUpTable.Of(file, voi, DicomTag.LutDescriptor, DicomTag.LutData);
        remarks.Add("The file proposes a table of grey values (VOI LUT): the window spans its input, its curve is not applied.");
        return (lut.First + (lut.Values.Length / 2.0), lut.Values.Length);
    }

    private static (double, double)? PaddingOf(DicomDataset data, PixelLayout layout)
    {
        if (layout.Colours > 1 || data.Number(DicomTag.PixelPadding) is not { } padding)
        {
            return null;
        }

        // Written unsigned in implicit files even where the pixels are signed.
        double Signed(double v) => layout.IsSigned && v > Math.Pow(2, layout.BitsAllocated - 1) - 1 ? v - Math.Pow(2, layout.BitsAllocated) : v;
        var first = Signed(padding);
        var limit = data.Number(DicomTag.PixelPaddingLimit) is { } l ? Signed(l) : first;
        return (Math.Min(first, limit), Math.Max(first, limit));
    }

    private static (double Column, double Row)? FlatSpacing(DicomDataset data, List<string> remarks)
    {
        foreach (var tag in new[] { DicomTag.PixelSpacing, DicomTag.ImagerPixelSpacing, DicomTag.NominalScannedPixelSpacing })
        {
            if (data.Numbers(tag) is [> 0 and < double.PositiveInfinity and var row, > 0 and < double.PositiveInfinity and var column])
            {
                if (tag == DicomTag.ImagerPixelSpacing && !data.Has(DicomTag.ImagePosition))
                {
                    remarks.Add("Pixel sizes are those at the detector: distances in the body are smaller by the unknown magnification.");
                }

                return (column, row);
            }
        }

        // Ultrasound: one region in centimetres (unit code 3) gives the scale.
        return data.Items(DicomTag.UltrasoundRegions) is [var region]
            && region.Integer(DicomTag.PhysicalUnitsX) == 3 && region.Integer(DicomTag.PhysicalUnitsY) == 3
            && region.Number(DicomTag.PhysicalDeltaX) is > 0 and var dx && region.Number(DicomTag.PhysicalDeltaY) is > 0 and var dy
            ? (10 * dx, 10 * dy)
            : null;
    }
}
