using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>Where the voxels lie: the sform where it is set, else the qform, else the voxel sizes alone.</summary>
/// <remarks>Source: nifti1.h, "3D IMAGE (VOLUME) ORIENTATION AND LOCATION IN SPACE", methods 1 to 3.</remarks>
internal static class NiftiGeometry
{
    // Two placements that differ by less than this over the whole image are one.
    private const double SamePlaceMm = 0.1;

    /// <summary>The affine in millimetres (RAS) and its frame; another frame's transform where sform and qform name two.</summary>
    /// <param name="header">The header.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static (Affine ToMillimetres, Frame Frame, Transform? Between) Of(NiftiHeader header, List<string> remarks)
    {
        var scale = MillimetresPerUnit(header, remarks);
        var sform = header.SformCode > 0 ? Usable(Scaled(new Affine(header.Sform), scale), "sform", remarks) : null;
        var qform = header.QformCode > 0 ? Usable(Scaled(FromQuaternion(header), scale), "qform", remarks) : null;
        if (sform is null && qform is null)
        {
            remarks.Add(header.Version == NiftiVersion.Analyze
                ? "Analyze 7.5 states no orientation: left and right of this image are not known."
                : "Neither sform nor qform is set: only the voxel sizes are known, left and right of this image are not.");
            return (Scaled(FromSizes(header, remarks), scale), Frame.Detector, null);
        }

        if (sform is null || qform is null)
        {
            return sform is null ? (qform!, FrameOf(header.QformCode), null) : (sform, FrameOf(header.SformCode), null);
        }

        if (FrameOf(header.SformCode) != FrameOf(header.QformCode))
        {
            return (sform, FrameOf(header.SformCode), new Transform(FrameOf(header.QformCode), FrameOf(header.SformCode), InMetres(sform.After(qform.Inverse()))));
        }

        var apart = LargestDistance(header, sform, qform);
        if (apart > SamePlaceMm)
        {
            remarks.Add(FormattableString.Invariant($"sform and qform claim one frame but place the image up to {apart:0.##} mm apart: the sform is used."));
        }

        return (sform, FrameOf(header.SformCode), null);
    }

    /// <summary>The frame that a form code names.</summary>
    public static Frame FrameOf(int code) => code switch
    {
        1 => Frame.Scanner,
        3 => Frame.Talairach,
        4 => Frame.Mni,
        5 => new Frame("template"),
        _ => new Frame("aligned"),
    };

    private static double MillimetresPerUnit(NiftiHeader header, List<string> remarks)
    {
        switch (header.Units & 7)
        {
            case 1:
                return 1000;
            case 2:
                return 1;
            case 3:
                return 0.001;
            default:
                remarks.Add("No unit of length is stated: millimetres are taken.");
                return 1;
        }
    }

    // Method 2: a rotation as a quaternion, the voxel sizes, and qfac = pixdim[0] for the hand of the third axis.
    private static Affine FromQuaternion(NiftiHeader header)
    {
        var (b, c, d) = (header.Quaternion[0], header.Quaternion[1], header.Quaternion[2]);
        var rest = 1 - ((b * b) + (c * c) + (d * d));
        var a = Math.Sqrt(Math.Max(0, rest));
        if (rest < 1e-7)
        {
            // A half turn: b, c, d carry it all, and are made one long.
            var length = Math.Sqrt((b * b) + (c * c) + (d * d));
            (a, b, c, d) = (0, b / length, c / length, d / length);
        }

        var qfac = header.Pixdim[0] < 0 ? -1 : 1;
        var x = new Point3((a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) + (a * d)), 2 * ((b * d) - (a * c)));
        var y = new Point3(2 * ((b * c) - (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) + (a * b)));
        var z = new Point3(2 * ((b * d) + (a * c)), 2 * ((c * d) - (a * b)), (a * a) + (d * d) - (b * b) - (c * c));
        return Affine.FromColumns(
            Size(header, 1) * x, Size(header, 2) * y, (qfac * Size(header, 3)) * z, new(header.Quaternion[3], header.Quaternion[4], header.Quaternion[5]));
    }

    private static Affine FromSizes(NiftiHeader header, List<string> remarks)
    {
        if (Enumerable.Range(1, (int)Math.Min(3, header.Dim[0])).Any(i => !(header.Pixdim[i] > 0 && double.IsFinite(header.Pixdim[i]))))
        {
            remarks.Add("A voxel size is missing or not positive: its size without sign, or 1 mm, is taken.");
        }

        return new([Size(header, 1), 0, 0, 0, 0, Size(header, 2), 0, 0, 0, 0, Size(header, 3), 0]);
    }

    private static double Size(NiftiHeader header, int dimension) =>
        Math.Abs(header.Pixdim[dimension]) is > 0 and < double.PositiveInfinity and var size ? size : 1;

    private static Affine Scaled(Affine affine, double factor) =>
        factor == 1 ? affine : new([.. affine.ToArray().Take(12).Select(v => v * factor)]);

    private static Affine InMetres(Affine mm) => Affine.FromColumns(mm.Column(0), mm.Column(1), mm.Column(2), 1e-3 * mm.Column(3));

    private static Affine? Usable(Affine affine, string name, List<string> remarks)
    {
        if (affine.ToArray().All(double.IsFinite) && affine.Determinant is not 0 and var det && double.IsFinite(1 / det))
        {
            return affine;
        }

        remarks.Add($"The {name} is set but flattens space or holds no numbers: it is not used.");
        return null;
    }

    private static double LargestDistance(NiftiHeader header, Affine a, Affine b)
    {
        var worst = 0.0;
        for (var corner = 0; corner < 8; corner++)
        {
            var p = new Point3(Last(0), Last(1), Last(2));
            worst = Math.Max(worst, (a.Apply(p) - b.Apply(p)).Norm);

            double Last(int axis) => (corner >> axis & 1) * (Math.Max(1, header.Dim[axis + 1]) - 1);
        }

        return worst;
    }
}
