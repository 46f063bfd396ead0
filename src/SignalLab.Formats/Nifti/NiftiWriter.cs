using System.Buffers.Binary;
using System.IO.Compression;
using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>Writes a grid map as NIfTI: gzip where the name ends in <c>.gz</c>, NIfTI-2 only where a dimension needs it.</summary>
public static class NiftiWriter
{
    private const int ValuesAtOnce = 1 << 16;

    /// <summary>Writes a map, frame by frame; the file appears whole or not at all.</summary>
    /// <param name="map">A map over a grid. Locations outside its mask become NaN (0 for labels).</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="UnfitInputException">The map is not over a grid, or has an axis that NIfTI cannot hold (uneven steps).</exception>
    public static void Write(ParameterMap map, string path)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (map.Support is not GridSupport grid)
        {
            throw new UnfitInputException($"{path}: NIfTI holds values on a grid; this map's are at {(map.Support is SensorSupport ? "sensors" : "a surface")}: reslice or interpolate it first.");
        }

        var volumes = new MapVolumes(map, grid);
        var type = volumes.SmallestExactType();
        var header = NiftiHeaderWriter.Bytes(map, grid, type);
        var part = path + ".part";
        try
        {
            using (var file = File.Create(part))
            using (Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : new BufferedStream(file, 1 << 16))
            {
                stream.Write(header);
                WriteVoxels(volumes, type, stream);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void WriteVoxels(MapVolumes volumes, NiftiDatatype type, Stream stream)
    {
        var values = new double[ValuesAtOnce * type.Colours];
        var bytes = new byte[ValuesAtOnce * type.Size];
        for (var volume = 0; volume < volumes.Count / type.Colours; volume++)
        {
            for (long first = 0; first < volumes.Locations; first += ValuesAtOnce)
            {
                var n = (int)Math.Min(ValuesAtOnce, volumes.Locations - first);
                for (var colour = 0; colour < type.Colours; colour++)
                {
                    volumes.Read((volume * type.Colours) + colour, first, values.AsSpan(colour * n, n));
                }

                Encode(values.AsSpan(0, n * type.Colours), type, bytes);
                stream.Write(bytes, 0, n * type.Size);
            }
        }
    }

    private static void Encode(ReadOnlySpan<double> values, NiftiDatatype type, Span<byte> bytes)
    {
        var n = values.Length / type.Colours;
        for (var i = 0; i < values.Length; i++)
        {
            switch (type.Code)
            {
                case 4:
                    BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], (short)values[i]);
                    break;
                case 16:
                    BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], (float)values[i]);
                    break;
                case 64:
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes[(8 * i)..], values[i]);
                    break;
                default:
                    bytes[(i % n * type.Colours) + (i / n)] = (byte)values[i];
                    break;
            }
        }
    }

    /// <summary>The map's values with its mask applied, and what they need to be stored exactly.</summary>
    private sealed class MapVolumes(ParameterMap map, GridSupport grid)
    {
        private readonly double outside = map.Kind == MapKind.Label ? 0 : double.NaN;

        public int Count => map.FrameCount;

        public long Locations => grid.Count;

        public void Read(int frame, long first, Span<double> into)
        {
            map.Values.Read(frame, first, into);
            for (var i = 0; map.Mask is { } mask && i < into.Length; i++)
            {
                into[i] = mask[(int)(first + i)] ? into[i] : outside;
            }
        }

        public NiftiDatatype SmallestExactType()
        {
            var (isByte, isShort, isSingle) = (true, true, true);
            var block = new double[(int)Math.Min(ValuesAtOnce, Locations)];
            for (var frame = 0; frame < Count; frame++)
            {
                for (long first = 0; first < Locations && isSingle; first += ValuesAtOnce)
                {
                    var values = block.AsSpan(0, (int)Math.Min(ValuesAtOnce, Locations - first));
                    Read(frame, first, values);
                    foreach (var v in values)
                    {
                        isByte &= v is >= 0 and <= 255 && v == Math.Floor(v);
                        isShort &= v is >= short.MinValue and <= short.MaxValue && v == Math.Floor(v);
                        isSingle &= !double.IsFinite(v) || v == (float)v;
                    }
                }
            }

            var colours = map.Axes.Count > 0 && map.Axes[0].Kind == AxisKind.Colour && isByte ? map.Axes[0].Length : 1;
            return colours switch
            {
                3 => NiftiDatatype.Rgb24,
                4 => NiftiDatatype.Rgba32,
                _ => isShort ? NiftiDatatype.Int16 : isSingle ? NiftiDatatype.Float32 : NiftiDatatype.Float64,
            };
        }
    }
}
