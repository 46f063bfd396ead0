using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>From planes to maps: planes of one series, kind, size and direction make one.</summary>
internal static class DicomMaps
{
    /// <summary>The maps that planes make.</summary>
    /// <param name="planes">Planes of one or many files.</param>
    /// <param name="provenance">Where a map comes from, given the files whose planes it holds.</param>
    public static List<ParameterMap> Of(IEnumerable<DicomPlane> planes, Func<IReadOnlyList<string>, Provenance> provenance)
    {
        var maps = new List<ParameterMap>();
        foreach (var series in planes.GroupBy(KeyOf).OrderBy(g => g.First().Image.SeriesNumber))
        {
            foreach (var parallel in Parallel(series))
            {
                maps.AddRange(SliceStack.Of(parallel).Select(stack => MapOf(stack, provenance)));
            }
        }

        return maps;
    }

    // Flat images of different files are never stacked: nothing says that they belong together.
    private static (string, string, string, string, int, int, int, int, string) KeyOf(DicomPlane plane) => (
        plane.Geometry is null ? plane.Image.Path : plane.Image.Series,
        plane.Image.Modality == "MR" ? plane.Image.ImageType : "",
        plane.Image.Frame.Name,
        plane.Image.Meaning.ToString(),
        plane.Columns,
        plane.Rows,
        plane.Image.Pixels.Layout.Colours,
        plane.Segment,
        plane.Stack);

    private static List<List<DicomPlane>> Parallel(IEnumerable<DicomPlane> planes)
    {
        var groups = new List<List<DicomPlane>>();
        foreach (var plane in planes)
        {
            var group = groups.Find(g => plane.Geometry is null ? g[0].Geometry is null : g[0].Geometry?.IsParallelTo(plane.Geometry) == true);
            if (group is null)
            {
                groups.Add([plane]);
            }
            else
            {
                group.Add(plane);
            }
        }

        return groups;
    }

    private static ParameterMap MapOf(SliceStack stack, Func<IReadOnlyList<string>, Provenance> provenance)
    {
        var first = stack.First;
        var image = first.Image;
        var colours = image.Pixels.Layout.Colours;
        var images = stack.Planes.OfType<DicomPlane>().Select(p => p.Image).Distinct().ToArray();
        var axes = new List<Axis>();
        if (colours > 1)
        {
            axes.Add(Axis.Uniform(AxisKind.Colour, Unit.One, 0, 1, colours));
        }

        if (stack.ExtraAxis() is { } extra)
        {
            axes.Add(extra);
        }

        var label = image.SegmentLabels.GetValueOrDefault(first.Segment, "");
        return new(label.Length == 0 ? image.Meaning.Quantity : new($"{image.Meaning.Quantity.Name}: {label}"), image.Meaning.Unit, stack.Grid, new DicomValues(stack, colours, image.Meaning.Kind == MapKind.Label ? 0 : double.NaN))
        {
            Axes = axes,
            Kind = image.Meaning.Kind,
            Mask = image.Meaning.Kind == MapKind.Label ? null : DicomMask.Of(stack),
            Modality = image.Modality,
            Window = image.Window,
            LowIsWhite = image.LowIsWhite,
            Subject = image.Subject,
            Start = images.Min(i => i.Start),
            Remarks = [.. images.SelectMany(i => i.Remarks).Concat(stack.Remarks).Distinct()],
            Provenance = provenance([.. images.Select(i => i.Path)]),
        };
    }
}
