using System.Collections;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>The values of a stack, read plane by plane; a missing slice has no number (0 in label maps).</summary>
internal sealed class DicomValues(SliceStack stack, int colours, double missing) : IMapValues
{
    private readonly int slice = stack.Grid.SizeX * stack.Grid.SizeY;

    public int FrameCount => stack.Volumes * colours;

    public void Read(int frame, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, stack.Grid.Count, nameof(first));
        var (volume, colour) = Math.DivRem(frame, colours);
        while (into.Length > 0)
        {
            var (z, pixel) = Math.DivRem(first, slice);
            var n = (int)Math.Min(slice - pixel, into.Length);
            if (stack.Planes[(volume * stack.Grid.SizeZ) + z] is { } plane)
            {
                plane.Read(colour, (int)pixel, into[..n]);
            }
            else
            {
                into[..n].Fill(missing);
            }

            into = into[n..];
            first += n;
        }
    }
}

/// <summary>Which voxels have a value: not those of missing slices, nor those stored as padding in the first volume. Pixels are read when first asked.</summary>
internal sealed class DicomMask(SliceStack stack) : IReadOnlyList<bool>
{
    private readonly Lazy<BitArray> bits = new(() => Read(stack));

    public int Count => checked((int)stack.Grid.Count);

    public bool this[int index] => bits.Value[index];

    /// <summary>The mask of a stack, or null where every voxel has a value.</summary>
    public static DicomMask? Of(SliceStack stack) =>
        stack.Grid.Count <= Array.MaxLength && (stack.Planes.Any(p => p is null) || stack.First.Image.Padding is not null) ? new(stack) : null;

    public IEnumerator<bool> GetEnumerator() => bits.Value.Cast<bool>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static BitArray Read(SliceStack stack)
    {
        var (slice, mask) = (stack.Grid.SizeX * stack.Grid.SizeY, new BitArray((int)stack.Grid.Count));
        var stored = new double[slice];
        for (var z = 0; z < stack.Grid.SizeZ; z++)
        {
            if (stack.Planes[z] is not { } plane)
            {
                continue;
            }

            var padding = plane.Image.Padding;
            if (padding is not null)
            {
                plane.ReadStored(0, 0, stored);
            }

            for (var i = 0; i < slice; i++)
            {
                mask[(z * slice) + i] = padding is not var (low, high) || stored[i] < low || stored[i] > high;
            }
        }

        return mask;
    }
}
