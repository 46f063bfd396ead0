using System.Text;
using SkiaSharp;

namespace SignalLab.Figures.Animation;

/// <summary>Writes figures of one size as an animated GIF.</summary>
/// <remarks>Source: CompuServe, Graphics Interchange Format, version 89a (1990); Welch 1984 for LZW.</remarks>
public static class GifFile
{
    private const int CodeSize = 8;

    /// <summary>Draws every figure and writes the loop.</summary>
    /// <param name="figures">One figure a frame; the first decides the size.</param>
    /// <param name="path">The file.</param>
    /// <param name="colophon">How it was made; kept in a comment block.</param>
    /// <param name="secondsPerFrame">How long each frame stands, in steps of 0.01 s.</param>
    /// <param name="dpi">Pixels per inch.</param>
    public static void Save(IReadOnlyList<Figure> figures, string path, Colophon colophon, double secondsPerFrame = 0.1, double dpi = 100)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(colophon);
        ArgumentOutOfRangeException.ThrowIfZero(figures.Count, nameof(figures));
        var frames = figures.Select(f => SKBitmap.Decode(FigureFile.ToBytes(f, ".png", colophon, dpi))).ToList();
        try
        {
            var palette = GifPalette.Of(frames);
            using var stream = File.Create(path);
            using var writer = new BinaryWriter(stream, Encoding.ASCII);
            var (width, height) = (frames[0].Width, frames[0].Height);
            WriteHead(writer, width, height, palette);
            WriteBlocks(writer, 0xFE, Encoding.ASCII.GetBytes(colophon.ToJson()));
            foreach (var frame in frames)
            {
                WriteFrame(writer, frame, width, height, palette, (ushort)Math.Clamp(Math.Round(secondsPerFrame * 100), 2, 60000));
            }

            writer.Write((byte)0x3B);
        }
        finally
        {
            frames.ForEach(f => f.Dispose());
        }
    }

    private static void WriteHead(BinaryWriter writer, int width, int height, GifPalette palette)
    {
        writer.Write("GIF89a"u8);
        writer.Write((ushort)width);
        writer.Write((ushort)height);
        writer.Write([(byte)0xF7, 0, 0]);
        for (var i = 0; i < 256; i++)
        {
            var c = i < palette.Colours.Count ? palette.Colours[i] : SKColors.Black;
            writer.Write([c.Red, c.Green, c.Blue]);
        }

        // Netscape's application block: repeat for ever.
        writer.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
    }

    private static void WriteFrame(BinaryWriter writer, SKBitmap frame, int width, int height, GifPalette palette, ushort hundredths)
    {
        writer.Write([0x21, 0xF9, 4, 0x04]);
        writer.Write(hundredths);
        writer.Write([0, 0, 0x2C]);
        writer.Write((ushort)0);
        writer.Write((ushort)0);
        writer.Write((ushort)width);
        writer.Write((ushort)height);
        writer.Write([0, CodeSize]);
        var pixels = frame.Pixels;
        var indices = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                indices[(y * width) + x] = palette.Nearest(x < frame.Width && y < frame.Height ? pixels[(y * frame.Width) + x] : SKColors.White);
            }
        }

        WriteSubBlocks(writer, Compress(indices));
    }

    private static void WriteBlocks(BinaryWriter writer, byte label, byte[] bytes)
    {
        writer.Write([(byte)0x21, label]);
        WriteSubBlocks(writer, bytes);
    }

    private static void WriteSubBlocks(BinaryWriter writer, byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i += 255)
        {
            var n = Math.Min(255, bytes.Length - i);
            writer.Write((byte)n);
            writer.Write(bytes, i, n);
        }

        writer.Write((byte)0);
    }

    // Variable-width LZW, least significant bit first; the table is cleared when 4096 codes are used.
    private static byte[] Compress(byte[] indices)
    {
        const int Clear = 1 << CodeSize;
        const int End = Clear + 1;
        var bits = new List<byte>();
        var (buffer, filled, width) = (0, 0, CodeSize + 1);
        void Emit(int code)
        {
            buffer |= code << filled;
            filled += width;
            for (; filled >= 8; filled -= 8, buffer >>= 8)
            {
                bits.Add((byte)buffer);
            }
        }

        var table = new Dictionary<int, int>();
        var next = End + 1;
        Emit(Clear);
        var prefix = (int)indices[0];
        foreach (var index in indices.AsSpan(1))
        {
            var key = (prefix << 8) | index;
            if (table.TryGetValue(key, out var code))
            {
                prefix = code;
                continue;
            }

            Emit(prefix);
            if (next < 4096)
            {
                if (next == 1 << width)
                {
                    width++;
                }

                table[key] = next++;
            }
            else
            {
                Emit(Clear);
                table.Clear();
                (next, width) = (End + 1, CodeSize + 1);
            }

            prefix = index;
        }

        Emit(prefix);
        if (next == 1 << width && width < 12)
        {
            width++;
        }

        Emit(End);
        if (filled > 0)
        {
            bits.Add((byte)buffer);
        }

        return [.. bits];
    }
}
