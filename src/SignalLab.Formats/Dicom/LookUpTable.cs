using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>A table from stored values to others; below its first and above its last value the ends hold.</summary>
/// <param name="First">Stored value of the first entry.</param>
/// <param name="Values">The entries.</param>
/// <remarks>Source: DICOM PS3.3, C.11.1.1.1.</remarks>
internal sealed record LookUpTable(int First, double[] Values)
{
    /// <summary>The table that a descriptor and its data make.</summary>
    /// <param name="file">The file.</param>
    /// <param name="data">The data set or item they stand in.</param>
    /// <param name="descriptorTag">Entries, first value, bits.</param>
    /// <param name="dataTag">The entries.</param>
    public static LookUpTable Of(DicomFile file, DicomDataset data, DicomTag descriptorTag, DicomTag dataTag)
    {
        var descriptor = data.Numbers(descriptorTag);
        var bytes = data.Bytes(dataTag);
        if (descriptor.Length != 3)
        {
            throw new MalformedFileException(file.Path, data[descriptorTag]?.Offset, descriptorTag.ToString(), FormattableString.Invariant($"{descriptor.Length} numbers"), "3");
        }

        // 0 stands for 65536 entries; the first value is signed where the pixels are.
        var count = (int)descriptor[0] is 0 or < 0 ? 65536 + (int)descriptor[0] : (int)descriptor[0];
        var first = file.Data.Integer(DicomTag.PixelRepresentation) == 1 && descriptor[1] > short.MaxValue ? (int)descriptor[1] - 65536 : (int)descriptor[1];
        var isBytes = descriptor[2] <= 8 && bytes.Length < 2 * count;
        if (bytes.Length < (isBytes ? count : 2 * count))
        {
            throw new MalformedFileException(file.Path, data[dataTag]?.Offset, dataTag.ToString(), FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"{count} entries of {descriptor[2]} bits"));
        }

        // Entries of 8 bits in words of a big-endian file have their bytes exchanged; entries of words are read in the file's order.
        var swaps = isBytes && data.IsBigEndian && data[dataTag]!.Vr == "OW";
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = isBytes
                ? bytes[swaps && (i ^ 1) < bytes.Length ? i ^ 1 : i]
                : data.IsBigEndian ? (bytes[2 * i] << 8) | bytes[(2 * i) + 1] : bytes[2 * i] | (bytes[(2 * i) + 1] << 8);
        }

        return new(first, values);
    }

    public double this[double stored] => Values[(int)Math.Clamp(stored - First, 0, Values.Length - 1)];
}
