using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Formats.Edf;

/// <summary>Kernels from physical values to stored little-endian integers, the same operations in the same order in every path.</summary>
internal static class EdfIntegers
{
    /// <summary>Rounds values to the nearest integers of a scale: ((value × factor) − offset) × stepsPerUnit.</summary>
    /// <param name="values">The values.</param>
    /// <param name="factor">To the unit of the scale.</param>
    /// <param name="offset">Value of digital zero.</param>
    /// <param name="stepsPerUnit">1 / gain.</param>
    /// <param name="low">Smallest integer; lower ones are raised to it.</param>
    /// <param name="high">Largest integer; higher ones are lowered to it.</param>
    /// <param name="tolerance">Distance from an integer, in steps, that counts as exact.</param>
    /// <param name="into">Receives the integers.</param>
    /// <returns>True where every value lay on an integer between the limits.</returns>
    public static bool Quantise(ReadOnlySpan<double> values, double factor, double offset, double stepsPerUnit, int low, int high, double tolerance, Span<int> into)
    {
        var i = 0;
        var isExact = true;
        if (Avx.IsSupported)
        {
            var exact = Vector256<double>.AllBitsSet;
            var (f, o, s) = (Vector256.Create(factor), Vector256.Create(offset), Vector256.Create(stepsPerUnit));
            var (least, most, near) = (Vector256.Create((double)low), Vector256.Create((double)high), Vector256.Create(tolerance));
            for (; i + 4 <= values.Length; i += 4)
            {
                var position = ((Vector256.Create(values[i..]) * f) - o) * s;
                var whole = Vector256.Round(position);
                exact &= Vector256.LessThanOrEqual(Vector256.Abs(position - whole), near) & Vector256.GreaterThanOrEqual(whole, least) & Vector256.LessThanOrEqual(whole, most);
                Avx.ConvertToVector128Int32(Vector256.Min(Vector256.Max(whole, least), most)).CopyTo(into[i..]);
            }

            isExact = Vector256.EqualsAll(exact.AsInt64(), Vector256<long>.AllBitsSet);
        }

        for (; i < values.Length; i++)
        {
            var position = ((values[i] * factor) - offset) * stepsPerUnit;
            var whole = Math.Round(position);
            isExact &= Math.Abs(position - whole) <= tolerance && whole >= low && whole <= high;
            into[i] = (int)Math.Clamp(whole, low, high);
        }

        return isExact;
    }

    /// <summary>Encodes whole numbers as 16 or 24 bits.</summary>
    /// <param name="digital">Values within the width.</param>
    /// <param name="is24Bit">The width.</param>
    /// <param name="bytes">Receives 2 or 3 bytes a value.</param>
    public static void Encode(ReadOnlySpan<int> digital, bool is24Bit, Span<byte> bytes)
    {
        if (!is24Bit)
        {
            var done = 0;
            for (; BitConverter.IsLittleEndian && done + 8 <= digital.Length; done += 8)
            {
                Vector128.Narrow(Vector128.Create(digital[done..]), Vector128.Create(digital[(done + 4)..])).AsByte().CopyTo(bytes[(2 * done)..]);
            }

            for (; done < digital.Length; done++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * done)..], (short)digital[done]);
            }

            return;
        }

        for (var i = 0; i < digital.Length; i++)
        {
            var three = bytes.Slice(3 * i, 3);
            (three[0], three[1], three[2]) = ((byte)digital[i], (byte)(digital[i] >> 8), (byte)(digital[i] >> 16));
        }
    }
}
