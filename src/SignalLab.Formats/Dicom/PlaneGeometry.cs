using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>Where one plane of pixels lies, in millimetres with x right, y front, z up (DICOM's own axes run left and back).</summary>
/// <param name="Position">Centre of the first pixel.</param>
/// <param name="AlongRow">Unit vector of growing columns.</param>
/// <param name="AlongColumn">Unit vector of growing rows.</param>
/// <param name="ColumnSpacingMm">Distance of neighbouring columns.</param>
/// <param name="RowSpacingMm">Distance of neighbouring rows.</param>
/// <param name="SliceSpacingMm">Distance of slices as the file states it, or its slice thickness, or null.</param>
/// <remarks>Source: DICOM PS3.3, C.7.6.2.1.1.</remarks>
internal sealed record PlaneGeometry(Point3 Position, Point3 AlongRow, Point3 AlongColumn, double ColumnSpacingMm, double RowSpacingMm, double? SliceSpacingMm)
{
    // More than a rounded direction cosine can be off.
    private const double Crooked = 0.01;

    public Point3 Normal => AlongRow.Cross(AlongColumn);

    /// <summary>Position along the normal.</summary>
    public double Depth => Normal.Dot(Position);

    /// <summary>The plane that the elements of the image plane module (or its functional groups) state, or null where one is missing or senseless.</summary>
    /// <param name="position">The element set with the position.</param>
    /// <param name="orientation">The one with the orientation.</param>
    /// <param name="measures">The one with the pixel spacing.</param>
    public static PlaneGeometry? Of(DicomDataset position, DicomDataset orientation, DicomDataset measures)
    {
        var (p, o, s) = (position.Numbers(DicomTag.ImagePosition), orientation.Numbers(DicomTag.ImageOrientation), measures.Numbers(DicomTag.PixelSpacing));
        if (p.Length != 3 || o.Length != 6 || s.Length < 1 || !p.Concat(o).Concat(s).All(double.IsFinite) || s.Any(v => v <= 0))
        {
            return null;
        }

        var (row, column) = (new Point3(-o[0], -o[1], o[2]), new Point3(-o[3], -o[4], o[5]));
        if (Math.Abs(row.Norm - 1) > Crooked || Math.Abs(column.Norm - 1) > Crooked || Math.Abs(row.Dot(column)) > Crooked)
        {
            return null;
        }

        var between = measures.Number(DicomTag.SpacingBetweenSlices) is { } b && Math.Abs(b) > 0 ? Math.Abs(b) : (double?)null;
        var thickness = measures.Number(DicomTag.SliceThickness) is > 0 and var t ? t : (double?)null;
        return new(new(-p[0], -p[1], p[2]), row.Unit(), column.Unit(), s.Length > 1 ? s[1] : s[0], s[0], between ?? thickness);
    }

    /// <summary>The same plane moved.</summary>
    public PlaneGeometry At(Point3 position) => this with { Position = position };

    /// <summary>True where two planes are parallel with pixels of one size.</summary>
    public bool IsParallelTo(PlaneGeometry other) =>
        (AlongRow - other.AlongRow).Norm < 1e-3 && (AlongColumn - other.AlongColumn).Norm < 1e-3
        && Math.Abs(ColumnSpacingMm - other.ColumnSpacingMm) < 1e-4 && Math.Abs(RowSpacingMm - other.RowSpacingMm) < 1e-4;

    /// <summary>From indices (column, row, slice) to millimetres, slices a given step apart.</summary>
    public Affine ToMillimetres(Point3 sliceStep) => Affine.FromColumns(ColumnSpacingMm * AlongRow, RowSpacingMm * AlongColumn, sliceStep, Position);
}
