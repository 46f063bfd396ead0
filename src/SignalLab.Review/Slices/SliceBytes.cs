using System.Buffers.Binary;
using SignalLab.Analysis.Imaging;
using SignalLab.Model;

namespace SignalLab.Review.Slices;

/// <summary>
/// A slice in the bytes that the page of the browser reads, little-endian: <c>SLI1</c>, width, height and values a pixel (u32); across first coordinate and step, up first coordinate and step,
/// the coordinate of the plane, smallest and largest value (f64, mm in the image's frame; of an image of one layer indices); then the values (f32), colour by colour, row by row, the first row lowest
/// (of an image of one layer the first one stored); NaN where there is none.
/// </summary>
internal static class SliceBytes
{
    private const int HeadBytes = 16 + (7 * 8);
    private const int MostPixels = 1 << 23;

    /// <summary>A plane of a volume, or what another map has there.</summary>
    /// <param name="slice">The map over the plane.</param>
    /// <param name="first">Its first frame.</param>
    /// <param name="colours">Frames to send.</param>
    /// <param name="plane">Which plane.</param>
    /// <param name="atMm">Where.</param>
    /// <exception cref="UnfitInputException">It has too many pixels.</exception>
    public static byte[] Of(ParameterMap slice, int first, int colours, SlicePlane plane, double atMm)
    {
        var grid = (GridSupport)slice.Support;
        if (grid.Count * colours > MostPixels)
        {
            throw new UnfitInputException(FormattableString.Invariant($"The slice would have {grid.SizeX} × {grid.SizeY} pixels: too many to be shown."));
        }

        var (origin, x, y) = (grid.ToMillimetres.Column(3), grid.ToMillimetres.Column(0), grid.ToMillimetres.Column(1));
        var (across, up) = plane switch
        {
            SlicePlane.Axial => ((origin.X, x.X), (origin.Y, y.Y)),
            SlicePlane.Coronal => ((origin.X, x.X), (origin.Z, y.Z)),
            _ => ((origin.Y, x.Y), (origin.Z, y.Z)),
        };
        var values = new float[grid.Count * colours];
        var frame = new double[grid.Count];
        for (var c = 0; c < colours; c++)
        {
            slice.Values.Read(first + c, 0, frame);
            Narrow(frame, slice.Mask, values.AsSpan(c * frame.Length, frame.Length));
        }

        return Bytes(grid.SizeX, grid.SizeY, colours, [across.Item1, across.Item2, up.Item1, up.Item2, atMm], values);
    }

    /// <summary>An image of one layer as it is stored; of a very large one every second, third … pixel.</summary>
    /// <param name="image">The image.</param>
    /// <param name="frame">Which frame.</param>
    public static byte[] Stored(ShownImage image, int frame)
    {
        var (grid, colours, first) = (image.Grid, image.Colours, image.FirstOf(frame));
        var stride = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)grid.SizeX * grid.SizeY * colours / MostPixels)));
        var (width, height) = ((grid.SizeX + stride - 1) / stride, (grid.SizeY + stride - 1) / stride);
        var values = new float[width * height * colours];
        var row = new double[grid.SizeX];
        for (var c = 0; c < colours; c++)
        {
            for (var y = 0; y < height; y++)
            {
                image.Map.Values.Read(first + c, (long)y * stride * grid.SizeX, row);
                for (var x = 0; x < width; x++)
                {
                    values[(((c * height) + y) * width) + x] = image.Map.Mask is { } mask && !mask[(y * stride * grid.SizeX) + (x * stride)] ? float.NaN : (float)row[x * stride];
                }
            }
        }

        return Bytes(width, height, colours, [0, stride, 0, stride, 0], values);
    }

    private static void Narrow(double[] frame, IReadOnlyList<bool>? mask, Span<float> into)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            into[i] = mask is null || mask[i] ? (float)frame[i] : float.NaN;
        }
    }

    private static byte[] Bytes(int width, int height, int colours, double[] place, float[] values)
    {
        var (low, high) = (double.NaN, double.NaN);
        foreach (var v in values)
        {
            low = v < low || double.IsNaN(low) ? v : low;
            high = v > high || double.IsNaN(high) ? v : high;
        }

        var bytes = new byte[HeadBytes + (4 * values.Length)];
        "SLI1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), height);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), colours);
        double[] numbers = [.. place, low, high];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16 + (8 * i)), numbers[i]);
        }

        LittleEndian.Write(values, bytes.AsSpan(HeadBytes));
        return bytes;
    }
}
