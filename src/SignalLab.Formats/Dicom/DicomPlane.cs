namespace SignalLab.Formats.Dicom;

/// <summary>One plane of pixels: a frame of a file, or a tile of a frame.</summary>
/// <param name="Image">The file it belongs to.</param>
/// <param name="Frame">Frame number in the file.</param>
/// <param name="Scale">From stored values to those of the modality.</param>
/// <param name="Geometry">Where it lies, or null where the file does not say.</param>
internal sealed record DicomPlane(DicomImage Image, int Frame, ValueScale Scale, PlaneGeometry? Geometry)
{
    /// <summary>The stretch of the frame that the plane is, or null for all of it.</summary>
    public PlaneTile? Tile { get; init; }

    /// <summary>What tells planes of one place apart, in their order: compared number by number.</summary>
    public required double[] Order { get; init; }

    /// <summary>Times in seconds by the clocks that a file may state, each null where it does not.</summary>
    public required double?[] Seconds { get; init; }

    /// <summary>Segment that the plane belongs to, 0 outside of segmentations.</summary>
    public int Segment { get; init; }

    /// <summary>Stack that the plane is said to belong to, or empty.</summary>
    public string Stack { get; init; } = "";

    public int Columns => Tile?.Columns ?? Image.Pixels.Layout.Columns;

    public int Rows => Tile?.Rows ?? Image.Pixels.Layout.Rows;

    /// <summary>Reads pixels of the plane in the modality's values.</summary>
    public void Read(int colour, int first, Span<double> into)
    {
        ReadStored(colour, first, into);
        Scale.Apply(into);
    }

    /// <summary>Reads pixels of the plane as they are stored (colours as RGB).</summary>
    public void ReadStored(int colour, int first, Span<double> into)
    {
        if (Tile is not { } tile)
        {
            Image.Pixels.Read(Frame, colour, first, into);
            return;
        }

        while (into.Length > 0)
        {
            var (y, x) = Math.DivRem(first, tile.Columns);
            var n = Math.Min(tile.Columns - x, into.Length);
            Image.Pixels.Read(Frame, colour, ((tile.Top + y) * Image.Pixels.Layout.Columns) + tile.Left + x, into[..n]);
            into = into[n..];
            first += n;
        }
    }
}

/// <summary>A rectangle of a frame.</summary>
internal sealed record PlaneTile(int Left, int Top, int Columns, int Rows);
