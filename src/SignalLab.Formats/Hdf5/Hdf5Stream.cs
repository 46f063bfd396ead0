namespace SignalLab.Formats.Hdf5;

/// <summary>An HDF5 file as the library reads it: before the library believes what a structure claims, <see cref="Hdf5Claims"/> has looked at it.</summary>
internal sealed class Hdf5Stream : Stream
{
    // Every structure of the format that has a signature has one of this length, and the library reads it by itself.
    private const int SignatureBytes = 4;

    private readonly Hdf5Pages bytes;
    private readonly Hdf5Claims claims;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SignalLab.Model.MalformedFileException">It is no HDF5 file, or its root claims more than the file holds.</exception>
    public Hdf5Stream(string path)
    {
        bytes = new(ByteSource.OpenAsIs(path));
        claims = new(bytes);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(Length - Position, 0, buffer.Length);
        bytes.ReadExactly(Position, buffer[..count], "HDF5 file");
        if (buffer.Length == SignatureBytes && count == SignatureBytes)
        {
            claims.Check(buffer, Position);
        }

        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => checked(Position + offset),
        _ => checked(Length + offset),
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        bytes.Close();
        base.Dispose(disposing);
    }
}
