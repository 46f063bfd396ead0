using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;
using SignalLab.Formats.Hdf5;
using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>Reads MAT files of version 7.3: HDF5 whose objects carry MATLAB's class as an attribute, and whose sizes stand in reverse.</summary>
/// <remarks>Whatever the HDF5 library says of a damaged file becomes one <see cref="MalformedFileException"/>.</remarks>
internal sealed class Mat73Reader
{
    /// <summary>Structures and cells nested deeper than this are taken for damage.</summary>
    private const int DeepestNesting = 64;

    /// <summary>Numbers up to this many are read at once; larger arrays in the parts that are asked for.</summary>
    private const long SmallCount = 1 << 16;

    /// <summary>A text may have this many characters.</summary>
    private const long LongestText = 1 << 22;

    private readonly string path;
    private readonly Hdf5Root root;
    private readonly Mat73References references;

    public Mat73Reader(string path)
    {
        this.path = path;
        root = new(path);
        references = new(root.File);
    }

    /// <summary>The variables in file order, MATLAB's own reference store left out.</summary>
    public IReadOnlyDictionary<string, Lazy<MatValue>> Variables() => root.Run("variables", () =>
    {
        var variables = new Dictionary<string, Lazy<MatValue>>(StringComparer.Ordinal);
        foreach (var child in root.File.Children().Where(c => !c.Name.StartsWith('#')))
        {
            variables[child.Name] = new(() => root.Run(child.Name, () => Value(child, 0)));
        }

        return variables;
    });

    private MatValue Value(IH5Object item, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Fault(item.Name, "arrays nested without end", FormattableString.Invariant($"at most {DeepestNesting} levels"));
        }

        return item switch
        {
            IH5Group group => group.AttributeExists("MATLAB_sparse") ? new MatUnread("sparse array") : Structure(group, depth),
            IH5Dataset data => Array(data, depth),
            _ => new MatUnread("object"),
        };
    }

    private MatStruct Structure(IH5Group group, int depth)
    {
        var children = group.Children().ToArray();
        var fields = new Dictionary<string, IReadOnlyList<MatValue>>(StringComparer.Ordinal);
        long[]? sizes = null;
        foreach (var child in children)
        {
            // An array of structures stores each field as references to its elements' values; a cell says that it is one.
            if (child is IH5Dataset { Type.Class: H5DataTypeClass.Reference } data && ClassOf(data) is null)
            {
                fields[child.Name] = Referenced(data, depth);
                sizes = Sizes(data);
            }
            else
            {
                fields[child.Name] = [Value(child, depth + 1)];
            }
        }

        return new MatStruct(sizes ?? [1, 1], fields);
    }

    private MatValue Array(IH5Dataset data, int depth)
    {
        var kind = ClassOf(data);
        if (data.AttributeExists("MATLAB_empty"))
        {
            return kind switch
            {
                "char" => new MatText([0, 0], ""),
                "cell" => new MatCells([0, 0], []),
                "struct" => new MatStruct([0, 0], new Dictionary<string, IReadOnlyList<MatValue>>(StringComparer.Ordinal)),
                _ => new MemoryNumbers([0, 0], []),
            };
        }

        var sizes = Sizes(data);
        return data.Type.Class switch
        {
            H5DataTypeClass.Reference => new MatCells(sizes, Referenced(data, depth)),
            H5DataTypeClass.FixedPoint when kind == "char" && Count(sizes) > LongestText => throw Fault(data.Name, FormattableString.Invariant($"{Count(sizes)} characters"), FormattableString.Invariant($"at most {LongestText}")),
            H5DataTypeClass.FixedPoint when kind == "char" => new MatText(sizes, string.Concat(All(data, sizes).Select(c => (char)c))),
            H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint => Numbers(data, sizes),
            _ => new MatUnread(data.Type.Class.ToString()),
        };
    }

    private MatNumbers Numbers(IH5Dataset data, long[] sizes) =>
        Count(sizes) <= SmallCount ? new MemoryNumbers(sizes, All(data, sizes)) : new StoredNumbers(this, data, sizes);

    private MatValue[] Referenced(IH5Dataset data, int depth)
    {
        if (data is not NativeDataset native || Count(Sizes(data)) > root.Length / 8)
        {
            throw Fault(data.Name, FormattableString.Invariant($"{Count(Sizes(data))} references"), "as many as the file can hold");
        }

        return [.. native.Read<NativeObjectReference1[]>().Select(r => Value(references.Find(r) ?? throw Fault(data.Name, "a reference to nothing", "one to an object of the file's store"), depth + 1))];
    }

    private static double[] All(IH5Dataset data, long[] sizes)
    {
        var values = new double[Count(sizes)];
        Hdf5Numbers.Read(data, null, values);
        return values;
    }

    // Sizes as MATLAB counts them, checked against what the file can hold.
    private long[] Sizes(IH5Dataset data)
    {
        long[] sizes = [.. data.Space.Dimensions.Reverse().Select(d => checked((long)d))];
        var most = root.Length * Hdf5File.LargestRatio;
        var product = 1L;
        foreach (var size in sizes)
        {
            product = size == 0 || product <= most / size ? product * size : throw Fault(data.Name, FormattableString.Invariant($"a size of {size}"), "sizes that the file can hold");
        }

        return sizes.Length >= 2 ? sizes : sizes.Length == 1 ? [sizes[0], 1] : [1, 1];
    }

    private static long Count(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);

    private static string? ClassOf(IH5Object item) => item.AttributeExists("MATLAB_class") ? item.Attribute("MATLAB_class").Read<string>().TrimEnd('\0', ' ') : null;

    private MalformedFileException Fault(string field, string found, string expected) => new(path, null, field, found, expected);

    /// <summary>A large array: the slowest index counts MATLAB's last size.</summary>
    private sealed class StoredNumbers(Mat73Reader reader, IH5Dataset data, long[] sizes) : MatNumbers(sizes, false)
    {
        public override void Read(long first, Span<double> into)
        {
            if (into.Length == 0)
            {
                return;
            }

            // Axes on which the stretch has one index are fixed; the first on which it has several is cut, those below stay whole.
            var (from, start, block) = (first, new ulong[data.Space.Dimensions.Length], data.Space.Dimensions.ToArray());
            for (var (axis, below) = (0, Count); axis < start.Length; axis++)
            {
                below /= (long)block[axis];
                var (low, high) = (from / below, (from + into.Length - 1) / below);
                (start[axis], block[axis]) = ((ulong)low, (ulong)(high - low + 1));
                from -= low * below;
                if (low != high)
                {
                    break;
                }
            }

            var stored = new double[block.Aggregate(1L, (product, size) => product * (long)size)];
            reader.root.Run(data.Name, () =>
            {
                Hdf5Numbers.Read(data, new HyperslabSelection(start.Length, start, block), stored);
                return true;
            });
            stored.AsSpan((int)from, into.Length).CopyTo(into);
        }
    }
}
