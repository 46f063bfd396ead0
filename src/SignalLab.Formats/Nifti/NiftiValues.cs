using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>Voxels read and scaled on demand; a frame is one volume (of one colour).</summary>
internal sealed class NiftiValues(ByteSource source, long offset, NiftiDatatype type, bool littleEndian, (double Slope, double Intercept)? scale, long locations, int frames) : IMapValues
{
    private const int VoxelsAtOnce = 8192;

    public int FrameCount => frames;

    public void Read(int frame, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, frames);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, locations, nameof(first));
        var (volume, colour) = (frame / type.Colours, frame % type.Colours);
        var at = offset + (((volume * locations) + first) * type.Size);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(into.Length, VoxelsAtOnce) * type.Size);
        try
        {
            while (into.Length > 0)
            {
                var n = Math.Min(into.Length, VoxelsAtOnce);
                var bytes = buffer.AsSpan(0, n * type.Size);
                source.ReadExactly(at, bytes, "voxels");
                type.Decode(bytes, colour, littleEndian, into[..n]);
                Scale(into[..n]);
                at += bytes.Length;
                into = into[n..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Scale(Span<double> values)
    {
        if (scale is var (slope, intercept))
        {
            foreach (ref var value in values)
            {
                value = (value * slope) + intercept;
            }
        }
    }
}
