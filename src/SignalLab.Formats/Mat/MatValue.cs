namespace SignalLab.Formats.Mat;

/// <summary>One value of a MAT file: an array of numbers, text, cells or structures, always with dimensions, in MATLAB's column-major order.</summary>
/// <param name="dimensions">Sizes, at least two.</param>
internal abstract class MatValue(long[] dimensions)
{
    /// <summary>Sizes, rows first.</summary>
    public IReadOnlyList<long> Dimensions { get; } = dimensions;

    /// <summary>Elements: the product of the sizes.</summary>
    public long Count { get; } = dimensions.Aggregate(1L, (product, size) => product * size);
}

/// <summary>Numbers of any class, real part; read from the file when asked for.</summary>
/// <param name="dimensions">Sizes.</param>
/// <param name="isComplex">True where an imaginary part stands beside, which is not read.</param>
internal abstract class MatNumbers(long[] dimensions, bool isComplex) : MatValue(dimensions)
{
    public bool IsComplex { get; } = isComplex;

    /// <summary>Reads consecutive elements in column-major order; safe for concurrent readers.</summary>
    /// <param name="first">First element.</param>
    /// <param name="into">Receives them; <c>first + into.Length</c> must not exceed the count.</param>
    public abstract void Read(long first, Span<double> into);
}

/// <summary>Numbers held in memory.</summary>
/// <param name="dimensions">Sizes.</param>
/// <param name="values">The elements in column-major order.</param>
internal sealed class MemoryNumbers(long[] dimensions, double[] values) : MatNumbers(dimensions, false)
{
    public override void Read(long first, Span<double> into) => values.AsSpan((int)first, into.Length).CopyTo(into);
}

/// <summary>A character array.</summary>
/// <param name="dimensions">Sizes: rows × characters.</param>
/// <param name="characters">The characters in column-major order.</param>
internal sealed class MatText(long[] dimensions, string characters) : MatValue(dimensions)
{
    /// <summary>The text row by row, trailing blanks removed.</summary>
    public IEnumerable<string> Rows()
    {
        var rows = Dimensions[0];
        if (rows <= 1 || rows > characters.Length || Count != characters.Length)
        {
            yield return characters.TrimEnd(' ', '\0');
            yield break;
        }

        for (var r = 0; r < rows; r++)
        {
            yield return string.Concat(Enumerable.Range(0, (int)(characters.Length / rows)).Select(c => characters[(int)((c * rows) + r)])).TrimEnd(' ', '\0');
        }
    }

    public override string ToString() => string.Join('\n', Rows());
}

/// <summary>A cell array.</summary>
/// <param name="dimensions">Sizes.</param>
/// <param name="items">The cells in column-major order.</param>
internal sealed class MatCells(long[] dimensions, IReadOnlyList<MatValue> items) : MatValue(dimensions)
{
    public IReadOnlyList<MatValue> Items { get; } = items;
}

/// <summary>A structure or an array of structures that share their fields.</summary>
/// <param name="dimensions">Sizes.</param>
/// <param name="fields">Field names with, for each, one value an element.</param>
internal sealed class MatStruct(long[] dimensions, IReadOnlyDictionary<string, IReadOnlyList<MatValue>> fields) : MatValue(dimensions)
{
    public IEnumerable<string> FieldNames => fields.Keys;

    /// <summary>A field of one element, or null where the structure has no such field.</summary>
    /// <param name="element">Index in column-major order.</param>
    /// <param name="name">The field.</param>
    public MatValue? Field(int element, string name) => fields.TryGetValue(name, out var values) && element < values.Count ? values[element] : null;
}

/// <summary>A value of a kind that is not read.</summary>
/// <param name="kind">What it is, for messages.</param>
internal sealed class MatUnread(string kind) : MatValue([0, 0])
{
    public string Kind { get; } = kind;
}

/// <summary>How the readers above look at values.</summary>
internal static class MatValues
{
    extension(MatValue? value)
    {
        /// <summary>The text, or null where the value is none or empty.</summary>
        public string? AsText() => value is MatText { Count: > 0 } text && text.ToString() is { Length: > 0 } characters ? characters
            : value is MatCells { Items: [MatText { Count: > 0 } only] } ? only.ToString() : null;

        /// <summary>The first number, or null where the value holds none.</summary>
        public double? AsNumber()
        {
            if (value is not MatNumbers { Count: > 0 } numbers)
            {
                return null;
            }

            Span<double> one = [0];
            numbers.Read(0, one);
            return one[0];
        }
    }
}
