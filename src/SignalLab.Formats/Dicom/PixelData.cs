using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>The pixels of one file, frame by frame: native ones are read where they stand, coded frames are decoded one at a time and the last is kept.</summary>
internal sealed class PixelData
{
    private const int PixelsAtOnce = 8192;

    private readonly PixelSource source;
    private readonly DicomSyntax syntax;
    private readonly bool swapsBytes;
    private readonly long offset;
    private readonly IReadOnlyList<(long Offset, long Length)>[]? frames;
    private readonly ColourTable? palette;

    // Weak, so that a series of many coded files does not stay in memory decoded.
    private readonly WeakReference<DecodedFrame?> last = new(null);

    private PixelData(PixelSource source, DicomSyntax syntax, PixelLayout layout, DicomElement element, IReadOnlyList<(long, long)>[]? frames, ColourTable? palette)
    {
        this.source = source;
        this.syntax = syntax;
        this.frames = frames;
        this.palette = palette;
        Layout = layout;
        offset = element.Offset;
        IsThere = element.Length >= 0;

        // Words of two pixels of eight bits (or of sixteen bits) stand with their bytes exchanged in a big-endian file.
        swapsBytes = syntax.IsBigEndian && element.Vr == "OW" && layout.BitsAllocated <= 8;
    }

    public PixelLayout Layout { get; }

    /// <summary>False for a header without pixels.</summary>
    public bool IsThere { get; }

    public string Path => source.Path;

    /// <summary>The pixels of a file, their claimed size checked against what is there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="keep">Keep the file open, or open it for each read.</param>
    public static PixelData Of(DicomFile file, bool keep)
    {
        var layout = PixelLayout.Of(file);
        if ((file.Data[DicomTag.Pixels] ?? file.Data[DicomTag.FloatPixels] ?? file.Data[DicomTag.DoublePixels]) is not { } element)
        {
            // A header alone can still be described; whoever asks for its pixels is told.
            return new(new(file.Path, null, false), file.Syntax, layout, new("", file.Source.Length, -1), null, null);
        }

        var frames = element.Fragments is null ? null : FragmentsByFrame(file, layout, element);
        var bytes = UInt128.CreateChecked(layout.BitsPerFrame) * (UInt128)layout.Frames / 8;
        if (frames is null && (UInt128)element.Length < bytes)
        {
            throw new MalformedFileException(
                file.Path, element.Offset, "pixel data", FormattableString.Invariant($"{element.Length} bytes"),
                FormattableString.Invariant($"{bytes} for {layout.Frames} frame(s) of {layout.Columns} x {layout.Rows} pixels"));
        }

        if (frames is null && file.Syntax.Coding is PixelCoding.Rle or PixelCoding.DeflatedFrames && element.Fragments is null)
        {
            throw new MalformedFileException(file.Path, element.Offset, "pixel data", "no fragments", $"encapsulated pixels, as {file.Syntax.Name} has them");
        }

        return new(
            new(file.Path, keep ? file.Source : null, file.Syntax.IsDeflated), file.Syntax, layout, element, frames, layout.IsPalette ? ColourTable.Of(file) : null);
    }

    /// <summary>Reads pixels as they are shown: colours as RGB, grey values as stored.</summary>
    /// <param name="frame">Frame number.</param>
    /// <param name="colour">0, or 0 to 2 for red, green and blue.</param>
    /// <param name="first">First pixel, row by row.</param>
    /// <param name="into">Receives the values.</param>
    /// <exception cref="UnfitInputException">The pixels are coded in a way that is not read.</exception>
    public void Read(int frame, int colour, int first, Span<double> into)
    {
        RequireReadable();
        var bytes = source.Take();
        try
        {
            while (into.Length > 0)
            {
                var n = Math.Min(into.Length, PixelsAtOnce);
                ReadBlock(bytes, frame, colour, first, into[..n]);
                into = into[n..];
                first += n;
            }
        }
        finally
        {
            source.Return(bytes);
        }
    }

    private void RequireReadable()
    {
        if (!IsThere)
        {
            throw new MalformedFileException(Path, offset, "pixel data", "none up to the end of the data set", $"the element {DicomTag.Pixels}");
        }

        if (syntax.Coding == PixelCoding.Foreign)
        {
            throw new UnfitInputException($"{Path}: {syntax.Name} compressed pixels are not decoded yet (transfer syntax {syntax.Uid}); convert the file to an uncompressed one.");
        }

        if (Layout.Samples == 3 && Layout.Photometric is not ("RGB" or "YBR_FULL" or "YBR_FULL_422"))
        {
            throw new UnfitInputException($"{Path}: colours of the kind {Layout.Photometric} are not read.");
        }
    }

    private void ReadBlock(ByteSource bytes, int frame, int colour, int first, Span<double> into)
    {
        if (palette is not null)
        {
            ReadSample(bytes, frame, 0, first, into);
            palette.Apply(colour, into);
        }
        else if (Layout.Samples == 3 && Layout.Photometric != "RGB")
        {
            var planes = ArrayPool<double>.Shared.Rent(3 * into.Length);
            var y = planes.AsSpan(0, into.Length);
            var cb = planes.AsSpan(into.Length, into.Length);
            var cr = planes.AsSpan(2 * into.Length, into.Length);
            ReadSample(bytes, frame, 0, first, y);
            ReadSample(bytes, frame, 1, first, cb);
            ReadSample(bytes, frame, 2, first, cr);
            ColourTable.FromLuminance(colour, Layout.BitsStored, y, cb, cr, into);
            ArrayPool<double>.Shared.Return(planes);
        }
        else
        {
            ReadSample(bytes, frame, colour, first, into);
        }
    }

    private void ReadSample(ByteSource bytes, int frame, int sample, int first, Span<double> into)
    {
        var frameBits = Layout.BitsPerFrame;
        var frameStart = frames is null ? frame * frameBits / 8 : 0;
        if (Layout.BitsAllocated == 1)
        {
            var bit = (frames is null ? frame * frameBits : 0) + first;
            var from = bit / 16 * 2;
            var packed = ReadBytes(bytes, frame, from, (int)(((bit + into.Length + 7) / 8) - from));
            SampleDecoder.DecodeBits(packed, (int)(bit - (8 * from)), into);
            return;
        }

        if (Layout.IsSubsampled)
        {
            ReadSubsampled(bytes, frame, frameStart, sample, first, into);
            return;
        }

        var step = Layout.IsPlanar ? 1 : Layout.Samples;
        long start = Layout.IsPlanar ? ((long)sample * Layout.PixelsPerFrame) + first : (long)first * step;
        var samples = Layout.IsPlanar ? into.Length : into.Length * step;
        var stored = ReadBytes(bytes, frame, frameStart + (start * Layout.BytesPerSample), samples * Layout.BytesPerSample);
        SampleDecoder.Decode(stored, Layout, frames is null && syntax.IsBigEndian, Layout.IsPlanar ? 0 : sample, step, into);
    }

    // Y1 Y2 Cb Cr for each two pixels.
    private void ReadSubsampled(ByteSource bytes, int frame, long frameStart, int sample, int first, Span<double> into)
    {
        var pair = first / 2;
        var pairs = ((first + into.Length + 1) / 2) - pair;
        var stored = ReadBytes(bytes, frame, frameStart + (4L * pair), 4 * pairs);
        for (var i = 0; i < into.Length; i++)
        {
            var pixel = first + i - (2 * pair);
            into[i] = stored[(4 * (pixel / 2)) + (sample == 0 ? pixel & 1 : 1 + sample)];
        }
    }

    /// <summary>Bytes of the pixel data: of all native frames together, or of one decoded frame.</summary>
    private ReadOnlySpan<byte> ReadBytes(ByteSource bytes, int frame, long start, int count)
    {
        if (frames is not null)
        {
            return Decoded(bytes, frame).AsSpan((int)start, count);
        }

        var odd = swapsBytes ? (int)(start & 1) : 0;
        var stored = new byte[swapsBytes ? (count + odd + 1) & ~1 : count];
        bytes.ReadExactly(offset + start - odd, stored, "pixels");
        for (var i = 0; swapsBytes && i + 1 < stored.Length; i += 2)
        {
            (stored[i], stored[i + 1]) = (stored[i + 1], stored[i]);
        }

        return stored.AsSpan(odd);
    }

    private byte[] Decoded(ByteSource bytes, int frame)
    {
        if (last.TryGetTarget(out var kept) && kept.Frame == frame)
        {
            return kept.Bytes;
        }

        var fragments = frames![frame];
        var packed = new byte[fragments.Sum(f => f.Length)];
        var at = 0;
        foreach (var (from, length) in fragments)
        {
            bytes.ReadExactly(from, packed.AsSpan(at, (int)length), "pixel data fragment");
            at += (int)length;
        }

        var start = fragments.Count == 0 ? offset : fragments[0].Offset;
        var needed = (Layout.BitsPerFrame + 7) / 8;
        var decoded = syntax.Coding switch
        {
            PixelCoding.Rle => RleFrame.Decode(packed, Layout.PixelsPerFrame, Layout.Samples, Layout.BytesPerSample, Path, start),
            PixelCoding.DeflatedFrames => DicomFile.Inflated(Path, start, new MemoryStream(packed), needed + 1),
            _ => packed,
        };
        if (decoded.Length < needed)
        {
            throw new MalformedFileException(Path, start, FormattableString.Invariant($"frame {frame}"), FormattableString.Invariant($"{decoded.Length} bytes"), FormattableString.Invariant($"{needed}"));
        }

        last.SetTarget(new(frame, decoded));
        return decoded;
    }

    // The first fragment is the table of offsets, often empty; one fragment a frame then, or all for the one frame.
    private static IReadOnlyList<(long Offset, long Length)>[]? FragmentsByFrame(DicomFile file, PixelLayout layout, DicomElement element)
    {
        if (file.Syntax.Coding == PixelCoding.Foreign)
        {
            return [];
        }

        var fragments = element.Fragments!.Skip(1).ToArray();
        if (fragments.Length == layout.Frames)
        {
            return [.. fragments.Select(f => new[] { f })];
        }

        if (layout.Frames == 1)
        {
            return [fragments];
        }

        throw new MalformedFileException(
            file.Path, element.Offset, "pixel data fragments", FormattableString.Invariant($"{fragments.Length} fragments"), FormattableString.Invariant($"one for each of {layout.Frames} frames"));
    }

    private sealed record DecodedFrame(int Frame, byte[] Bytes);
}
