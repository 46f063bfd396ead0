using PureHDF;
using PureHDF.Selections;
using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>An HDF5 file as the formats on top of it need it: members by path, numbers and texts. Whatever the library says of a damaged file becomes one <see cref="MalformedFileException"/>.</summary>
internal sealed class Hdf5File : IDisposable
{
    /// <summary>Deflate gives at most 1032 bytes for one.</summary>
    public const int LargestRatio = 1032;

    /// <summary>Numbers read whole are headers, not samples.</summary>
    private const long MostNumbers = 1 << 24;

    /// <summary>Texts have at most so many bytes together.</summary>
    private const long MostTextBytes = 1 << 25;

    /// <summary>So many texts are read at a time.</summary>
    private const int TextsTogether = 64;

    private readonly Hdf5Root root;

    private Hdf5File(string path)
    {
        Path = path;
        root = new(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">It is no HDF5 file.</exception>
    public static Hdf5File Open(string path) => new(path);

    /// <summary>True where a file begins as HDF5 does.</summary>
    /// <param name="head">The file's beginning.</param>
    public static bool Recognises(FileHead head) =>
        !head.IsDirectory && !head.IsGzip && head.Bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10]);

    /// <inheritdoc/>
    public void Dispose() => root.Close();

    /// <summary>Names of a group's members; none where there is no such group.</summary>
    /// <param name="group">Its path; nothing for the file's root.</param>
    public IReadOnlyList<string> Children(string group) => root.Run<IReadOnlyList<string>>(group, () =>
        group.Length == 0 ? [.. root.File.Children().Select(c => c.Name)] : Find(group) is IH5Group found ? [.. found.Children().Select(c => c.Name)] : []);

    /// <summary>The sizes of an array of numbers, or null where there is none.</summary>
    /// <param name="path">Its path.</param>
    public IReadOnlyList<long>? Sizes(string path) => root.Run<IReadOnlyList<long>?>(path, () => Numeric(path) is { } data ? SizesOf(data) : null);

    /// <summary>All numbers of an array, or null where there is none.</summary>
    /// <param name="path">Its path.</param>
    public double[]? Numbers(string path) => root.Run(path, () =>
    {
        if (Numeric(path) is not { } data)
        {
            return null;
        }

        var count = SizesOf(data).Aggregate(1L, (product, size) => product * size);
        if (count > MostNumbers)
        {
            throw new MalformedFileException(Path, null, path, FormattableString.Invariant($"{count} numbers"), FormattableString.Invariant($"at most {MostNumbers}"));
        }

        var values = new double[count];
        Hdf5Numbers.Read(data, null, values);
        return values;
    });

    /// <summary>The first number of an array, or null where there is none.</summary>
    /// <param name="path">Its path.</param>
    public double? Number(string path) => Numbers(path) is [var first, ..] ? first : null;

    /// <summary>Rows of a table of numbers.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <returns>Row after row.</returns>
    public double[] Rows(string path, long first, int count, int columns) => root.Run(path, () =>
    {
        var data = Numeric(path)!;
        var values = new double[(long)count * columns];
        var isTable = data.Space.Dimensions.Length == 2;
        var selection = isTable
            ? new HyperslabSelection(2, [(ulong)first, 0], [(ulong)count, (ulong)columns])
            : new HyperslabSelection(1, [(ulong)first], [(ulong)count]);
        Hdf5Numbers.Read(data, selection, values);
        return values;
    });

    /// <summary>The texts of an array or a single one, trimmed; none where there is none.</summary>
    /// <param name="path">Its path.</param>
    public IReadOnlyList<string> Texts(string path) => root.Run<IReadOnlyList<string>>(path, () =>
    {
        if (Find(path) is not IH5Dataset data || data.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength) || data.Space.Type == H5DataspaceType.Null)
        {
            return [];
        }

        var count = SizesOf(data).Aggregate(1L, (product, size) => product * size);
        if (count > MostTextBytes / Math.Max(1, data.Type.Size))
        {
            throw new MalformedFileException(Path, null, path, FormattableString.Invariant($"{count} texts of {data.Type.Size} bytes"), FormattableString.Invariant($"at most {MostTextBytes} bytes"));
        }

        return [.. TextsOf(data, count).Select(t => (t ?? "").TrimEnd('\0').Trim())];
    });

    /// <summary>The first text, or null where there is none or it is empty.</summary>
    /// <param name="path">Its path.</param>
    public string? Text(string path) => Texts(path) is [{ Length: > 0 } text, ..] ? text : null;

    private IH5Object? Find(string path)
    {
        var item = (IH5Object)root.File;
        foreach (var name in path.Split('/'))
        {
            if (item is not IH5Group group || !group.LinkExists(name))
            {
                return null;
            }

            item = group.Get(name);
        }

        return item;
    }

    // Many texts of varying length may be one and the same: how long they are together is known only as they are read.
    private List<string?> TextsOf(IH5Dataset data, long count)
    {
        if (count == 0 || data.Space.Dimensions.Length != 1)
        {
            return count == 0 ? [] : count == 1 && data.Space.Dimensions.Length == 0 ? [data.Read<string>()] : [.. data.Read<string[]>()];
        }

        var (texts, together) = (new List<string?>(), 0L);
        for (var first = 0L; first < count; first += TextsTogether)
        {
            var part = data.Read<string[]>(fileSelection: new HyperslabSelection((ulong)first, (ulong)Math.Min(TextsTogether, count - first)));
            texts.AddRange(part);
            together += part.Sum(t => (long)(t?.Length ?? 0));
            if (together > MostTextBytes)
            {
                throw new MalformedFileException(Path, null, data.Name, "texts without end", FormattableString.Invariant($"at most {MostTextBytes} characters"));
            }
        }

        return texts;
    }

    private IH5Dataset? Numeric(string path) =>
        Find(path) is IH5Dataset { Type.Class: H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint } data && data.Space.Type != H5DataspaceType.Null ? data : null;

    // Sizes are claims: they are checked against what the file can hold.
    private long[] SizesOf(IH5Dataset data)
    {
        long[] sizes = [.. data.Space.Dimensions.Select(d => checked((long)d))];
        var most = root.Length * LargestRatio;
        var product = 1L;
        foreach (var size in sizes)
        {
            product = size == 0 || product <= most / size
                ? product * size
                : throw new MalformedFileException(Path, null, data.Name, FormattableString.Invariant($"a size of {size}"), "sizes that the file can hold");
        }

        return sizes;
    }
}
