using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Formats.Numbers;

/// <summary>How four stored numbers that follow each other become four doubles at once. Exact: what one number gives, a lane gives.</summary>
internal interface INumberLanes
{
    /// <summary>Bytes that are loaded; four numbers stand in them, or in their beginning.</summary>
    static abstract int LoadBytes { get; }

    /// <summary>Four numbers.</summary>
    /// <param name="bytes">From the first number on, at least <see cref="LoadBytes"/>.</param>
    /// <param name="order">Where each byte goes.</param>
    static abstract Vector256<double> Four(ReadOnlySpan<byte> bytes, LaneOrder order);
}

/// <summary>Where the bytes of four stored numbers go in four lanes of the processor, whose least significant byte stands first.</summary>
/// <param name="Places">The byte that each place takes; the lanes' empty low bytes take none.</param>
/// <param name="Shift">Bits by which an integer then stands too high in its lane.</param>
internal readonly record struct LaneOrder(Vector256<byte> Places, int Shift)
{
    private const byte None = 0x80;

    private static readonly LaneOrder[] LittleEndian = [.. Enum.GetValues<NumberType>().Select(t => Made(t, isBigEndian: false))];
    private static readonly LaneOrder[] BigEndian = [.. Enum.GetValues<NumberType>().Select(t => Made(t, isBigEndian: true))];

    /// <summary>The order for a type.</summary>
    /// <param name="type">How a number is stored.</param>
    /// <param name="isBigEndian">Most significant byte first.</param>
    public static LaneOrder Of(NumberType type, bool isBigEndian) => (isBigEndian ? BigEndian : LittleEndian)[(int)type];

    private static LaneOrder Made(NumberType type, bool isBigEndian)
    {
        var size = type.Bytes();
        var lane = Math.Max(4, size);
        Span<byte> places = stackalloc byte[32];
        places.Fill(None);
        for (var n = 0; n < 16 / lane; n++)
        {
            for (var b = 0; b < size; b++)
            {
                var at = (n * lane) + lane - size + b;
                places[at] = places[16 + at] = (byte)((n * size) + (isBigEndian ? size - 1 - b : b));
            }
        }

        return new(Vector256.Create<byte>(places), 8 * (lane - size));
    }
}

/// <summary>Signed integers of 8 to 32 bits.</summary>
internal readonly struct SignedLanes : INumberLanes
{
    public static int LoadBytes => 16;

    public static Vector256<double> Four(ReadOnlySpan<byte> bytes, LaneOrder order) =>
        Avx.ConvertToVector256Double(Ssse3.Shuffle(Vector128.Create(bytes), order.Places.GetLower()).AsInt32() >> order.Shift);
}

/// <summary>Unsigned integers of 8 to 24 bits.</summary>
internal readonly struct UnsignedLanes : INumberLanes
{
    public static int LoadBytes => 16;

    public static Vector256<double> Four(ReadOnlySpan<byte> bytes, LaneOrder order) =>
        Avx.ConvertToVector256Double(Ssse3.Shuffle(Vector128.Create(bytes), order.Places.GetLower()).AsInt32() >>> order.Shift);
}

/// <summary>32-bit floating-point numbers.</summary>
internal readonly struct SingleLanes : INumberLanes
{
    public static int LoadBytes => 16;

    public static Vector256<double> Four(ReadOnlySpan<byte> bytes, LaneOrder order) =>
        Avx.ConvertToVector256Double(Ssse3.Shuffle(Vector128.Create(bytes), order.Places.GetLower()).AsSingle());
}

/// <summary>64-bit floating-point numbers.</summary>
internal readonly struct DoubleLanes : INumberLanes
{
    public static int LoadBytes => 32;

    public static Vector256<double> Four(ReadOnlySpan<byte> bytes, LaneOrder order) => Avx2.Shuffle(Vector256.Create(bytes), order.Places).AsDouble();
}
