using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>The planes of a file, each with its place, its scale and its time.</summary>
/// <remarks>Source: DICOM PS3.3, C.7.6.2, C.7.6.16, C.8.4 (NM), C.8.8.3 (dose), C.7.6.5 (cine).</remarks>
internal static class DicomPlanes
{
    /// <summary>All planes in the file's order.</summary>
    public static List<DicomPlane> Of(DicomFile file, DicomImage image)
    {
        var data = file.Data;
        var groups = new FunctionalGroups(data);
        var frames = image.Pixels.Layout.Frames;
        var times = CineSeconds(data, frames);
        var offsets = data.Numbers(DicomTag.GridFrameOffsets);
        var common = GeometryOf(data);
        var scale = ScaleOf(file);
        var planes = new List<DicomPlane>(frames);
        for (var f = 0; f < frames; f++)
        {
            var content = groups.Macro(f, DicomTag.FrameContent);
            var acquired = DicomPerson.DateAndTime(content?.Text(DicomTag.FrameAcquisitionDateTime)) is { } t ? (t - DateTime.UnixEpoch).TotalSeconds
                : frames == 1 ? DicomPerson.Time(data.Text(DicomTag.AcquisitionTime))?.TotalSeconds : null;
            double?[] seconds = [times?[f], Milliseconds(data, DicomTag.FrameReferenceTime), Milliseconds(data, DicomTag.TriggerTime), acquired];
            planes.Add(new(image, f, groups.Exist ? ScaleOf(groups, f, image.Pixels.Layout) ?? scale : scale, groups.Exist ? GeometryOf(groups, f, data) ?? common : Moved(common, data, offsets, f))
            {
                Order =
                [
                    data.Number(DicomTag.TemporalPosition) ?? content?.Number(DicomTag.TemporalPositionIndex) ?? 0,
                    .. content?.Numbers(DicomTag.DimensionIndexValues) ?? [],
                    seconds[1] ?? 0, seconds[2] ?? 0, data.Number(DicomTag.EchoTime) ?? 0, seconds[3] ?? 0, data.Number(DicomTag.InstanceNumber) ?? 0, f,
                ],
                Seconds = seconds,
                Segment = groups.Macro(f, DicomTag.SegmentIdentification)?.Integer(DicomTag.ReferencedSegment) ?? 0,
                Stack = content?.Text(DicomTag.StackId) ?? "",
            });
        }

        if (frames == 1 && planes[0].Geometry is { } geometry && SiemensMosaic.Of(data, image, geometry) is { } mosaic)
        {
            return mosaic.Planes(planes[0]);
        }

        if (common is null && (data.Has(DicomTag.ImagePosition) || data.Has(DicomTag.ImageOrientation)))
        {
            image.Remarks.Add("The stated position or orientation makes no sense: it is not used.");
        }

        return planes;
    }

    private static double? Milliseconds(DicomDataset data, DicomTag tag) => data.Number(tag) / 1000;

    private static PlaneGeometry? GeometryOf(DicomDataset data)
    {
        if (PlaneGeometry.Of(data, data, data) is { } plane)
        {
            return plane;
        }

        // Nuclear medicine keeps the place of its tomograms with the detector.
        return data.FirstItem(DicomTag.DetectorInformation) is { } detector ? PlaneGeometry.Of(detector, detector, data) : null;
    }

    private static PlaneGeometry? GeometryOf(FunctionalGroups groups, int frame, DicomDataset data) =>
        PlaneGeometry.Of(
            groups.Macro(frame, DicomTag.PlanePosition) ?? data,
            groups.Macro(frame, DicomTag.PlaneOrientation) ?? data,
            groups.Macro(frame, DicomTag.PixelMeasures) ?? data);

    // A dose grid's planes stand at offsets, a tomogram's one after the other; every other classic frame stands where the file says.
    private static PlaneGeometry? Moved(PlaneGeometry? plane, DicomDataset data, double[] offsets, int frame)
    {
        if (plane is null || frame >= offsets.Length || !double.IsFinite(offsets[frame]))
        {
            var isTomogram = data.FirstItem(DicomTag.DetectorInformation)?.Has(DicomTag.ImagePosition) == true && data.Texts(DicomTag.ImageType).Contains("TOMO");
            return isTomogram && plane?.SliceSpacingMm is { } step ? plane.At(plane.Position + ((frame * step) * plane.Normal)) : plane;
        }

        // The first offset is 0 where they are relative, else they are coordinates along the patient.
        var along = offsets[0] == 0 ? offsets[frame] * plane.Normal : new Point3(0, 0, offsets[frame] - plane.Position.Z);
        return plane.At(plane.Position + along);
    }

    private static ValueScale ScaleOf(DicomFile file)
    {
        var data = file.Data;
        if (data.FirstItem(DicomTag.ModalityLut) is { } lut)
        {
            return new(1, 0, LookUpTable.Of(file, lut, DicomTag.LutDescriptor, DicomTag.LutData));
        }

        if (data.Number(DicomTag.DoseGridScaling) is { } dose)
        {
            return new(dose, 0);
        }

        return ValueScale.Stated(data) ?? ValueScale.None;
    }

    // Real world values are taken where the pixels are floats of a parametric map; a rescale goes before them.
    private static ValueScale? ScaleOf(FunctionalGroups groups, int frame, PixelLayout layout)
    {
        if (groups.Macro(frame, DicomTag.PixelValueTransformation) is { } transformation && ValueScale.Stated(transformation) is { } rescale)
        {
            return rescale;
        }

        return layout.IsFloat && groups.Macro(frame, DicomTag.RealWorldValueMapping) is { } mapping && mapping.Number(DicomTag.RealWorldSlope) is { } slope && slope != 0
            ? new(slope, mapping.Number(DicomTag.RealWorldIntercept) ?? 0)
            : null;
    }

    private static double[]? CineSeconds(DicomDataset data, int frames)
    {
        if (frames == 1)
        {
            return null;
        }

        var steps = data.Numbers(DicomTag.FrameTimeVector);
        if (steps.Length == frames && steps.All(double.IsFinite))
        {
            var at = 0.0;
            return [.. steps.Select((step, i) => at += i == 0 ? 0 : step / 1000)];
        }

        var one = data.Number(DicomTag.FrameTime) is > 0 and var ms ? ms / 1000 : data.Number(DicomTag.CineRate) is > 0 and var rate ? 1 / rate : (double?)null;
        return one is { } step1 ? [.. Enumerable.Range(0, frames).Select(f => f * step1)] : null;
    }
}
