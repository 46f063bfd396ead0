using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>A figure as pixels, with its resolution and colophon in chunks. Source: PNG (W3C, third edition), 11.3.4.3 iTXt, 11.3.4.1 pHYs.</summary>
internal static class PngFigure
{
    /// <summary>Keyword of the text chunk that holds the colophon's JSON.</summary>
    public const string Keyword = "SignalLab";

    private const int BytesToEndOfHeader = 8 + 25;

    public static byte[] Write(Figure figure, Colophon colophon, double dpi)
    {
        var size = figure.SizeMm(colophon);
        var scale = dpi / 25.4;
        var (width, height) = ((int)Math.Round(size.Width * scale), (int)Math.Round(size.Height * scale));
        if (width is < 1 or > FigureFile.LargestSide || height is < 1 or > FigureFile.LargestSide)
        {
            throw new UnfitInputException(FormattableString.Invariant($"A PNG of {size.Width:0} × {size.Height:0} mm at {dpi:0} dpi is too large: write SVG or PDF, or ask for fewer channels, a shorter time or fewer dpi."));
        }

        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException(FormattableString.Invariant($"No memory for {width} × {height} pixels."));
        surface.Canvas.Clear(Style.Paper);
        surface.Canvas.Scale((float)scale);
        figure.Draw(surface.Canvas, colophon);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return WithChunks(data.AsSpan(), figure.Title, colophon, dpi);
    }

    private static byte[] WithChunks(ReadOnlySpan<byte> png, string title, Colophon colophon, double dpi)
    {
        using var memory = new MemoryStream(png.Length + 4096);
        memory.Write(png[..BytesToEndOfHeader]);
        var perMetre = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(perMetre, (uint)Math.Round(dpi / 0.0254));
        BinaryPrimitives.WriteUInt32BigEndian(perMetre.AsSpan(4), (uint)Math.Round(dpi / 0.0254));
        perMetre[8] = 1;
        WriteChunk(memory, "pHYs", perMetre);
        WriteText(memory, "Title", title);
        WriteText(memory, "Software", colophon.Program);
        WriteText(memory, Keyword, colophon.ToJson());
        memory.Write(png[BytesToEndOfHeader..]);
        return memory.ToArray();
    }

    private static void WriteText(MemoryStream to, string keyword, string text)
    {
        if (text.Length > 0)
        {
            WriteChunk(to, "iTXt", [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text.Replace('\0', ' '))]);
        }
    }

    private static void WriteChunk(MemoryStream to, string type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)content.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
        to.Write(chunk);
    }

    // Source: PNG, annex D.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
