using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>The bytes of one file, read at any place by any number of threads; a read past the end is a <see cref="MalformedFileException"/> that names the place.</summary>
internal abstract class ByteSource(string path)
{
    /// <summary>Bytes read by this thread since it last set the counter: what cost tests look at.</summary>
    [ThreadStatic]
    internal static long BytesRead;

    public string Path { get; } = path;

    public abstract long Length { get; }

    /// <summary>Opens a file, unzipping it where it is gzip (see <see cref="Inflation"/>).</summary>
    /// <param name="path">The file.</param>
    public static ByteSource Open(string path)
    {
        var file = new FileBytes(path);
        Span<byte> magic = stackalloc byte[2];
        if (file.Length < 18)
        {
            return file;
        }

        file.ReadExactly(0, magic, "first bytes");
        if (magic[0] == 0x1f && magic[1] == 0x8b)
        {
            file.Close();
            return Unzip(path);
        }

        return file;
    }

    /// <summary>Opens a file whose bytes are taken as they stand, even where they begin as gzip does.</summary>
    /// <param name="path">The file.</param>
    public static ByteSource OpenAsIs(string path) => new FileBytes(path);

    /// <summary>Bytes that were made from a file (inflated) and are kept.</summary>
    /// <param name="path">The file they came from, for messages.</param>
    /// <param name="bytes">The bytes; kept, not copied.</param>
    public static ByteSource OfMemory(string path, byte[] bytes) => new MemoryBytes(path, bytes);

    /// <summary>Bytes of a file that is open.</summary>
    /// <param name="path">The file they came from, for messages.</param>
    /// <param name="handle">The open file; goes with the source.</param>
    public static ByteSource OfHandle(string path, SafeFileHandle handle) => new FileBytes(path, handle);

    /// <summary>Gives the file back at once; for readers that open very many. Without it the file is given back when nothing refers to it.</summary>
    public virtual void Close()
    {
    }

    /// <summary>Reads bytes at a place.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="into">Receives the bytes.</param>
    /// <param name="field">What is read, for the message.</param>
    /// <exception cref="MalformedFileException">The file ends before.</exception>
    public void ReadExactly(long offset, Span<byte> into, string field)
    {
        Require(offset, into.Length, field);
        ReadCore(offset, into, field);
        BytesRead += into.Length;
    }

    /// <summary>Reads bytes at a place into a new array, which is allocated only when the file is long enough.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="field">What is read, for the message.</param>
    public byte[] Read(long offset, long count, string field)
    {
        Require(offset, count, field);
        if (count > Array.MaxLength)
        {
            throw new MalformedFileException(Path, offset, field, FormattableString.Invariant($"a block of {count} bytes"), FormattableString.Invariant($"at most {Array.MaxLength}"));
        }

        var bytes = new byte[count];
        ReadExactly(offset, bytes, field);
        return bytes;
    }

    /// <summary>Checks that a stretch lies inside the file.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="field">What stands there, for the message.</param>
    public void Require(long offset, long count, string field)
    {
        if (offset < 0 || count < 0 || offset > Length - count)
        {
            throw new MalformedFileException(
                Path, Math.Clamp(offset, 0, Length), field,
                FormattableString.Invariant($"the end of the file at byte {Length}"),
                count < 0 || offset < 0 ? "a position inside the file" : FormattableString.Invariant($"{count} bytes from byte {offset}"));
        }
    }

    protected abstract void ReadCore(long offset, Span<byte> into, string field);

    private static ByteSource Unzip(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var unzip = new GZipStream(stream, CompressionMode.Decompress);
        var unzipped = Inflation.Read(path, 0, stream.Length, unzip, "gzip data");
        BytesRead += stream.Length;
        RequireWholeTrailer(path, stream, unzipped.Length);
        return unzipped;
    }

    // GZipStream ends silently at a cut stream: the trailer's length tells (RFC 1952, 2.3.1 ISIZE).
    private static void RequireWholeTrailer(string path, FileStream stream, long unzipped)
    {
        Span<byte> tail = stackalloc byte[4];
        stream.Position = stream.Length - 4;
        stream.ReadExactly(tail);
        var claimed = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (claimed != (uint)unzipped)
        {
            throw new MalformedFileException(
                path, stream.Length - 4, "gzip length", FormattableString.Invariant($"{unzipped} unzipped bytes"), FormattableString.Invariant($"the {claimed} the file's end states"));
        }
    }

    private sealed class FileBytes : ByteSource
    {
        private readonly SafeFileHandle handle;

        public FileBytes(string path)
            : this(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess))
        {
        }

        public FileBytes(string path, SafeFileHandle handle)
            : base(path)
        {
            this.handle = handle;
            Length = RandomAccess.GetLength(handle);
        }

        public override long Length { get; }

        public override void Close() => handle.Dispose();

        protected override void ReadCore(long offset, Span<byte> into, string field)
        {
            while (into.Length > 0)
            {
                var n = RandomAccess.Read(handle, into, offset);
                if (n == 0)
                {
                    throw new MalformedFileException(Path, offset, field, "the end of the file (it was cut after opening)", FormattableString.Invariant($"{into.Length} more bytes"));
                }

                into = into[n..];
                offset += n;
            }
        }
    }

    private sealed class MemoryBytes(string path, byte[] bytes) : ByteSource(path)
    {
        public override long Length => bytes.Length;

        protected override void ReadCore(long offset, Span<byte> into, string field) => bytes.AsSpan((int)offset, into.Length).CopyTo(into);
    }
}
