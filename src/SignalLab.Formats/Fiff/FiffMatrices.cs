using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Matrices with named rows and columns: compensations by reference sensors, cross-talk.</summary>
internal static class FiffMatrices
{
    private const long MostCells = 100_000_000;

    /// <summary>Reads the compensations of a measurement; coefficients between stored numbers become those between SI values.</summary>
    /// <param name="file">The file.</param>
    /// <param name="info">Its measurement information.</param>
    /// <param name="channels">The measurement's channels.</param>
    /// <param name="longNames">Long names of short ones.</param>
    /// <param name="remarks">Receives what was left out.</param>
    public static IReadOnlyList<FieldCompensation> ReadCompensations(
        FiffFile file, FiffBlock info, IReadOnlyList<ChannelInfo> channels, IReadOnlyDictionary<string, string> longNames, List<string> remarks) =>
        [.. info.All(BlockKind.MneCompensation).Select(b => ReadCompensation(file, b, channels, longNames, remarks)).OfType<FieldCompensation>()];

    /// <summary>Reads the cross-talk of a file, or null.</summary>
    public static NamedMatrix? ReadCrossTalk(FiffFile file)
    {
        if (file.Root.First(BlockKind.ChannelDecoupler) is not { } block)
        {
            return null;
        }

        if (block.Find(TagKind.DecouplerMatrix) is not { } tag || block.Find(TagKind.ProjectorChannels) is not { } nameTag)
        {
            throw new MalformedFileException(file.Path, null, "cross-talk", "no matrix or no channel names", "both");
        }

        string[] names = [.. file.Text(nameTag, "cross-talk's channels").Split('\r', '\n', ':').Where(n => n.Length > 0)];
        var values = (tag.Type & DataType.SparseMatrix) == DataType.SparseMatrix ? Sparse(file, tag, names.Length) : file.Matrix(tag, "cross-talk");
        return Named(file, tag, names, names, values, "cross-talk");
    }

    private static FieldCompensation? ReadCompensation(FiffFile file, FiffBlock block, IReadOnlyList<ChannelInfo> channels, IReadOnlyDictionary<string, string> longNames, List<string> remarks)
    {
        var matrix = block.First(BlockKind.NamedMatrix);
        if (block.Find(TagKind.MneCompensationKind) is not { } kindTag || matrix?.Find(TagKind.MneCompensationData) is not { } tag
            || matrix.Find(TagKind.MneRowNames) is not { } rowTag || matrix.Find(TagKind.MneColumnNames) is not { } columnTag)
        {
            throw new MalformedFileException(file.Path, null, "compensation", "no kind, no coefficients or no names", "all of them");
        }

        string[] rows = [.. MeasurementInfo.Names(file, rowTag, "compensated channels", longNames)];
        string[] columns = [.. MeasurementInfo.Names(file, columnTag, "reference channels", longNames)];
        var coefficients = Named(file, tag, rows, columns, file.Matrix(tag, "compensation"), "compensation");
        var kind = file.Int(kindTag, "kind of compensation");
        var isCalibrated = block.Find(TagKind.MneCompensationCalibrated) is { } calibrated && file.Int(calibrated, "calibration of the compensation") != 0;
        if (!isCalibrated && rows.Concat(columns).FirstOrDefault(n => Factor(channels, n) is null) is { } unknown)
        {
            remarks.Add($"The compensation {NameOf(kind)} is left out: it names the channel '{unknown}', which the recording lacks or has without a calibration.");
            return null;
        }

        if (!isCalibrated)
        {
            Calibrate(coefficients, channels);
        }

        return new(NameOf(kind), GradeOf(kind), coefficients);
    }

    /// <summary>The number FIFF keeps for a compensation.</summary>
    public static int KindOf(FieldCompensation compensation) =>
        compensation.Name.Length == 4 && compensation.Name.All(char.IsAscii) ? BinaryPrimitives.ReadInt32BigEndian(System.Text.Encoding.ASCII.GetBytes(compensation.Name)) : compensation.Grade;

    // CTF's names: four letters, G1BR for the first grade.
    private static string NameOf(int kind)
    {
        var letters = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(letters, kind);
        return letters.All(l => l is > 32 and < 127) ? System.Text.Encoding.ASCII.GetString(letters) : FormattableString.Invariant($"grade {kind}");
    }

    private static int GradeOf(int kind) => NameOf(kind) switch { "G1BR" => 1, "G2BR" => 2, "G3BR" => 3, _ => kind };

    // Value = number × range × calibration: rows are multiplied by their factor, columns divided by theirs.
    private static void Calibrate(NamedMatrix matrix, IReadOnlyList<ChannelInfo> channels)
    {
        double[] columns = [.. matrix.Columns.Select(n => Factor(channels, n)!.Value)];
        for (var r = 0; r < matrix.Rows.Count; r++)
        {
            var factor = Factor(channels, matrix.Rows[r])!.Value;
            for (var c = 0; c < columns.Length; c++)
            {
                matrix.Values[r][c] *= factor / columns[c];
            }
        }
    }

    private static double? Factor(IReadOnlyList<ChannelInfo> channels, string name) =>
        channels.FirstOrDefault(c => c.Name == name) is { } channel && channel.Range * channel.Calibration * channel.UnitFactor is not 0 and var factor ? factor : null;

    private static NamedMatrix Named(FiffFile file, FiffTag tag, string[] rows, string[] columns, double[][] values, string field) =>
        values.Length == rows.Length && values.All(r => r.Length == columns.Length && r.All(double.IsFinite))
            ? new(rows, columns, values)
            : throw new MalformedFileException(
                file.Path, tag.Data, field, FormattableString.Invariant($"{values.Length} x {(values.Length > 0 ? values[0].Length : 0)} numbers"), FormattableString.Invariant($"{rows.Length} x {columns.Length} finite numbers"));

    // Floats, the row of each, the beginning of each column; behind: how many numbers, rows, columns, dimensions.
    private static double[][] Sparse(FiffFile file, FiffTag tag, int size)
    {
        MalformedFileException Fault(string found) => new(file.Path, tag.Data, "cross-talk", found, FormattableString.Invariant($"a sparse matrix of {size} x {size} floats"));
        if ((tag.Type & 0xffff) != DataType.Float || tag.Size < 16 || (long)size * size > MostCells)
        {
            throw Fault(FormattableString.Invariant($"{tag.Size} bytes of type 0x{tag.Type:x}"));
        }

        var bytes = file.Raw(tag, "cross-talk");
        int Word(long index) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan((int)(4 * index)));
        var words = bytes.Length / 4;
        var (count, rows, columns, dimensions) = (Word(words - 4), Word(words - 3), Word(words - 2), Word(words - 1));
        if (dimensions != 2 || rows != size || columns != size || count < 0 || (2L * count) + size + 1 + 4 > words)
        {
            throw Fault(FormattableString.Invariant($"{count} numbers for {rows} x {columns} in {dimensions} dimensions"));
        }

        double[][] values = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (var c = 0; c < size; c++)
        {
            var (from, to) = (Word((2L * count) + c), Word((2L * count) + c + 1));
            if (from < 0 || to < from || to > count)
            {
                throw Fault(FormattableString.Invariant($"a column from {from} to {to}"));
            }

            for (var i = from; i < to; i++)
            {
                var row = Word((long)count + i);
                values[row >= 0 && row < size ? row : throw Fault(FormattableString.Invariant($"the row {row}"))][c] = BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(4 * i));
            }
        }

        return values;
    }
}
