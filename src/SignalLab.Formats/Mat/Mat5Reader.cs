using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>Reads MAT files of version 5 to 7: a header of 128 bytes, then one data element a variable, perhaps compressed.</summary>
/// <param name="file">The file.</param>
internal sealed class Mat5Reader(ByteSource file)
{
    private const int HeaderBytes = 128;

    /// <summary>Structures and cells nested deeper than this are taken for damage.</summary>
    private const int DeepestNesting = 64;

    private const int MatrixType = 14;
    private const int CompressedType = 15;

    /// <summary>The variables in file order; of two with one name the last counts, as MATLAB loads them.</summary>
    public IReadOnlyDictionary<string, Lazy<MatValue>> Variables()
    {
        var isBig = IsBigEndian();
        var variables = new Dictionary<string, Lazy<MatValue>>(StringComparer.Ordinal);
        for (long at = HeaderBytes; at < file.Length;)
        {
            var top = new Mat5Elements(file, isBig, file.Length);
            var tag = top.Tag(at, "variable");
            if (tag.Type == CompressedType)
            {
                var packed = file.Read(tag.Data, tag.Size, "compressed variable");
                var place = at;
                var name = NameOf(new Mat5Elements(MatInflation.Beginning(file.Path, place, packed), isBig, null), 0);
                variables[name] = new(() => Matrix(new Mat5Elements(MatInflation.Whole(file.Path, place, packed, isBig), isBig, null), 0, 0).Value);
                at = tag.Data + tag.Size;
            }
            else
            {
                var place = at;
                variables[NameOf(top, at)] = new(() => Matrix(top, place, 0).Value);
                at = tag.Next;
            }
        }

        return variables;
    }

    /// <summary>The first variable's name as far as a file's beginning tells it, or null.</summary>
    public string? FirstName()
    {
        try
        {
            var top = new Mat5Elements(file, IsBigEndian(), null);
            return top.UInt32(HeaderBytes, "variable") != CompressedType
                ? NameOf(top, HeaderBytes)
                : NameOf(new Mat5Elements(MatInflation.Beginning(file.Path, HeaderBytes, file.Read(HeaderBytes + 8, file.Length - HeaderBytes - 8, "compressed variable")), top.IsBig, null), 0);
        }
        catch (MalformedFileException)
        {
            return null;
        }
    }

    private bool IsBigEndian()
    {
        var header = file.Read(0, HeaderBytes, "header");
        var mark = (char)header[126] + "" + (char)header[127];
        return mark switch
        {
            "IM" => false,
            "MI" => true,
            _ => throw new MalformedFileException(file.Path, 126, "endian indicator", $"\"{mark}\"", "\"IM\" or \"MI\""),
        };
    }

    // The beginning of an inflated variable may end before the variable does: only what stands in front of the name is walked.
    private static string NameOf(Mat5Elements elements, long at)
    {
        var type = elements.UInt32(at, "variable");
        if (type != MatrixType)
        {
            throw elements.Fault(at, "variable", FormattableString.Invariant($"an element of type {type}"), FormattableString.Invariant($"an array (type {MatrixType})"));
        }

        if (elements.UInt32(at + 4, "variable") == 0)
        {
            return "";
        }

        var flags = elements.Tag(at + 8, "array flags");
        var dimensions = elements.Tag(flags.Next, "dimensions");
        return elements.Text(elements.Tag(dimensions.Next, "array name"), "array name");
    }

    private static (MatValue Value, long Next) Matrix(Mat5Elements elements, long at, int depth)
    {
        var matrix = elements.Tag(at, "array");
        if (matrix.Type != MatrixType)
        {
            throw elements.Fault(at, "array", FormattableString.Invariant($"an element of type {matrix.Type}"), FormattableString.Invariant($"an array (type {MatrixType})"));
        }

        if (depth > DeepestNesting)
        {
            throw elements.Fault(at, "array", "arrays nested without end", FormattableString.Invariant($"at most {DeepestNesting} levels"));
        }

        return (matrix.Size == 0 ? new MemoryNumbers([0, 0], []) : Content(elements.Within(matrix.Data + matrix.Size), matrix.Data, depth), matrix.Next);
    }

    private static MatValue Content(Mat5Elements elements, long at, int depth)
    {
        var flagsTag = elements.Tag(at, "array flags");
        if (flagsTag.Size != 8)
        {
            throw elements.Fault(at, "array flags", FormattableString.Invariant($"{flagsTag.Size} bytes"), "8 bytes");
        }

        var word = elements.UInt32(flagsTag.Data, "array flags");
        var (kind, isComplex) = ((int)(word & 0xff), (word & 0x0800) != 0);
        if (kind is 16 or 17)
        {
            return new MatUnread(kind == 16 ? "function handle" : "opaque object");
        }

        var dimensionsTag = elements.Tag(flagsTag.Next, "dimensions");
        var dimensions = elements.Dimensions(dimensionsTag);
        var next = elements.Tag(dimensionsTag.Next, "array name").Next;
        return kind switch
        {
            1 => Cells(elements, dimensions, next, depth),
            2 => Structure(elements, dimensions, next, depth),
            3 => new MatUnread("object"),
            4 => new MatText(dimensions, elements.Text(elements.Tag(next, "characters"), "characters")),
            5 => new MatUnread("sparse array"),
            >= 6 and <= 15 => Mat5Numbers.Of(elements, elements.Tag(next, "real part"), dimensions, isComplex),
            _ => throw elements.Fault(flagsTag.Data, "array class", FormattableString.Invariant($"{kind}"), "1 to 17"),
        };
    }

    private static MatCells Cells(Mat5Elements elements, long[] dimensions, long at, int depth) => new(dimensions, Items(elements, Product(dimensions), ref at, depth, "cells"));

    private static MatStruct Structure(Mat5Elements elements, long[] dimensions, long at, int depth)
    {
        var lengthTag = elements.Tag(at, "field name length");
        if (lengthTag.Size != 4)
        {
            throw elements.Fault(at, "field name length", FormattableString.Invariant($"{lengthTag.Size} bytes"), "4 bytes");
        }

        var length = (int)elements.UInt32(lengthTag.Data, "field name length");
        var namesTag = elements.Tag(lengthTag.Next, "field names");
        if (length <= 0 || length > 4096 || namesTag.Size % length != 0)
        {
            throw elements.Fault(lengthTag.Data, "field name length", FormattableString.Invariant($"{length} for {namesTag.Size} bytes of names"), "a length that divides them");
        }

        var bytes = elements.Bytes(namesTag, "field names");
        string[] names = [.. Enumerable.Range(0, bytes.Length / length).Select(i => Encoding.Latin1.GetString(bytes, i * length, length).Split('\0')[0])];
        var next = namesTag.Next;
        var items = Items(elements, Product(dimensions) * names.Length, ref next, depth, "fields");
        var fields = new Dictionary<string, IReadOnlyList<MatValue>>(StringComparer.Ordinal);
        for (var f = 0; f < names.Length; f++)
        {
            fields[names[f]] = [.. Enumerable.Range(0, items.Length / names.Length).Select(e => items[(e * names.Length) + f])];
        }

        return new(dimensions, fields);
    }

    private static MatValue[] Items(Mat5Elements elements, long count, ref long at, int depth, string field)
    {
        // Every item takes 8 bytes at least: a claim beyond that is no reason to allocate.
        if (count > (elements.End - at) / 8)
        {
            throw elements.Fault(at, field, FormattableString.Invariant($"room for {(elements.End - at) / 8} items"), FormattableString.Invariant($"the {count} that its dimensions state"));
        }

        var items = new MatValue[count];
        for (var i = 0; i < items.Length; i++)
        {
            (items[i], at) = Matrix(elements, at, depth + 1);
        }

        return items;
    }

    private static long Product(long[] dimensions) => dimensions.Aggregate(1L, (product, size) => product * size);
}
