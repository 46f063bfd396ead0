using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>Complex transforms of one length in columns or rows, a vector of them at a time; what does not fill a vector is padded or transformed alone.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="length">Number of values of a transform.</param>
internal sealed class ComplexBatch<T>(int length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CacheBytes = 3 << 19;

    private readonly ComplexTransform<T> plan = ComplexTransform<T>.Plan(length);

    public void ForwardColumns(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> spectrumRe, Span<T> spectrumIm, int batch)
    {
        var from = new Split<T>(ref MemoryMarshal.GetReference(re), ref MemoryMarshal.GetReference(im), batch);
        var to = new Split<T>(ref MemoryMarshal.GetReference(spectrumRe), ref MemoryMarshal.GetReference(spectrumIm), batch);
        var lanes = batch == 1 ? 1 : Lanes<T>.Count;
        var size = ComplexTransform<T>.BufferLength(length, lanes);
        using var workspace = Workspace<T>.Take(2 * size);
        var first = ComplexTransform<T>.Buffer(ref workspace.Values[0], length, lanes);
        var second = ComplexTransform<T>.Buffer(ref workspace.Values[size], length, lanes);
        var done = 0;
        for (; done + lanes <= batch; done += lanes)
        {
            plan.Run(Shifted(from, done), first, second, Shifted(to, done), lanes);
        }

        if (done < batch)
        {
            var rest = batch - done;
            var source = Shifted(from, done);
            var target = Shifted(to, done);
            Columns.Copy(ref source.Re, batch, ref second.Re, lanes, length, rest, lanes);
            Columns.Copy(ref source.Im, batch, ref second.Im, lanes, length, rest, lanes);
            var last = plan.EndsInFirst ? first : second;
            plan.Run(second, first, second, last, lanes);
            Columns.Copy(ref last.Re, lanes, ref target.Re, batch, length, rest, rest);
            Columns.Copy(ref last.Im, lanes, ref target.Im, batch, length, rest, rest);
        }
    }

    public void ForwardRows(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> spectrumRe, Span<T> spectrumIm, int count)
    {
        var from = new Split<T>(ref MemoryMarshal.GetReference(re), ref MemoryMarshal.GetReference(im), 1);
        var to = new Split<T>(ref MemoryMarshal.GetReference(spectrumRe), ref MemoryMarshal.GetReference(spectrumIm), 1);
        var lanes = Lanes<T>.Count;
        lanes = count >= lanes && 2 * ComplexTransform<T>.BufferLength(length, lanes) * Unsafe.SizeOf<T>() <= CacheBytes ? lanes : 1;
        var size = ComplexTransform<T>.BufferLength(length, lanes);
        using var workspace = Workspace<T>.Take(2 * size);
        var done = 0;
        if (lanes > 1)
        {
            var first = ComplexTransform<T>.Buffer(ref workspace.Values[0], length, lanes);
            var second = ComplexTransform<T>.Buffer(ref workspace.Values[size], length, lanes);
            var last = plan.EndsInFirst ? first : second;
            for (; done + lanes <= count; done += lanes)
            {
                var source = Shifted(from, done * length);
                var target = Shifted(to, done * length);
                Tiles.Transpose(ref source.Re, length, ref second.Re, lanes, lanes, length);
                Tiles.Transpose(ref source.Im, length, ref second.Im, lanes, lanes, length);
                plan.Run(second, first, second, last, lanes);
                Tiles.Transpose(ref last.Re, lanes, ref target.Re, length, length, lanes);
                Tiles.Transpose(ref last.Im, lanes, ref target.Im, length, length, lanes);
            }
        }

        for (; done < count; done++)
        {
            var first = ComplexTransform<T>.Buffer(ref workspace.Values[0], length, 1);
            var second = ComplexTransform<T>.Buffer(ref workspace.Values[size], length, 1);
            plan.Run(Shifted(from, done * length), first, second, Shifted(to, done * length), 1);
        }
    }

    /// <summary>Divides by the length.</summary>
    public void Scale(Span<T> values)
    {
        var scale = T.One / T.CreateTruncating(length);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (ref var vector in vectors)
        {
            vector *= scale;
        }

        foreach (ref var value in values[(vectors.Length * Vector<T>.Count)..])
        {
            value *= scale;
        }
    }

    private static Split<T> Shifted(Split<T> view, nint by) => new(ref Unsafe.Add(ref view.Re, by), ref Unsafe.Add(ref view.Im, by), view.Pitch);
}
