using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>Parallel slices side by side in one picture.</summary>
public static class Mosaics
{
    /// <summary>The frame of a mosaic: a sheet of tiles, not a place in the body.</summary>
    public static Frame Frame { get; } = new("mosaic");

    extension(ParameterMap map)
    {
        /// <summary>Slices at coordinates, laid row by row from the upper left.</summary>
        /// <param name="plane">Axial, coronal or sagittal.</param>
        /// <param name="millimetres">Coordinates of the slices, one or more.</param>
        /// <param name="columns">Tiles in a row, at least 1.</param>
        /// <param name="interpolation">Between voxels; labels always take the nearest.</param>
        /// <returns>A map of one layer in the frame <see cref="Frame"/>; the last row is filled up with nodes without value.</returns>
        /// <exception cref="UnfitInputException">The map is not on a grid, or a plane misses it.</exception>
        public ParameterMap Mosaic(SlicePlane plane, IReadOnlyList<double> millimetres, int columns, Interpolation interpolation = Interpolation.Linear)
        {
            ArgumentNullException.ThrowIfNull(millimetres);
            ArgumentOutOfRangeException.ThrowIfZero(millimetres.Count);
            ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
            var tiles = millimetres.Select(at => map.SliceAt(plane, at, interpolation)).ToArray();
            var tile = Reslicing.GridOf(tiles[0]);
            var rows = (tiles.Length + columns - 1) / columns;
            var spacing = tile.SpacingMm;
            var sheet = new GridSupport(checked(tile.SizeX * columns), checked(tile.SizeY * rows), 1, new([spacing.X, 0, 0, 0, 0, spacing.Y, 0, 0, 0, 0, 1, 0])) { Frame = Frame };
            return map with
            {
                Support = sheet,
                Values = new MosaicValues([.. tiles.Select(t => t.Values)], tile, columns, rows, map.Kind == MapKind.Label ? 0 : double.NaN),
                Mask = null,
                Provenance = map.Provenance.Then(ProcessingStep.Of(
                    "mosaic", ("plane", plane), ("at_mm", string.Join(" ", millimetres.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))), ("columns", columns))),
            };
        }
    }

    /// <summary>The tiles' values; node rows run upwards, so the first row of tiles is the last of nodes.</summary>
    private sealed class MosaicValues(IMapValues[] tiles, GridSupport tile, int columns, int rows, double empty) : IMapValues
    {
        public int FrameCount => tiles[0].FrameCount;

        public void Read(int frame, long first, Span<double> into)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, (long)tile.SizeX * columns * tile.SizeY * rows, nameof(first));
            while (into.Length > 0)
            {
                var (y, x) = Math.DivRem(first, (long)tile.SizeX * columns);
                var (column, i) = Math.DivRem(x, tile.SizeX);
                var (fromBelow, j) = Math.DivRem(y, tile.SizeY);
                var n = (int)Math.Min(tile.SizeX - i, into.Length);
                var index = ((rows - 1 - fromBelow) * columns) + column;
                if (index < tiles.Length)
                {
                    tiles[index].Read(frame, (j * tile.SizeX) + i, into[..n]);
                }
                else
                {
                    into[..n].Fill(empty);
                }

                into = into[n..];
                first += n;
            }
        }
    }
}
