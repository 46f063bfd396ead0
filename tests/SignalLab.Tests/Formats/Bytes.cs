using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>Looks for words in whatever a file holds.</summary>
internal static class Bytes
{
    private static readonly Encoding[] Encodings = [Encoding.Latin1, Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>Asserts that a file holds none of the words, in small or capital letters, in Latin-1, UTF-8 or UTF-16, unzipped where it is zipped.</summary>
    public static void AssertHoldsNone(string path, IEnumerable<string> words)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes is [0x1f, 0x8b, ..])
        {
            using var unzip = new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress);
            using var whole = new MemoryStream();
            unzip.CopyTo(whole);
            bytes = whole.ToArray();
        }

        byte[] small = [.. bytes.Select(b => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b)];
        Assert.Empty(words.SelectMany(w => Encodings.Where(e => small.AsSpan().IndexOf(e.GetBytes(w.ToLowerInvariant())) >= 0).Select(e => $"{Path.GetFileName(path)} holds \"{w}\" in {e.WebName}")));
    }

    /// <summary>Asserts that a file holds none of the patterns of bytes.</summary>
    public static void AssertHoldsNone(string path, IEnumerable<(string Meaning, byte[] Pattern)> patterns)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Empty(patterns.Where(p => bytes.AsSpan().IndexOf(p.Pattern) >= 0).Select(p => $"{Path.GetFileName(path)} holds {p.Meaning}"));
    }
}
