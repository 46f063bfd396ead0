using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>From stored values to red, green and blue.</summary>
/// <remarks>Source: DICOM PS3.3, C.7.6.3.1.2 (YBR_FULL), C.7.6.3.1.5 and C.7.6.3.1.6 (palettes).</remarks>
internal sealed class ColourTable
{
    private readonly int[] firsts = new int[3];
    private readonly double[][] colours = new double[3][];

    private ColourTable()
    {
    }

    /// <summary>The palette of a file.</summary>
    /// <exception cref="MalformedFileException">It is absent or too short.</exception>
    /// <exception cref="UnfitInputException">It is segmented.</exception>
    public static ColourTable Of(DicomFile file)
    {
        var table = new ColourTable();
        for (ushort c = 0; c < 3; c++)
        {
            var descriptorTag = new DicomTag(0x0028, (ushort)(DicomTag.PaletteDescriptorRed.Element + c));
            var dataTag = new DicomTag(0x0028, (ushort)(DicomTag.PaletteRed.Element + c));
            if (file.Data[dataTag] is null && file.Data.Has(new(0x0028, (ushort)(DicomTag.PaletteRedSegmented.Element + c))))
            {
                throw new UnfitInputException($"{file.Path}: has a segmented colour palette, which is not read.");
            }

            var lut = LookUpTable.Of(file, file.Data, descriptorTag, dataTag);
            table.firsts[c] = lut.First;
            table.colours[c] = lut.Values;
        }

        return table;
    }

    /// <summary>Replaces palette numbers by the shade of one colour.</summary>
    public void Apply(int colour, Span<double> values)
    {
        var (first, shades) = (firsts[colour], colours[colour]);
        foreach (ref var v in values)
        {
            v = shades[(int)Math.Clamp(v - first, 0, shades.Length - 1)];
        }
    }

    /// <summary>One colour from luminance and chrominance, rounded and kept in range.</summary>
    /// <param name="colour">0 red, 1 green, 2 blue.</param>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="y">Luminance.</param>
    /// <param name="cb">Blue difference.</param>
    /// <param name="cr">Red difference.</param>
    /// <param name="into">Receives the colour.</param>
    public static void FromLuminance(int colour, int bits, ReadOnlySpan<double> y, ReadOnlySpan<double> cb, ReadOnlySpan<double> cr, Span<double> into)
    {
        var (middle, largest) = (Math.Pow(2, bits - 1), Math.Pow(2, bits) - 1);
        var (fromBlue, fromRed) = colour switch { 0 => (0.0, 1.402), 1 => (-0.344136, -0.714136), _ => (1.772, 0.0) };
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = Math.Clamp(Math.Floor(y[i] + (fromBlue * (cb[i] - middle)) + (fromRed * (cr[i] - middle)) + 0.5), 0, largest);
        }
    }
}
