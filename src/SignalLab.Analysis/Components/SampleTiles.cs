namespace SignalLab.Analysis.Components;

/// <summary>Samples of several rows in tiles small enough for the processor's cache: rows × <see cref="Width"/> values each, the last one filled up with zeros.</summary>
/// <param name="rows">Rows to begin with.</param>
internal sealed class SampleTiles(int rows)
{
    /// <summary>Samples a tile.</summary>
    public const int Width = 256;

    private readonly List<double[]> tiles = [];

    /// <summary>Rows.</summary>
    public int Rows { get; private set; } = rows;

    /// <summary>Rows as stored: a multiple of four, those too many are zero.</summary>
    public int PaddedRows => TileProduct.Padded(Rows);

    /// <summary>Samples.</summary>
    public long Count { get; private set; }

    /// <summary>Tiles.</summary>
    public int TileCount => tiles.Count;

    /// <summary>One tile, row after row.</summary>
    public ReadOnlySpan<double> this[int tile] => tiles[tile].AsSpan(0, PaddedRows * Width);

    /// <summary>Takes samples in.</summary>
    /// <param name="samples">rows × count values, one row after the other.</param>
    /// <param name="count">Samples.</param>
    public void Add(ReadOnlySpan<double> samples, int count)
    {
        for (var from = 0; from < count;)
        {
            var at = (int)(Count % Width);
            if (at == 0)
            {
                tiles.Add(new double[PaddedRows * Width]);
            }

            var length = Math.Min(Width - at, count - from);
            for (var row = 0; row < Rows; row++)
            {
                samples.Slice((row * count) + from, length).CopyTo(tiles[^1].AsSpan((row * Width) + at));
            }

            from += length;
            Count += length;
        }
    }

    /// <summary>Takes a constant off each row.</summary>
    /// <param name="levels">One value a row.</param>
    public void Subtract(double[] levels) => Parallel.For(0, tiles.Count, t =>
    {
        var held = (int)Math.Min(Width, Count - ((long)t * Width));
        for (var row = 0; row < Rows; row++)
        {
            foreach (ref var value in tiles[t].AsSpan(row * Width, held))
            {
                value -= levels[row];
            }
        }
    });

    /// <summary>Replaces the rows by weighted sums of them, in place.</summary>
    /// <param name="weights">wanted (a multiple of four) × <see cref="PaddedRows"/> values.</param>
    /// <param name="wanted">Rows afterwards, not more than now.</param>
    public void Mix(double[] weights, int wanted)
    {
        var (before, after) = (PaddedRows, TileProduct.Padded(wanted));
        Parallel.For(0, tiles.Count, () => new double[after * Width], (t, _, mixed) =>
        {
            TileProduct.Multiply(weights, after, before, tiles[t], Width, mixed);
            mixed.CopyTo(tiles[t], 0);
            return mixed;
        }, _ => { });
        Rows = wanted;
    }

    /// <summary>Sums over the samples, in an order that does not depend on how many processors there are.</summary>
    /// <param name="sums">Number of sums.</param>
    /// <param name="add">Adds a tile to the sums; it may use the scratch of one tile's size.</param>
    public double[] Sum(int sums, Action<int, double[], double[]> add)
    {
        var parts = new double[Math.Min(Slices, Math.Max(1, tiles.Count))][];
        Parallel.For(0, parts.Length, p =>
        {
            parts[p] = new double[sums];
            var scratch = new double[PaddedRows * Width];
            for (var t = (int)((long)tiles.Count * p / parts.Length); t < (int)((long)tiles.Count * (p + 1) / parts.Length); t++)
            {
                add(t, parts[p], scratch);
            }
        });
        for (var p = 1; p < parts.Length; p++)
        {
            for (var i = 0; i < sums; i++)
            {
                parts[0][i] += parts[p][i];
            }
        }

        return parts[0];
    }

    private const int Slices = 16;

    /// <summary>Mean of each row.</summary>
    public double[] Means()
    {
        var sums = Sum(PaddedRows, (t, into, _) =>
        {
            for (var row = 0; row < Rows; row++)
            {
                var sum = 0.0;
                foreach (var value in tiles[t].AsSpan(row * Width, Width))
                {
                    sum += value;
                }

                into[row] += sum;
            }
        });
        return [.. sums.Take(Rows).Select(s => s / Count)];
    }

    /// <summary>Mean products of the rows, <see cref="PaddedRows"/> × <see cref="PaddedRows"/>.</summary>
    public double[] Products()
    {
        var sums = Sum(PaddedRows * PaddedRows, (t, into, _) => TileProduct.AddOuter(tiles[t], PaddedRows, tiles[t], PaddedRows, Width, into));
        return Array.ConvertAll(sums, s => s / Count);
    }

    /// <summary>Copies chosen samples beside each other.</summary>
    /// <param name="chosen">Sample numbers.</param>
    /// <param name="width">Samples a row of the target, a multiple of four; those too many become zero.</param>
    /// <param name="into"><see cref="PaddedRows"/> × width values.</param>
    public void Gather(ReadOnlySpan<int> chosen, int width, Span<double> into)
    {
        into.Clear();
        for (var i = 0; i < chosen.Length; i++)
        {
            var tile = tiles[chosen[i] / Width];
            for (int row = 0, from = chosen[i] % Width, to = i; row < Rows; row++, from += Width, to += width)
            {
                into[to] = tile[from];
            }
        }
    }
}
