using System.Buffers.Binary;

namespace SignalLab.Formats.Wfdb;

/// <summary>Integers to bytes, for the formats that are written.</summary>
/// <remarks>Source: WFDB Applications Guide, signal(5).</remarks>
internal static class SampleEncoding
{
    /// <summary>Encodes samples; format 212 begins a new pair.</summary>
    /// <param name="format">16, 24, 32 or 212.</param>
    /// <param name="samples">Samples within the format's range.</param>
    /// <param name="into">At least the bytes they take.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(SampleFormat format, ReadOnlySpan<int> samples, Span<byte> into)
    {
        var at = 0;
        switch (format)
        {
            case SampleFormat.Int16:
                foreach (var value in samples)
                {
                    BinaryPrimitives.WriteInt16LittleEndian(into[at..], (short)value);
                    at += 2;
                }

                return at;
            case SampleFormat.Int24:
                foreach (var value in samples)
                {
                    BinaryPrimitives.WriteInt16LittleEndian(into[at..], (short)value);
                    into[at + 2] = (byte)(value >> 16);
                    at += 3;
                }

                return at;
            case SampleFormat.Int32:
                foreach (var value in samples)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(into[at..], value);
                    at += 4;
                }

                return at;
            case SampleFormat.Packed212:
                for (var i = 0; i < samples.Length; i += 2)
                {
                    var isPair = i + 1 < samples.Length;
                    var second = isPair ? samples[i + 1] : 0;
                    into[at++] = (byte)samples[i];
                    into[at++] = (byte)(((samples[i] >> 8) & 0x0f) | ((second >> 4) & 0xf0));
                    if (isPair)
                    {
                        into[at++] = (byte)second;
                    }
                }

                return at;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "This format is read, not written.");
        }
    }
}
