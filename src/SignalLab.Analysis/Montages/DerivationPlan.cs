namespace SignalLab.Analysis.Montages;

/// <summary>The rows of one read, laid out for the kernels: which inputs to read, which rows are few terms, which are dense and share their terms.</summary>
internal sealed class DerivationPlan
{
    private const int FewestDenseTerms = 8;
    private const int FewestDenseRows = 4;
    private const int TileValues = 1 << 16;

    // More than a second-level cache holds: nobody finds it there afterwards.
    private const int PastCacheValues = 1 << 20;
    private const int LongestTile = 4096;

    private readonly List<Sparse> sparse = [];
    private readonly List<(int[] Outputs, int[] Inputs, DenseWeights Weights)> dense = [];
    private readonly int[] members = [];
    private readonly double[] memberWeights = [];
    private readonly bool isRobust;

    private readonly record struct Sparse(int Output, int[] Inputs, double[] Weights, double ReferenceWeight);

    public DerivationPlan(IReadOnlyList<DerivedRow> rows, CommonSum reference, ReadOnlySpan<int> channels)
    {
        var wanted = new SortedSet<int>();
        var referenced = false;
        foreach (var channel in channels)
        {
            wanted.UnionWith(rows[channel].Channels);
            referenced |= rows[channel].ReferenceWeight != 0;
        }

        if (referenced)
        {
            wanted.UnionWith(reference.Channels);
        }

        Inputs = [.. wanted];
        if (referenced)
        {
            (members, memberWeights, isRobust) = (Positions(reference.Channels), reference.Weights, reference.IsRobust);
        }

        TileLength = Math.Clamp(TileValues / Math.Max(1, Inputs.Length) / DenseWeights.Columns * DenseWeights.Columns, DenseWeights.Columns, LongestTile);
        Sort(rows, channels);
        Gathered = dense.Count == 0 ? 0 : dense.Max(d => d.Inputs.Length) * TileLength;
        ScratchLength = TileLength + Math.Max(Gathered, isRobust ? 2 * members.Length : 0);
    }

    /// <summary>Channels to read, ascending.</summary>
    public int[] Inputs { get; }

    /// <summary>Samples of a tile: as many as let all inputs stay in the second-level cache.</summary>
    public int TileLength { get; }

    /// <summary>Values of scratch that a tile needs.</summary>
    public int ScratchLength { get; }

    private int Gathered { get; }

    /// <summary>Computes one tile.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="start">First sample of the tile.</param>
    /// <param name="length">Samples, at most <see cref="TileLength"/>.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values.</param>
    /// <param name="into">Rows × stride values.</param>
    /// <param name="offset">Where in each row sample 0 belongs.</param>
    /// <param name="stride">Samples of a row.</param>
    public void Derive(TileInputs inputs, int start, int length, Span<double> scratch, Span<double> into, int offset, int stride)
    {
        var common = scratch[..(members.Length == 0 ? 0 : length)];
        if (isRobust)
        {
            Robust(inputs, start, common, scratch[TileLength..]);
        }
        else if (members.Length > 0)
        {
            WeightedSum.Of(inputs, members, memberWeights, start, common);
        }

        foreach (var row in sparse)
        {
            var target = into.Slice((row.Output * stride) + offset + start, length);
            if (row.Inputs.Length == 1 && row.ReferenceWeight != 0)
            {
                var own = inputs.Of(row.Inputs[0], start, length);
                if (into.Length > PastCacheValues)
                {
                    WeightedSum.OfTwoPastCache(own, row.Weights[0], common, row.ReferenceWeight, target);
                }
                else
                {
                    WeightedSum.OfTwo(own, row.Weights[0], common, row.ReferenceWeight, target);
                }

                continue;
            }

            WeightedSum.Of(inputs, row.Inputs, row.Weights, start, target);
            if (row.ReferenceWeight != 0)
            {
                WeightedSum.OfTwo(target, 1, common, row.ReferenceWeight, target);
            }
        }

        foreach (var (outputs, terms, weights) in dense)
        {
            var gathered = scratch.Slice(TileLength, terms.Length * length);
            for (var k = 0; k < terms.Length; k++)
            {
                inputs.Of(terms[k], start, length).CopyTo(gathered.Slice(k * length, length));
            }

            weights.Multiply(gathered, length, into, outputs, offset + start, stride);
        }
    }

    private void Robust(TileInputs inputs, int start, Span<double> common, Span<double> scratch)
    {
        var values = scratch[..members.Length];
        var distances = scratch.Slice(members.Length, members.Length);
        for (var i = 0; i < common.Length; i++)
        {
            for (var m = 0; m < members.Length; m++)
            {
                values[m] = memberWeights[m] * inputs.Of(members[m], start + i, 1)[0];
            }

            common[i] = Biweight.Location(values, distances);
        }
    }

    private void Sort(IReadOnlyList<DerivedRow> rows, ReadOnlySpan<int> channels)
    {
        var families = new Dictionary<int[], List<int>>();
        for (var i = 0; i < channels.Length; i++)
        {
            var row = rows[channels[i]];
            if (row.Channels.Length >= FewestDenseTerms && row.ReferenceWeight == 0)
            {
                (families.TryGetValue(row.Channels, out var family) ? family : families[row.Channels] = []).Add(i);
            }
            else
            {
                sparse.Add(new(i, Positions(row.Channels), row.Weights, row.ReferenceWeight));
            }
        }

        foreach (var (terms, outputs) in families)
        {
            var positions = Positions(terms);
            if (outputs.Count < FewestDenseRows)
            {
                foreach (var i in outputs)
                {
                    sparse.Add(new(i, positions, rows[channels[i]].Weights, 0));
                }

                continue;
            }

            var weights = new double[outputs.Count][];
            for (var r = 0; r < weights.Length; r++)
            {
                weights[r] = rows[channels[outputs[r]]].Weights;
            }

            dense.Add(([.. outputs], positions, new DenseWeights(weights)));
        }
    }

    private int[] Positions(int[] channels) => [.. channels.Select(c => Array.BinarySearch(Inputs, c))];
}
