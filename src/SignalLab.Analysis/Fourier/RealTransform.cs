using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>The transform of real values of one length in one precision: even lengths through half of it, odd ones through half the spectrum.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal sealed class RealTransform<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ConcurrentDictionary<int, RealTransform<T>> Plans = new();

    private readonly int length;
    private readonly OddTransform<T>? odd;
    private readonly RealEnds<T>? ends;
    private readonly ComplexTransform<T>? inner;

    private RealTransform(int length)
    {
        this.length = length;
        odd = OddTransform<T>.Plan(length);
        if (odd is null)
        {
            inner = ComplexTransform<T>.Plan(length % 2 == 0 ? length / 2 : length);
            ends = length % 2 == 0 ? new(length / 2) : null;
        }
    }

    public static RealTransform<T> Plan(int length) => Plans.GetOrAdd(length, n => new RealTransform<T>(n));

    /// <summary>Numbers of workspace that a run takes.</summary>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public int WorkspaceLength(int lanes) => odd?.BufferLength(lanes) * 2 ?? (2 * BufferLength(lanes));

    /// <summary>Room in the workspace where the samples may stand and be lost; the first number of its second half.</summary>
    public static ref T SampleRoom(Span<T> workspace) => ref workspace[workspace.Length / 2];

    /// <summary>Transforms.</summary>
    /// <param name="samples">The first of Length elements.</param>
    /// <param name="pitch">Numbers from one element to the next: 1 where an element is a number.</param>
    /// <param name="to">Receives Length / 2 + 1 elements.</param>
    /// <param name="workspace">WorkspaceLength numbers.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Forward(ref T samples, nint pitch, Split<T> to, Span<T> workspace, int lanes)
    {
        var room = workspace.Length / 2;
        if (odd is not null)
        {
            ref var gathered = ref workspace[room];
            Gather(ref samples, pitch, ref gathered, lanes);
            odd.Forward(ref gathered, workspace[room..], workspace[..room], to, lanes);
            return;
        }

        var first = ComplexTransform<T>.Buffer(ref workspace[0], inner!.Length + 1, lanes);
        var second = ComplexTransform<T>.Buffer(ref workspace[room], inner.Length + 1, lanes);
        var last = inner.EndsInFirst ? first : second;
        if (ends is null)
        {
            // A prime: the imaginary parts are zero, the upper half is not asked for.
            Gather(ref samples, pitch, ref second.Re, lanes);
            MemoryMarshal.CreateSpan(ref second.Im, length * lanes).Clear();
            inner.Run(second, first, second, last, lanes);
            Copy(last, to, (length / 2) + 1, lanes);
        }
        else if (lanes == 1)
        {
            RealEnds<T>.Part(ref samples, second, inner.Length);
            inner.Run(second, first, second, last, lanes);
            ends.Untangle(last, to, lanes);
        }
        else
        {
            inner.Run(new(ref samples, ref Unsafe.Add(ref samples, pitch), 2 * pitch), first, second, last, lanes);
            ends.Untangle(last, to, lanes);
        }
    }

    /// <summary>Transforms back.</summary>
    /// <param name="from">Length / 2 + 1 elements.</param>
    /// <param name="samples">Receives Length elements from here.</param>
    /// <param name="pitch">Numbers from one element to the next.</param>
    /// <param name="workspace">WorkspaceLength numbers.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Inverse(Split<T> from, ref T samples, nint pitch, Span<T> workspace, int lanes)
    {
        var room = workspace.Length / 2;
        var scale = T.One / T.CreateTruncating(length);
        if (odd is not null)
        {
            ref var gathered = ref workspace[(2 * room) - (length * lanes)];
            odd.Inverse(from, workspace[..room], workspace[room..], ref gathered, lanes);
            foreach (ref var value in MemoryMarshal.CreateSpan(ref gathered, length * lanes))
            {
                value *= scale;
            }

            Spread(ref gathered, ref samples, pitch, lanes);
            return;
        }

        var first = ComplexTransform<T>.Buffer(ref workspace[0], inner!.Length + 1, lanes);
        var second = ComplexTransform<T>.Buffer(ref workspace[room], inner.Length + 1, lanes);
        var last = inner.EndsInFirst ? first : second;
        if (ends is null)
        {
            Mirror(from, second, scale, lanes);
            inner.Run(second.Exchanged, first.Exchanged, second.Exchanged, last.Exchanged, lanes);
            Spread(ref last.Re, ref samples, pitch, lanes);
            return;
        }

        ends.Tangle(from, second, scale + scale, lanes);
        if (lanes == 1)
        {
            inner.Run(second.Exchanged, first.Exchanged, second.Exchanged, last.Exchanged, lanes);
            RealEnds<T>.Join(last, ref samples, inner.Length);
        }
        else
        {
            inner.Run(second.Exchanged, first.Exchanged, second.Exchanged, new Split<T>(ref samples, ref Unsafe.Add(ref samples, pitch), 2 * pitch).Exchanged, lanes);
        }
    }

    /// <summary>Transforms into the workspace.</summary>
    /// <param name="samples">The first of Length elements; vectors of them may stand in the room for samples.</param>
    /// <param name="pitch">Numbers from one element to the next: 1 where an element is a number.</param>
    /// <param name="workspace">WorkspaceLength numbers.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    /// <returns>Length / 2 + 1 elements.</returns>
    public Split<T> ForwardWithin(ref T samples, nint pitch, Span<T> workspace, int lanes)
    {
        var room = workspace.Length / 2;
        if (odd is not null)
        {
            var bins = (length / 2) + 1;
            var to = new Split<T>(ref workspace[(2 * room) - (2 * bins * lanes)], ref workspace[(2 * room) - (bins * lanes)], lanes);
            Forward(ref samples, pitch, to, workspace, lanes);
            return to;
        }

        var apart = inner!.EndsInFirst && ends is not null ? room : 0;
        var spectrum = ComplexTransform<T>.Buffer(ref workspace[apart], inner.Length + 1, lanes);
        Forward(ref samples, pitch, spectrum, workspace, lanes);
        return spectrum;
    }

    private int BufferLength(int lanes) => ComplexTransform<T>.BufferLength(inner!.Length + 1, lanes);

    private void Gather(ref T samples, nint pitch, ref T into, int lanes)
    {
        if (Unsafe.AreSame(ref samples, ref into))
        {
            return;
        }

        for (nint t = 0; t < length; t++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref samples, t * pitch), lanes).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref into, t * lanes), lanes));
        }
    }

    private void Spread(ref T from, ref T samples, nint pitch, int lanes)
    {
        for (nint t = 0; t < length; t++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref from, t * lanes), lanes).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref samples, t * pitch), lanes));
        }
    }

    private static void Copy(Split<T> from, Split<T> to, int count, int lanes)
    {
        for (nint k = 0; k < count; k++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref from.Re, k * from.Pitch), lanes).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to.Re, k * to.Pitch), lanes));
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref from.Im, k * from.Pitch), lanes).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to.Im, k * to.Pitch), lanes));
        }
    }

    // The upper half of an odd length's spectrum: the conjugate of the lower one.
    private void Mirror(Split<T> from, Split<T> to, T scale, int lanes)
    {
        for (nint k = 0; k < length; k++)
        {
            var source = Math.Min(k, length - k) * from.Pitch;
            for (var lane = 0; lane < lanes; lane++)
            {
                var im = k == 0 ? T.Zero : Unsafe.Add(ref from.Im, source + lane) * scale;
                Unsafe.Add(ref to.Re, (k * to.Pitch) + lane) = Unsafe.Add(ref from.Re, source + lane) * scale;
                Unsafe.Add(ref to.Im, (k * to.Pitch) + lane) = 2 * k > length ? -im : im;
            }
        }
    }
}
