using System.Runtime.CompilerServices;
using PureHDF;
using PureHDF.VOL.Native;

namespace SignalLab.Formats.Mat;

/// <summary>What the cells and structures of a MAT file of version 7.3 refer to: the objects of its store, found by their address.</summary>
/// <remarks>The library looks through the whole file for each reference, megabytes a time; here the store is walked once.</remarks>
internal sealed class Mat73References(IH5Group root)
{
    private const string Store = "#refs#";

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

    /// <summary>The object of a reference, or null where the store has none.</summary>
    /// <param name="reference">The reference.</param>
    public IH5Object? Find(NativeObjectReference1 reference) => objects.Value.GetValueOrDefault(Unsafe.BitCast<NativeObjectReference1, ulong>(reference));

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Header")]
    [return: UnsafeAccessorType("PureHDF.VOL.Native.ObjectHeader, PureHDF")]
    private static extern object Header(NativeObject item);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Address")]
    private static extern ulong Address([UnsafeAccessorType("PureHDF.VOL.Native.ObjectHeader, PureHDF")] object header);
}
