using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Xfit;

/// <summary>Fitted dipoles of Xfit (<c>.bdip</c>): records of 196 bytes, big-endian floats and integers.</summary>
/// <remarks>
/// Source: Neuromag source modelling software, Users guide, binary dipole files: number in a set, begin, end, centre of the sphere, place, moment, goodness of fit, whether errors were
/// computed, noise, five limits of error, 5 × 5 matrix, confidence volume, chi squared, probability, noise estimate.
/// </remarks>
public sealed class DipoleBinaryFormat : IFormat
{
    private const int RecordBytes = 196, MostRecords = 1_000_000;
    private const double Largest = 10;

    /// <inheritdoc/>
    public string Name => "Binary dipoles";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.IsDirectory || head.IsGzip || head.Length == 0 || head.Length % RecordBytes != 0 || head.Bytes.Length < RecordBytes)
        {
            return false;
        }

        for (var at = 0; at + RecordBytes <= head.Bytes.Length; at += RecordBytes)
        {
            if (!IsRecord(head.Bytes.Slice(at, RecordBytes)))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length == 0 || bytes.Length % RecordBytes != 0 || bytes.Length / RecordBytes > MostRecords)
        {
            throw new MalformedFileException(path, bytes.Length, "length", FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"whole records of {RecordBytes} bytes"));
        }

        var content = bytes.Read(0, bytes.Length, "dipoles");
        bytes.Close();
        var dipoles = new Dipole[content.Length / RecordBytes];
        for (var i = 0; i < dipoles.Length; i++)
        {
            var record = content.AsSpan(i * RecordBytes, RecordBytes);
            dipoles[i] = IsRecord(record)
                ? ToDipole(record)
                : throw new MalformedFileException(path, (long)i * RecordBytes, "dipole", "numbers no head can hold", "times in seconds, places in metres, a moment and a goodness of fit from 0 to 1");
        }

        return new Study { Dipoles = dipoles, Format = Name };
    }

    private static Dipole ToDipole(ReadOnlySpan<byte> record) => new(Float(record, 4), Float(record, 8), Point(record, 24), Point(record, 36))
    {
        GoodnessOfFit = Float(record, 48),
        ChiSquared = Float(record, 184),
        ConfidenceVolumeCubicMetres = Integer(record, 52) != 0 ? Float(record, 180) : null,
    };

    private static bool IsRecord(ReadOnlySpan<byte> record) =>
        Integer(record, 0) is >= 0 and < 10_000 && Integer(record, 52) is 0 or 1 && Float(record, 4) <= Float(record, 8) && Math.Abs(Float(record, 4)) < 1e6
        && Point(record, 12).Norm < Largest && Point(record, 24).Norm < Largest && Point(record, 36).Norm is > 1e-15 and < 1 && Float(record, 48) is > 0 and <= 1.0001f
        && float.IsFinite(Float(record, 8)) && float.IsFinite(Float(record, 180)) && float.IsFinite(Float(record, 184));

    private static int Integer(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadInt32BigEndian(record[at..]);

    private static float Float(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadSingleBigEndian(record[at..]);

    private static Point3 Point(ReadOnlySpan<byte> record, int at) => new(Float(record, at), Float(record, at + 4), Float(record, at + 8));
}
