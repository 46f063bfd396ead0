using System.IO.Compression;
using System.Text;

namespace SignalLab.Formats;

/// <summary>What recognition looks at: the first bytes of a file (unzipped where it is gzip), its length and name.</summary>
public sealed class FileHead
{
    /// <summary>Bytes that are looked at, at most.</summary>
    public const int Size = 4096;

    private readonly byte[] bytes;

    private FileHead(string path, byte[] bytes, long length, bool isDirectory, bool isGzip)
    {
        Path = path;
        this.bytes = bytes;
        Length = length;
        IsDirectory = isDirectory;
        IsGzip = isGzip;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Length on disk in bytes.</summary>
    public long Length { get; }

    /// <summary>True for a folder; it has no bytes.</summary>
    public bool IsDirectory { get; }

    /// <summary>True where the file is gzip; <see cref="Bytes"/> then are the unzipped ones.</summary>
    public bool IsGzip { get; }

    /// <summary>The first bytes, at most <see cref="Size"/>.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The first bytes as Latin-1 text.</summary>
    public string Text => Encoding.Latin1.GetString(bytes);

    /// <summary>True where the bytes at an offset are that ASCII text.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="text">The text.</param>
    public bool Has(int offset, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return bytes.Length >= offset + text.Length && Encoding.Latin1.GetString(bytes, offset, text.Length) == text;
    }

    /// <summary>Looks at a file.</summary>
    /// <param name="path">File or folder.</param>
    /// <returns>Its head.</returns>
    /// <exception cref="IOException">It is not there or may not be read.</exception>
    public static FileHead Of(string path)
    {
        if (Directory.Exists(path))
        {
            return new(path, [], 0, true, false);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var head = Fill(stream);
        var isGzip = head.Length > 2 && head[0] == 0x1f && head[1] == 0x8b;
        if (isGzip)
        {
            stream.Position = 0;
            using var unzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            head = Fill(unzip);
        }

        return new(path, head, stream.CanSeek ? stream.Length : 0, false, isGzip);
    }

    private static byte[] Fill(Stream stream)
    {
        var buffer = new byte[Size];
        var filled = 0;
        try
        {
            filled = stream.ReadAtLeast(buffer, Size, throwOnEndOfStream: false);
        }
        catch (Exception e) when (Inflation.IsDamage(e))
        {
            // A damaged gzip has no head; the format that opens it says so.
        }

        return buffer[..filled];
    }
}
