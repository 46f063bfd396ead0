using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SignalLab.Figures;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

/// <summary>Reads figures back from their files: chunks of a PNG, lines in millimetres of an SVG or PDF.</summary>
internal static partial class FigureReading
{
    public static List<(string Type, byte[] Content)> PngChunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    /// <summary>Every stroked polyline, in mm from the page's upper left corner (SVG) or lower left (PDF, y up).</summary>
    public static List<SKPoint[]> Polylines(byte[] file, string ending) => ending == ".svg" ? OfSvg(file) : OfPdf(file);

    public static void AssertTextsOnPage(Figure figure, Colophon? colophon = null)
    {
        var size = figure.SizeMm(colophon);
        using var canvas = new SKNWayCanvas((int)size.Width + 1, (int)size.Height + 1);
        var sheet = figure.Draw(canvas, colophon);
        Assert.NotEmpty(sheet.Texts);
        var page = SKRect.Create(size);
        Assert.All(sheet.Texts, t => Assert.True(page.Contains(t.BoundsMm), $"'{t.Text}' at {t.BoundsMm} leaves the page {size}"));
    }

    /// <summary>No two texts cover each other.</summary>
    public static void AssertTextsApart(Figure figure, Colophon? colophon = null)
    {
        var size = figure.SizeMm(colophon);
        using var canvas = new SKNWayCanvas((int)size.Width + 1, (int)size.Height + 1);
        var texts = figure.Draw(canvas, colophon).Texts;
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var shared = SKRect.Intersect(texts[i].BoundsMm, texts[j].BoundsMm);
                Assert.True(shared.Width < 0.1 || shared.Height < 0.3, $"'{texts[i].Text}' {texts[i].BoundsMm} covers '{texts[j].Text}' {texts[j].BoundsMm}");
            }
        }
    }

    private static List<SKPoint[]> OfSvg(byte[] file)
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        var lines = new List<SKPoint[]>();
        foreach (var path in XDocument.Parse(Encoding.UTF8.GetString(file)).Descendants(ns + "path").Where(p => p.Attribute("stroke") is not null))
        {
            Assert.Null(path.Attribute("transform"));
            foreach (var part in path.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries))
            {
                lines.Add([.. Pair().Matches(part).Select(m => new SKPoint(Number(m.Groups[1].Value), Number(m.Groups[2].Value)))]);
            }
        }

        return lines;
    }

    private static List<SKPoint[]> OfPdf(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var lines = new List<SKPoint[]>();
        foreach (Match stream in Stream().Matches(text))
        {
            var content = Inflate(file.AsSpan(stream.Index + stream.Length));
            if (!content.Contains(" cm\n", StringComparison.Ordinal))
            {
                continue;
            }

            var matrix = SKMatrix.Identity;
            var stack = new Stack<SKMatrix>();
            var current = new List<SKPoint>();
            var operands = new List<float>();
            foreach (var token in content.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                {
                    operands.Add(number);
                    continue;
                }

                switch (token)
                {
                    case "q": stack.Push(matrix); break;
                    case "Q": matrix = stack.Pop(); break;
                    case "cm": matrix = matrix.PreConcat(new SKMatrix(operands[0], operands[2], operands[4], operands[1], operands[3], operands[5], 0, 0, 1)); break;
                    case "m": Flush(); Add(); break;
                    case "l": Add(); break;
                    case "S": Flush(); break;
                    case "f" or "n" or "W" or "re": current.Clear(); break;
                }

                operands.Clear();
                void Add() => current.Add(Scaled(matrix.MapPoint(operands[0], operands[1])));
                void Flush()
                {
                    if (current.Count > 1)
                    {
                        lines.Add([.. current]);
                    }

                    current.Clear();
                }
            }
        }

        return lines;
    }

    private static SKPoint Scaled(SKPoint points) => new(points.X * 25.4f / 72, points.Y * 25.4f / 72);

    private static string Inflate(ReadOnlySpan<byte> bytes)
    {
        using var zlib = new ZLibStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        zlib.CopyTo(memory);
        return Encoding.Latin1.GetString(memory.ToArray());
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(-?[\d.]+(?:e-?\d+)?)[ ,](-?[\d.]+(?:e-?\d+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex(@"/FlateDecode\s*/Length \d+>> stream\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex Stream();
}
