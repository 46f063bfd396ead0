using System.Buffers.Binary;

namespace SignalLab.Formats.Parquet;

/// <summary>A column of 64-bit floats, none missing.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Notes">Keys and values that stand with each of its chunks.</param>
internal sealed record ParquetColumn(string Name, IReadOnlyList<(string Key, string Value)> Notes);

/// <summary>Row groups as they are written, and the footer that finds them again.</summary>
/// <param name="columns">The columns in order.</param>
/// <remarks>Source: Apache Parquet format 2.10, parquet.thrift.</remarks>
internal sealed class ParquetFooter(IReadOnlyList<ParquetColumn> columns)
{
    private const int DoubleType = 5, Required = 0, PlainEncoding = 0, RunLengthEncoding = 3, Gzip = 2, DataPage = 0, Version = 1;
    private readonly List<ThriftStruct> groups = [];
    private long rows;

    /// <summary>First and last four bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Header of the one page of a column's chunk.</summary>
    /// <param name="values">How many values.</param>
    /// <param name="zippedBytes">Length of the page behind the header.</param>
    public static byte[] PageHeader(int values, int zippedBytes) => new ThriftStruct()
        .Put(1, DataPage)
        .Put(2, checked(sizeof(double) * values))
        .Put(3, zippedBytes)
        .Put(5, new ThriftStruct().Put(1, values).Put(2, PlainEncoding).Put(3, RunLengthEncoding).Put(4, RunLengthEncoding))
        .End();

    /// <summary>Notes a row group that was written.</summary>
    /// <param name="count">Its rows.</param>
    /// <param name="chunks">For each column where its chunk begins, the length of its page header and of its zipped page.</param>
    public void AddGroup(int count, IReadOnlyList<(long Offset, int HeaderBytes, int ZippedBytes)> chunks)
    {
        var (plain, zipped) = (0L, 0L);
        var list = new ThriftStruct[columns.Count];
        for (var c = 0; c < list.Length; c++)
        {
            var (offset, header, page) = chunks[c];
            var (whole, stored) = (header + (sizeof(double) * (long)count), (long)header + page);
            (plain, zipped) = (plain + whole, zipped + stored);
            var meta = new ThriftStruct().Put(1, DoubleType).Put(2, [PlainEncoding, RunLengthEncoding]).Put(3, [columns[c].Name]).Put(4, Gzip)
                .Put(5, (long)count).Put(6, whole).Put(7, stored);
            if (columns[c].Notes.Count > 0)
            {
                meta.Put(8, Pairs(columns[c].Notes));
            }

            list[c] = new ThriftStruct().Put(2, offset).Put(3, meta.Put(9, offset));
        }

        rows += count;
        groups.Add(new ThriftStruct().Put(1, list).Put(2, plain).Put(3, (long)count).Put(5, chunks[0].Offset).Put(6, zipped));
    }

    /// <summary>The end of the file.</summary>
    /// <param name="notes">Keys and values of the file.</param>
    /// <param name="createdBy">Program and version.</param>
    public byte[] End(IReadOnlyList<(string Key, string Value)> notes, string createdBy)
    {
        ThriftStruct[] schema =
        [
            new ThriftStruct().Put(4, "schema").Put(5, columns.Count),
            .. columns.Select(c => new ThriftStruct().Put(1, DoubleType).Put(3, Required).Put(4, c.Name)),
        ];
        var footer = new ThriftStruct().Put(1, Version).Put(2, schema).Put(3, rows).Put(4, groups).Put(5, Pairs(notes)).Put(6, createdBy).End();
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. footer, .. length, .. Magic];
    }

    private static ThriftStruct[] Pairs(IReadOnlyList<(string Key, string Value)> notes) => [.. notes.Select(n => new ThriftStruct().Put(1, n.Key).Put(2, n.Value))];
}
