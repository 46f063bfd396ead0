using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>The header of a map: little-endian, with the four zero bytes that say "no extension".</summary>
/// <remarks>Source: nifti1.h and nifti2.h.</remarks>
internal static class NiftiHeaderWriter
{
    private const int LargestDimensionOfOne = short.MaxValue;

    public static byte[] Bytes(ParameterMap map, GridSupport grid, NiftiDatatype type)
    {
        var (dim, step, start, units) = Dimensions(map, grid, type);
        var isTwo = Array.Exists(dim, d => d > LargestDimensionOfOne);
        var bytes = new byte[isTwo ? NiftiHeader.SizeTwo + 4 : NiftiHeader.SizeOne + 4];
        var f = new Fields(bytes, isTwo);
        f.Int32(0, 0, bytes.Length - 4);
        (isTwo ? "n+2\0\r\n\u001a\n"u8 : "n+1\0"u8).CopyTo(bytes.AsSpan(isTwo ? 4 : 344));
        for (var i = 0; i < 8; i++)
        {
            f.Long(40 + (2 * i), 16 + (8 * i), dim[i]);
        }

        f.Int16(70, 12, type.Code);
        f.Int16(72, 14, 8 * type.Size);
        f.Real(108, 0, bytes.Length);
        if (isTwo)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(168), bytes.Length);
        }

        f.Real(112, 176, 1);
        if (map.Window is var (centre, width))
        {
            f.Real(128, 200, centre - (width / 2));
            f.Real(124, 192, centre + (width / 2));
        }

        f.Code(123, 500, units);
        f.Real(136, 216, start);
        f.Text(148, 240, NiftiIntent.Describe(map), 80);
        f.Int16(68, 504, Intent(map));
        Place(f, map, grid, step);
        return bytes;
    }

    private static int Intent(ParameterMap map) => map.Kind switch
    {
        MapKind.Label => NiftiIntent.Label,
        MapKind.Statistic => NiftiIntent.CodeOf(map.Quantity),
        _ => 0,
    };

    private static (long[] Dim, double Step, double Start, int Units) Dimensions(ParameterMap map, GridSupport grid, NiftiDatatype type)
    {
        long[] dim = [3, grid.SizeX, grid.SizeY, grid.SizeZ, 1, 1, 1, 1];
        var (step, start, units) = (0.0, 0.0, 2);
        var next = 5;
        foreach (var (axis, index) in map.Axes.Skip(type.Colours > 1 ? 1 : 0).Select((a, i) => (a, i)))
        {
            var isFourth = index == 0 && axis.Kind is not AxisKind.Colour and not AxisKind.Component;
            if (isFourth)
            {
                (step, start, var unit) = Even(axis);
                units |= unit;
            }

            if (!isFourth && next > 7)
            {
                throw new UnfitInputException("NIfTI holds at most four axes beside space; this map has more: pick frames first.");
            }

            dim[isFourth ? 4 : next++] = axis.Length;
        }

        dim[0] = next > 5 ? next - 1 : dim[4] > 1 ? 4 : 3;
        return (dim, step, start, units);
    }

    private static (double Step, double Start, int Units) Even(Axis axis)
    {
        var step = axis.Length > 1 ? (axis.Values[^1] - axis.Values[0]) / (axis.Length - 1) : 1;
        for (var i = 0; i < axis.Length; i++)
        {
            if (!(Math.Abs(axis.Values[0] + (i * step) - axis.Values[i]) <= 1e-3 * Math.Abs(step)))
            {
                throw new UnfitInputException($"NIfTI holds evenly spaced axes only; this map's {axis.Kind} axis is uneven: write its frames one by one, or as CSV.");
            }
        }

        var (target, code) = axis.Unit switch
        {
            var u when u.ConvertsTo(Unit.Second) => (Unit.Second, 8),
            var u when u.ConvertsTo(Unit.Hertz) => (Unit.Hertz, 32),
            var u => (u, 0),
        };
        var factor = code == 0 ? 1 : axis.Unit.To(target).Factor;
        return (step * factor, axis.Values[0] * factor, code);
    }

    private static void Place(Fields f, ParameterMap map, GridSupport grid, double step)
    {
        var affine = grid.ToMillimetres;
        var spacing = grid.SpacingMm;
        double[] pixdim = [affine.Determinant < 0 ? -1 : 1, spacing.X, spacing.Y, spacing.Z, step, 1, 1, 1];
        for (var i = 0; i < 8; i++)
        {
            f.Real(76 + (4 * i), 104 + (8 * i), pixdim[i]);
        }

        var isBare = grid.Frame == Frame.Detector && affine == new Affine([spacing.X, 0, 0, 0, 0, spacing.Y, 0, 0, 0, 0, spacing.Z, 0]);
        var code = isBare ? 0 : CodeOf(grid.Frame);
        f.Code16(254, 348, code);
        for (var i = 0; i < 12; i++)
        {
            f.Real(280 + (4 * i), 400 + (8 * i), affine.ToArray()[i]);
        }

        if (Quaternion(affine) is not var (b, c, d))
        {
            return;
        }

        f.Code16(252, 344, code);
        double[] placed = [b, c, d, affine[0, 3], affine[1, 3], affine[2, 3]];
        for (var i = 0; i < 6; i++)
        {
            f.Real(256 + (4 * i), 352 + (8 * i), placed[i]);
        }
    }

    private static int CodeOf(Frame frame) =>
        frame == Frame.Mni ? 4 : frame == Frame.Talairach ? 3 : frame.Name == "template" ? 5 : frame.Name.StartsWith("scanner", StringComparison.Ordinal) ? 1 : 2;

    // The rotation's quaternion, or null where the axes are not at right angles and no quaternion can say so.
    private static (double B, double C, double D)? Quaternion(Affine affine)
    {
        var (x, y, z) = (affine.Column(0).Unit(), affine.Column(1).Unit(), affine.Column(2).Unit());
        if (Math.Abs(x.Dot(y)) > 1e-5 || Math.Abs(x.Dot(z)) > 1e-5 || Math.Abs(y.Dot(z)) > 1e-5)
        {
            return null;
        }

        z = affine.Determinant < 0 ? -1 * z : z;
        var trace = 1 + x.X + y.Y + z.Z;
        if (trace > 0.5)
        {
            var a = 0.5 * Math.Sqrt(trace);
            return (0.25 * (y.Z - z.Y) / a, 0.25 * (z.X - x.Z) / a, 0.25 * (x.Y - y.X) / a);
        }

        var (xd, yd, zd) = (1 + x.X - y.Y - z.Z, 1 + y.Y - x.X - z.Z, 1 + z.Z - x.X - y.Y);
        var (ra, b, c, d) = xd > 1 ? Around(xd, y.Z - z.Y, x.Y + y.X, z.X + x.Z, 0)
            : yd > 1 ? Around(yd, z.X - x.Z, x.Y + y.X, y.Z + z.Y, 1)
            : Around(zd, x.Y - y.X, z.X + x.Z, y.Z + z.Y, 2);
        return ra < 0 ? (-b, -c, -d) : (b, c, d);
    }

    private static (double A, double B, double C, double D) Around(double diagonal, double antisymmetric, double first, double second, int axis)
    {
        var main = 0.5 * Math.Sqrt(diagonal);
        var (a, p, q) = (0.25 * antisymmetric / main, 0.25 * first / main, 0.25 * second / main);
        return axis switch { 0 => (a, main, p, q), 1 => (a, p, main, q), _ => (a, p, q, main) };
    }

    /// <summary>Fields by their offset in either version.</summary>
    private sealed class Fields(byte[] bytes, bool isTwo)
    {
        public void Int32(int one, int two, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(isTwo ? two : one), value);

        public void Int16(int one, int two, int value) => BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(isTwo ? two : one), (short)value);

        public void Code(int one, int two, int value)
        {
            if (isTwo)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(two), value);
            }
            else
            {
                bytes[one] = (byte)value;
            }
        }

        public void Code16(int one, int two, int value)
        {
            if (isTwo)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(two), value);
            }
            else
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(one), (short)value);
            }
        }

        public void Long(int one, int two, long value)
        {
            if (isTwo)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(two), value);
            }
            else
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(one), (short)value);
            }
        }

        public void Real(int one, int two, double value)
        {
            if (!isTwo)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(one), (float)value);
            }
            else if (two > 0)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(two), value);
            }
        }

        public void Text(int one, int two, string text, int length)
        {
            var encoded = Encoding.Latin1.GetBytes(text);
            encoded.AsSpan(0, Math.Min(encoded.Length, length - 1)).CopyTo(bytes.AsSpan(isTwo ? two : one));
        }
    }
}
