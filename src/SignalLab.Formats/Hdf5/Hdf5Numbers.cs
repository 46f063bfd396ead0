using System.Numerics;
using PureHDF;
using PureHDF.Selections;

namespace SignalLab.Formats.Hdf5;

/// <summary>Numbers of an HDF5 dataset as double precision, whatever their stored type.</summary>
internal static class Hdf5Numbers
{
    /// <summary>Reads a selection, or all.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="selection">The elements wanted, or null for all.</param>
    /// <param name="into">Receives them.</param>
    /// <exception cref="NotSupportedException">The stored type is no usual number.</exception>
    public static void Read(IH5Dataset data, HyperslabSelection? selection, double[] into)
    {
        if (into.Length == 0)
        {
            return;
        }

        if (data.Type.Class == H5DataTypeClass.FloatingPoint)
        {
            switch (data.Type.Size)
            {
                case 4: Widen<float>(data, selection, into); return;
                case 8: Widen<double>(data, selection, into); return;
            }
        }
        else
        {
            switch (data.Type.Size, data.Type.FixedPoint.IsSigned)
            {
                case (1, false): Widen<byte>(data, selection, into); return;
                case (1, true): Widen<sbyte>(data, selection, into); return;
                case (2, false): Widen<ushort>(data, selection, into); return;
                case (2, true): Widen<short>(data, selection, into); return;
                case (4, false): Widen<uint>(data, selection, into); return;
                case (4, true): Widen<int>(data, selection, into); return;
                case (8, false): Widen<ulong>(data, selection, into); return;
                case (8, true): Widen<long>(data, selection, into); return;
            }
        }

        throw new NotSupportedException(FormattableString.Invariant($"numbers of {data.Type.Size} bytes"));
    }

    private static void Widen<T>(IH5Dataset data, HyperslabSelection? selection, double[] into)
        where T : unmanaged, INumber<T>
    {
        var stored = new T[into.Length];
        data.Read(stored, fileSelection: selection, memoryDims: [(ulong)into.Length]);
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = double.CreateTruncating(stored[i]);
        }
    }
}
