using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>One frame of run-length coded byte planes.</summary>
/// <remarks>Source: DICOM PS3.5, annex G (PackBits in segments, the most significant byte of each sample first).</remarks>
internal static class RleFrame
{
    private const int HeaderSize = 64;

    /// <summary>Unpacks to native little-endian samples, pixel by pixel.</summary>
    /// <param name="packed">Header and segments.</param>
    /// <param name="pixels">Pixels of the frame.</param>
    /// <param name="samples">Samples of a pixel.</param>
    /// <param name="bytesPerSample">1, 2 or 4.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="offset">Where the frame stands in it.</param>
    public static byte[] Decode(ReadOnlySpan<byte> packed, int pixels, int samples, int bytesPerSample, string path, long offset)
    {
        var planes = samples * bytesPerSample;
        var count = packed.Length >= HeaderSize ? BinaryPrimitives.ReadUInt32LittleEndian(packed) : 0;
        if (count != planes)
        {
            throw new MalformedFileException(path, offset, "RLE header", FormattableString.Invariant($"{count} segments"), FormattableString.Invariant($"{planes}, one a byte of a pixel"));
        }

        // Two bytes make 128 at most: what cannot become the frame is refused before it is allocated.
        if ((long)pixels * planes > 64L * packed.Length)
        {
            throw new MalformedFileException(path, offset, "RLE frame", FormattableString.Invariant($"{packed.Length} bytes"), FormattableString.Invariant($"enough for {pixels} pixels"));
        }

        var frame = new byte[pixels * planes];
        var plane = new byte[pixels];
        for (var p = 0; p < planes; p++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(packed[(4 + (4 * p))..]);
            var end = p + 1 < planes ? BinaryPrimitives.ReadUInt32LittleEndian(packed[(8 + (4 * p))..]) : (uint)packed.Length;
            if (start < HeaderSize || end < start || end > packed.Length)
            {
                throw new MalformedFileException(path, offset + 4 + (4 * p), "RLE segment offset", FormattableString.Invariant($"{start} to {end}"), FormattableString.Invariant($"inside the frame's {packed.Length} bytes"));
            }

            if (!Unpack(packed[(int)start..(int)end], plane))
            {
                throw new MalformedFileException(path, offset + start, "RLE segment", "its end", FormattableString.Invariant($"{pixels} bytes when unpacked"));
            }

            var (sample, significance) = (p / bytesPerSample, p % bytesPerSample);
            var at = (sample * bytesPerSample) + (bytesPerSample - 1 - significance);
            for (var i = 0; i < pixels; i++, at += planes)
            {
                frame[at] = plane[i];
            }
        }

        return frame;
    }

    private static bool Unpack(ReadOnlySpan<byte> packed, Span<byte> plane)
    {
        while (plane.Length > 0)
        {
            if (packed.Length < 2)
            {
                return false;
            }

            var control = (sbyte)packed[0];
            if (control >= 0)
            {
                var n = Math.Min(control + 1, plane.Length);
                if (packed.Length < 1 + n)
                {
                    return false;
                }

                packed.Slice(1, n).CopyTo(plane);
                plane = plane[n..];
                packed = packed[Math.Min(control + 2, packed.Length)..];
            }
            else if (control != sbyte.MinValue)
            {
                var n = Math.Min(1 - control, plane.Length);
                plane[..n].Fill(packed[1]);
                plane = plane[n..];
                packed = packed[2..];
            }
            else
            {
                packed = packed[1..];
            }
        }

        return true;
    }
}
