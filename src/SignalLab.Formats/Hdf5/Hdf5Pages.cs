using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>The bytes of an HDF5 file with its latest pages kept: the library reads headers in pieces of one to eight bytes, and again whenever it needs them. One thread at a time.</summary>
/// <param name="bytes">The file.</param>
internal sealed class Hdf5Pages(ByteSource bytes)
{
    private const int PageBytes = 4096;
    private const int MostPages = 256;

    /// <summary>A stretch of this length is samples: it is read past the pages.</summary>
    private const int LongStretch = 4 * PageBytes;

    private readonly Dictionary<long, byte[]> pages = [];

    /// <summary>The file, for messages.</summary>
    public string Path => bytes.Path;

    /// <summary>Its length in bytes.</summary>
    public long Length => bytes.Length;

    /// <summary>Reads bytes at a place.</summary>
    /// <param name="at">Byte offset.</param>
    /// <param name="into">Receives the bytes.</param>
    /// <param name="field">What is read, for the message.</param>
    /// <exception cref="MalformedFileException">The file ends before.</exception>
    public void ReadExactly(long at, Span<byte> into, string field)
    {
        bytes.Require(at, into.Length, field);
        if (into.Length >= LongStretch)
        {
            bytes.ReadExactly(at, into, field);
            return;
        }

        while (into.Length > 0)
        {
            var part = Page(at / PageBytes, field).AsSpan((int)(at % PageBytes));
            part = part[..Math.Min(part.Length, into.Length)];
            part.CopyTo(into);
            into = into[part.Length..];
            at += part.Length;
        }
    }

    /// <summary>Reads bytes at a place into a new array, which is allocated only when the file is long enough.</summary>
    /// <param name="at">Byte offset.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="field">What is read, for the message.</param>
    /// <exception cref="MalformedFileException">The file ends before.</exception>
    public byte[] Read(long at, long count, string field)
    {
        bytes.Require(at, count, field);
        var read = new byte[count];
        ReadExactly(at, read, field);
        return read;
    }

    /// <summary>Checks that a stretch lies inside the file.</summary>
    /// <param name="at">Byte offset.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="field">What stands there, for the message.</param>
    /// <exception cref="MalformedFileException">It does not.</exception>
    public void Require(long at, long count, string field) => bytes.Require(at, count, field);

    /// <summary>Gives the file back.</summary>
    public void Close() => bytes.Close();

    private byte[] Page(long number, string field)
    {
        if (!pages.TryGetValue(number, out var page))
        {
            if (pages.Count == MostPages)
            {
                pages.Clear();
            }

            var first = number * PageBytes;
            pages[number] = page = bytes.Read(first, Math.Min(PageBytes, bytes.Length - first), field);
        }

        return page;
    }
}
