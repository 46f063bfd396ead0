using System.Collections;
using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>Which nodes of a resliced map have a value: those inside the source, on voxels that its own mask keeps.</summary>
internal sealed class ReslicedMask(GridSupport from, IReadOnlyList<bool>? mask, GridSupport target, Affine toSource) : IReadOnlyList<bool>
{
    public int Count => checked((int)target.Count);

    public bool this[int index]
    {
        get
        {
            var p = toSource.Apply(new(index % target.SizeX, index / target.SizeX % target.SizeY, index / target.SizeX / target.SizeY));
            return GridInterpolation.IsInside(p.X, p.Y, p.Z, from.SizeX, from.SizeY, from.SizeZ)
                && (mask is null || mask[(int)from.IndexOf(
                    GridInterpolation.NearestNode(p.X, from.SizeX), GridInterpolation.NearestNode(p.Y, from.SizeY), GridInterpolation.NearestNode(p.Z, from.SizeZ))]);
        }
    }

    /// <summary>The mask, or null where every node has a value (a box inside a box is decided by its corners).</summary>
    public static IReadOnlyList<bool>? Of(GridSupport from, IReadOnlyList<bool>? mask, GridSupport target, Affine toSource)
    {
        for (var corner = 0; corner < 8 && mask is null; corner++)
        {
            var p = toSource.Apply(new((corner & 1) * (target.SizeX - 1), (corner >> 1 & 1) * (target.SizeY - 1), (corner >> 2) * (target.SizeZ - 1)));
            if (!GridInterpolation.IsInside(p.X, p.Y, p.Z, from.SizeX, from.SizeY, from.SizeZ))
            {
                return new ReslicedMask(from, null, target, toSource);
            }
        }

        return mask is null ? null : new ReslicedMask(from, mask, target, toSource);
    }

    public IEnumerator<bool> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
