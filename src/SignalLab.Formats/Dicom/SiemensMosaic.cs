using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>A volume that the scanner laid as tiles into one frame, row by row.</summary>
/// <param name="Count">Slices.</param>
/// <param name="Side">Tiles in a row and rows of tiles.</param>
/// <param name="Columns">Columns of a tile.</param>
/// <param name="Rows">Rows of a tile.</param>
/// <param name="Step">From one slice to the next, in millimetres.</param>
/// <remarks>Source: the private elements (0019,100A) NumberOfImagesInMosaic and (0029,1010) CSA image header, as documented by nibabel ("Siemens mosaic", "CSA header").</remarks>
internal sealed record SiemensMosaic(int Count, int Side, int Columns, int Rows, Point3 Step)
{
    private const int MostItems = 1000;

    /// <summary>The mosaic that a file holds, or null where it is none or does not say enough.</summary>
    public static SiemensMosaic? Of(DicomDataset data, DicomImage image, PlaneGeometry geometry)
    {
        if (!data.Texts(DicomTag.ImageType).Contains("MOSAIC"))
        {
            return null;
        }

        var csa = data.Bytes(new(0x0029, 0x1010));
        var count = data.Integer(new(0x0019, 0x100a)) ?? (int?)Values(csa, "NumberOfImagesInMosaic").FirstOrDefault();
        var spacing = geometry.SliceSpacingMm;
        var side = (int)Math.Ceiling(Math.Sqrt(count ?? 0));
        var layout = image.Pixels.Layout;
        if (count is not > 0 || spacing is null || side > layout.Columns || layout.Columns % side != 0 || layout.Rows % side != 0)
        {
            image.Remarks.Add("The image is a mosaic of slices whose number or distance is not stated: it is shown as it is, its positions are not those of the slices.");
            return null;
        }

        // The CSA header tells to which side the slices follow each other.
        var normal = geometry.Normal;
        var stated = Values(csa, "SliceNormalVector").ToArray();
        var turns = stated.Length == 3 && normal.Dot(new(-stated[0], -stated[1], stated[2])) < 0;
        return new(count.Value, side, layout.Columns / side, layout.Rows / side, (turns ? -spacing.Value : spacing.Value) * normal);
    }

    /// <summary>The slices of a mosaic's only frame.</summary>
    public List<DicomPlane> Planes(DicomPlane whole)
    {
        // The stated position is that of the first pixel if the whole mosaic lay centred on the first slice.
        var g = whole.Geometry!;
        var corner = g.Position
            + ((Columns * (Side - 1) / 2.0 * g.ColumnSpacingMm) * g.AlongRow)
            + ((Rows * (Side - 1) / 2.0 * g.RowSpacingMm) * g.AlongColumn);
        return [.. Enumerable.Range(0, Count).Select(i => whole with
        {
            Geometry = g.At(corner + (i * Step)),
            Tile = new(i % Side * Columns, i / Side * Rows, Columns, Rows),
        })];
    }

    // The numbers of one tag of a CSA header: "SV10", tags with a name of 64 bytes and items whose second word is their length.
    private static IEnumerable<double> Values(byte[] csa, string name)
    {
        if (csa.Length < 16 || Encoding.ASCII.GetString(csa, 0, 4) != "SV10")
        {
            yield break;
        }

        var tags = Math.Min(Int(8), MostItems);
        var at = 16;
        for (var tag = 0; tag < tags && at + 84 <= csa.Length; tag++)
        {
            var isWanted = Encoding.ASCII.GetString(csa, at, 64).Split('\0')[0] == name;
            var items = Int(at + 76);
            at += 84;
            for (var item = 0; item < Math.Min(items, MostItems) && at + 16 <= csa.Length; item++)
            {
                var length = Int(at + 4);
                at += 16;
                if (length < 0 || length > csa.Length - at)
                {
                    yield break;
                }

                var text = Encoding.ASCII.GetString(csa, at, length).Split('\0')[0];
                if (isWanted && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                {
                    yield return value;
                }

                at += (length + 3) & ~3;
            }

            if (isWanted)
            {
                yield break;
            }
        }

        int Int(int offset) => offset + 4 <= csa.Length ? BinaryPrimitives.ReadInt32LittleEndian(csa.AsSpan(offset)) : 0;
    }
}
