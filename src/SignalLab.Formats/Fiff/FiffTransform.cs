using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Coordinate transforms: frames, rotation, move, and the same inverted. Source: FIFF 1.4, fiffCoordTransRec, 104 bytes.</summary>
internal static class FiffTransform
{
    public const int Size = 104;

    /// <summary>The transforms among some tags.</summary>
    public static IEnumerable<Transform> ReadAll(FiffFile file, IEnumerable<FiffTag> tags)
    {
        foreach (var tag in tags.Where(t => t.Kind == TagKind.Transform))
        {
            var bytes = file.Structure(tag, 56, "coordinate transform");
            var from = FiffFrames.Of(BinaryPrimitives.ReadInt32BigEndian(bytes));
            var to = FiffFrames.Of(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)));
            double[] n = [.. Enumerable.Range(0, 12).Select(i => (double)BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(8 + (4 * i))))];
            var matrix = new Affine([n[0], n[1], n[2], n[9], n[3], n[4], n[5], n[10], n[6], n[7], n[8], n[11]]);
            if (from is { } f && to is { } t && f != t && n.All(double.IsFinite) && matrix.Determinant != 0)
            {
                yield return new Transform(f, t, matrix);
            }
        }
    }
}
