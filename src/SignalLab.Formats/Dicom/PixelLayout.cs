using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>How the samples of a frame are stored.</summary>
/// <param name="Rows">Pixel rows.</param>
/// <param name="Columns">Pixels in a row.</param>
/// <param name="Frames">Frames in the file.</param>
/// <param name="Samples">Samples of a pixel: 1, or 3 for colour.</param>
/// <param name="BitsAllocated">1, 8, 16, 32 or 64 bits of storage.</param>
/// <param name="BitsStored">Bits that mean something.</param>
/// <param name="HighBit">The highest of them.</param>
/// <param name="IsSigned">Two's complement.</param>
/// <param name="IsFloat">IEEE floats.</param>
/// <param name="IsPlanar">All red, then all green, then all blue.</param>
/// <param name="Photometric">What the samples mean, as MONOCHROME2 or RGB.</param>
/// <remarks>Source: DICOM PS3.3, C.7.6.3; PS3.5, 8.</remarks>
internal sealed record PixelLayout(
    int Rows, int Columns, int Frames, int Samples, int BitsAllocated, int BitsStored, int HighBit, bool IsSigned, bool IsFloat, bool IsPlanar, string Photometric)
{
    private const int MostFrames = 1_000_000;

    public int PixelsPerFrame => Rows * Columns;

    public bool IsPalette => Photometric == "PALETTE COLOR";

    /// <summary>Colours of a pixel as they are given out.</summary>
    public int Colours => Samples == 3 || IsPalette ? 3 : 1;

    /// <summary>Luminance of each pixel, chrominance of each pair: four bytes for two pixels.</summary>
    public bool IsSubsampled => Photometric is "YBR_FULL_422" or "YBR_PARTIAL_422";

    /// <summary>Bits of a frame in native form.</summary>
    public long BitsPerFrame => IsSubsampled ? 16L * PixelsPerFrame : (long)PixelsPerFrame * Samples * BitsAllocated;

    public int BytesPerSample => BitsAllocated / 8;

    /// <summary>The layout that a data set states, each claim checked for sense.</summary>
    public static PixelLayout Of(DicomFile file)
    {
        var data = file.Data;
        var isFloat = data[DicomTag.Pixels] is null && (data[DicomTag.FloatPixels] ?? data[DicomTag.DoublePixels]) is not null;
        var bits = isFloat ? (data[DicomTag.FloatPixels] is not null ? 32 : 64) : Whole(file, DicomTag.BitsAllocated, 1, 64, null);
        var stored = isFloat ? bits : Whole(file, DicomTag.BitsStored, 1, bits, bits);
        var samples = Whole(file, DicomTag.SamplesPerPixel, 1, 4, 1);
        var layout = new PixelLayout(
            Whole(file, DicomTag.Rows, 1, 65535, null),
            Whole(file, DicomTag.Columns, 1, 65535, null),
            Whole(file, DicomTag.NumberOfFrames, 1, MostFrames, 1),
            samples,
            bits,
            stored,
            isFloat ? bits - 1 : Whole(file, DicomTag.HighBit, stored - 1, bits - 1, stored - 1),
            !isFloat && data.Integer(DicomTag.PixelRepresentation) == 1,
            isFloat,
            samples > 1 && data.Integer(DicomTag.PlanarConfiguration) == 1,
            data.Text(DicomTag.Photometric) ?? (samples == 3 ? "RGB" : "MONOCHROME2"));
        if (samples is 2 or 4 || (!isFloat && bits is not (1 or 8 or 16 or 32)) || (bits == 1 && samples > 1))
        {
            throw new UnfitInputException(FormattableString.Invariant($"{file.Path}: stores {samples} sample(s) of {bits} bits a pixel, which are not read."));
        }

        return (long)layout.Rows * layout.Columns * 3 <= Array.MaxLength
            ? layout with { IsPlanar = layout.IsPlanar && !layout.IsSubsampled }
            : throw new UnfitInputException(FormattableString.Invariant($"{file.Path}: a frame of {layout.Columns} x {layout.Rows} pixels is too large to be read."));
    }

    private static int Whole(DicomFile file, DicomTag tag, int low, int high, int? otherwise)
    {
        if (!file.Data.Has(tag) && otherwise is { } value)
        {
            return value;
        }

        var found = file.Data.Integer(tag);
        return found >= low && found <= high
            ? found.Value
            : throw new MalformedFileException(
                file.Path, file.Data[tag]?.Offset, tag.ToString(), found is { } f ? FormattableString.Invariant($"{f}") : "nothing", FormattableString.Invariant($"a whole number from {low} to {high}"));
    }
}
