using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>Real transforms of one length in columns or rows, a vector of them at a time; what does not fill a vector is padded or transformed alone.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="length">Number of values of a transform.</param>
internal sealed class RealBatch<T>(int length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Rows whose transforms side by side would leave the second-level cache are transformed one by one.
    private const int CacheBytes = 3 << 19;

    private readonly RealTransform<T> plan = RealTransform<T>.Plan(length);
    private readonly int bins = (length / 2) + 1;

    public void ForwardColumns(ReadOnlySpan<T> samples, Span<T> re, Span<T> im, int batch)
    {
        ref var source = ref MemoryMarshal.GetReference(samples);
        var to = new Split<T>(ref MemoryMarshal.GetReference(re), ref MemoryMarshal.GetReference(im), batch);
        var (lanes, done) = (Lanes<T>.Count, 0);
        using var workspace = Workspace<T>.Take(plan.WorkspaceLength(batch == 1 ? 1 : lanes));
        if (batch == 1)
        {
            plan.Forward(ref source, 1, to, workspace.Values, 1);
            return;
        }

        for (; done + lanes <= batch; done += lanes)
        {
            plan.Forward(ref Unsafe.Add(ref source, done), batch, new(ref Unsafe.Add(ref to.Re, done), ref Unsafe.Add(ref to.Im, done), batch), workspace.Values, lanes);
        }

        if (done < batch)
        {
            using var padded = Workspace<T>.Take(2 * bins * lanes);
            var spectrum = new Split<T>(ref padded.Values[0], ref padded.Values[bins * lanes], lanes);
            ref var room = ref RealTransform<T>.SampleRoom(workspace.Values);
            Columns.Copy(ref Unsafe.Add(ref source, done), batch, ref room, lanes, length, batch - done, lanes);
            plan.Forward(ref room, lanes, spectrum, workspace.Values, lanes);
            Columns.Copy(ref spectrum.Re, lanes, ref Unsafe.Add(ref to.Re, done), batch, bins, batch - done, batch - done);
            Columns.Copy(ref spectrum.Im, lanes, ref Unsafe.Add(ref to.Im, done), batch, bins, batch - done, batch - done);
        }
    }

    public void InverseColumns(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> samples, int batch)
    {
        ref var target = ref MemoryMarshal.GetReference(samples);
        var from = new Split<T>(ref MemoryMarshal.GetReference(re), ref MemoryMarshal.GetReference(im), batch);
        var (lanes, done) = (Lanes<T>.Count, 0);
        using var workspace = Workspace<T>.Take(plan.WorkspaceLength(batch == 1 ? 1 : lanes));
        if (batch == 1)
        {
            plan.Inverse(from, ref target, 1, workspace.Values, 1);
            return;
        }

        for (; done + lanes <= batch; done += lanes)
        {
            plan.Inverse(new(ref Unsafe.Add(ref from.Re, done), ref Unsafe.Add(ref from.Im, done), batch), ref Unsafe.Add(ref target, done), batch, workspace.Values, lanes);
        }

        if (done < batch)
        {
            using var padded = Workspace<T>.Take(2 * bins * lanes);
            var spectrum = new Split<T>(ref padded.Values[0], ref padded.Values[bins * lanes], lanes);
            Columns.Copy(ref Unsafe.Add(ref from.Re, done), batch, ref spectrum.Re, lanes, bins, batch - done, lanes);
            Columns.Copy(ref Unsafe.Add(ref from.Im, done), batch, ref spectrum.Im, lanes, bins, batch - done, lanes);
            plan.Inverse(spectrum, ref spectrum.Re, lanes, workspace.Values, lanes);
            Columns.Copy(ref spectrum.Re, lanes, ref Unsafe.Add(ref target, done), batch, length, batch - done, batch - done);
        }
    }

    public void ForwardRows(ReadOnlySpan<T> rows, Span<T> re, Span<T> im, int count)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        var lanes = Together(count);
        using var workspace = Workspace<T>.Take(plan.WorkspaceLength(lanes));
        var done = 0;
        for (; lanes > 1 && done + lanes <= count; done += lanes)
        {
            ref var room = ref RealTransform<T>.SampleRoom(workspace.Values);
            Tiles.Transpose(ref Unsafe.Add(ref source, (nint)done * length), length, ref room, lanes, lanes, length);
            var spectrum = plan.ForwardWithin(ref room, lanes, workspace.Values, lanes);
            Tiles.Transpose(ref spectrum.Re, lanes, ref re[done * bins], bins, bins, lanes);
            Tiles.Transpose(ref spectrum.Im, lanes, ref im[done * bins], bins, bins, lanes);
        }

        // Through the workspace, so that rows are written from their first to their last number: what the memory is fast at.
        for (; done < count; done++)
        {
            var spectrum = plan.ForwardWithin(ref Unsafe.Add(ref source, (nint)done * length), 1, workspace.Values[..plan.WorkspaceLength(1)], 1);
            MemoryMarshal.CreateSpan(ref spectrum.Re, bins).CopyTo(re[(done * bins)..]);
            MemoryMarshal.CreateSpan(ref spectrum.Im, bins).CopyTo(im[(done * bins)..]);
        }
    }

    public void InverseRows(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> rows, int count)
    {
        ref var from = ref MemoryMarshal.GetReference(re);
        ref var fromIm = ref MemoryMarshal.GetReference(im);
        var lanes = Together(count);
        using var workspace = Workspace<T>.Take(plan.WorkspaceLength(lanes));
        var done = 0;
        if (lanes > 1)
        {
            using var room = Workspace<T>.Take(2 * bins * lanes);
            var spectrum = new Split<T>(ref room.Values[0], ref room.Values[bins * lanes], lanes);
            for (; done + lanes <= count; done += lanes)
            {
                Tiles.Transpose(ref Unsafe.Add(ref from, (nint)done * bins), bins, ref spectrum.Re, lanes, lanes, bins);
                Tiles.Transpose(ref Unsafe.Add(ref fromIm, (nint)done * bins), bins, ref spectrum.Im, lanes, lanes, bins);
                plan.Inverse(spectrum, ref spectrum.Re, lanes, workspace.Values, lanes);
                Tiles.Transpose(ref spectrum.Re, lanes, ref rows[done * length], length, length, lanes);
            }
        }

        for (; done < count; done++)
        {
            var spectrum = new Split<T>(ref Unsafe.Add(ref from, (nint)done * bins), ref Unsafe.Add(ref fromIm, (nint)done * bins), 1);
            plan.Inverse(spectrum, ref rows[done * length], 1, workspace.Values[..plan.WorkspaceLength(1)], 1);
        }
    }

    private int Together(int count)
    {
        var lanes = Lanes<T>.Count;
        return count >= lanes && plan.WorkspaceLength(lanes) * Unsafe.SizeOf<T>() <= CacheBytes ? lanes : 1;
    }
}
