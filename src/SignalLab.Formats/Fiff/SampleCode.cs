using SignalLab.Formats.Numbers;

namespace SignalLab.Formats.Fiff;

/// <summary>Stored numbers as <see cref="NumberDecoder"/> knows them; FIFF's most significant byte stands first.</summary>
internal static class SampleCode
{
    /// <summary>How numbers of a type are stored.</summary>
    /// <param name="type">A number type with a size.</param>
    public static NumberType TypeOf(int type) => type switch
    {
        DataType.Short or DataType.Pack16 => NumberType.Int16,
        DataType.UShort => NumberType.UInt16,
        DataType.Int or DataType.Julian => NumberType.Int32,
        DataType.UInt => NumberType.UInt32,
        DataType.Float => NumberType.Float32,
        DataType.Double => NumberType.Float64,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a number type"),
    };

    /// <summary>Decodes every <paramref name="stride"/>-th number.</summary>
    /// <param name="type">A number type with a size.</param>
    /// <param name="bytes">The stored numbers, from the first wanted one.</param>
    /// <param name="stride">Distance of wanted numbers, in numbers.</param>
    /// <param name="into">Receives them; its length says how many.</param>
    /// <param name="gain">Factor.</param>
    /// <param name="offset">Summand.</param>
    public static void Decode(int type, ReadOnlySpan<byte> bytes, int stride, Span<double> into, double gain, double offset = 0) =>
        NumberDecoder.Decode(bytes, TypeOf(type), isBigEndian: true, stride * DataType.SizeOf(type), gain, offset, into);
}
