using System.Runtime.CompilerServices;
using PureHDF;
using PureHDF.VOL.Native;

namespace SignalLab.Formats.Mat;

/// <summary>What the cells and structures of a MAT file of version 7.3 refer to: the objects of its store, found by their address.</summary>
/// <remarks>The library looks through the whole file for each reference, megabytes a time; here the store is walked once.</remarks>
/// <param name="root">The file; used by one thread at a time.</param>
internal sealed class Mat73References(NativeFile root)
{
    private const string Store = "#refs#";

    // Objects outside the store, which MATLAB does not write: so many are looked for in the library's way.
    private const int MostSearches = 16;

    private ulong? shift;
    private int searches;

    private readonly Lazy<Dictionary<ulong, IH5Object>> objects = new(() =>
    {
        var found = new Dictionary<ulong, IH5Object>();
        if (root.LinkExists(Store) && root.Get(Store) is IH5Group store)
        {
            foreach (var item in store.Children().OfType<NativeObject>())
            {
                found[Address(Header(item))] = (IH5Object)item;
            }
        }

        return found;
    });

    /// <summary>The object of a reference, or null where there is none.</summary>
    /// <param name="reference">The reference.</param>
    public IH5Object? Find(NativeObjectReference1 reference)
    {
        var address = Unsafe.BitCast<NativeObjectReference1, ulong>(reference);
        if (shift is { } by && objects.Value.TryGetValue(unchecked(address + by), out var known))
        {
            return known;
        }

        if (searches++ == MostSearches)
        {
            return null;
        }

        // References count from the end of MATLAB's own header; the first that is found tells by how much.
        var found = root.Get(reference);
        shift ??= found is NativeObject item ? unchecked(Address(Header(item)) - address) : null;
        return found;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Header")]
    [return: UnsafeAccessorType("PureHDF.VOL.Native.ObjectHeader, PureHDF")]
    private static extern object Header(NativeObject item);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Address")]
    private static extern ulong Address([UnsafeAccessorType("PureHDF.VOL.Native.ObjectHeader, PureHDF")] object header);
}
