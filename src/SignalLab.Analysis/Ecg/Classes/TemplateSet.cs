namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>
/// Groups beats by shape while they pass: a beat joins the template it resembles most, or begins one; templates that have grown alike are joined, and where
/// there are too many the rarest make room, so that memory is bounded however long the recording.
/// </summary>
/// <param name="windows">Gives the windows' shape.</param>
/// <param name="least">Least correlation of a beat with its template.</param>
/// <param name="most">Most templates held.</param>
internal sealed class TemplateSet(BeatWindows windows, double least, int most)
{
    // A template follows slow changes: a beat counts at least so much.
    private const int Memory = 60;
    private const int TidyEvery = 100;
    private const double JoinMargin = 0.03;

    private readonly ShapeMatch match = new(windows);
    private readonly List<Shape> shapes = [];
    private readonly List<int> joinedInto = [];
    private int taken;

    /// <summary>A template in the making.</summary>
    public sealed class Shape
    {
        /// <summary>Number that was given when it began.</summary>
        public required int Id { get; init; }

        /// <summary>Its mean window.</summary>
        public required float[] Mean { get; init; }

        /// <summary>What beats are compared with.</summary>
        public required float[] Normalised { get; set; }

        /// <summary>Beats in it.</summary>
        public int Count { get; set; } = 1;
    }

    /// <summary>The templates, the most frequent first.</summary>
    public IReadOnlyList<Shape> Shapes => shapes;

    /// <summary>Takes one beat.</summary>
    /// <param name="window">leads × window length.</param>
    /// <returns>Number of its template, which <see cref="Final"/> resolves at the end.</returns>
    public int Add(float[] window)
    {
        if (++taken % TidyEvery == 0)
        {
            Tidy();
        }

        match.Take(window);
        var (best, found) = ((Correlation: -2.0, Shift: 0, Norm: 0.0), -1);
        for (var i = 0; i < shapes.Count && best.Correlation < least + JoinMargin; i++)
        {
            var here = match.Best(window, shapes[i].Normalised);
            if (here.Correlation > best.Correlation)
            {
                (best, found) = (here, i);
            }
        }

        if (best.Correlation >= least)
        {
            Average(shapes[found], window, best.Shift);
            return shapes[found].Id;
        }

        if (shapes.Count >= most)
        {
            MakeRoom();
        }

        var begun = new Shape { Id = joinedInto.Count, Mean = [.. window], Normalised = match.Normalised(window) };
        joinedInto.Add(begun.Id);
        shapes.Add(begun);
        return begun.Id;
    }

    /// <summary>The templates that the numbers given by <see cref="Add"/> stand for at the end.</summary>
    /// <returns>Per number an index into <see cref="Shapes"/>.</returns>
    public int[] Final()
    {
        Tidy();
        var final = new int[joinedInto.Count];
        for (var id = 0; id < final.Length; id++)
        {
            var at = id;
            while (joinedInto[at] != at)
            {
                at = joinedInto[at];
            }

            final[id] = shapes.FindIndex(s => s.Id == at);
        }

        return final;
    }

    private void Average(Shape shape, float[] window, int shift)
    {
        shape.Count++;
        var share = 1f / Math.Min(shape.Count, Memory);
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            for (var i = 0; i < windows.Length; i++)
            {
                var from = Math.Clamp(i + shift, 0, windows.Length - 1);
                ref var mean = ref shape.Mean[(lead * windows.Length) + i];
                mean += share * (window[(lead * windows.Length) + from] - mean);
            }
        }

        shape.Normalised = shape.Count < 8 || shape.Count % 4 == 0 ? match.Normalised(shape.Mean) : shape.Normalised;
    }

    private void Tidy()
    {
        shapes.Sort((a, b) => b.Count != a.Count ? b.Count.CompareTo(a.Count) : a.Id.CompareTo(b.Id));
        for (var i = 0; i < shapes.Count; i++)
        {
            for (var k = shapes.Count - 1; k > i; k--)
            {
                match.Take(shapes[k].Mean);
                if (match.Best(shapes[k].Mean, shapes[i].Normalised).Correlation >= least + (JoinMargin / 2))
                {
                    Join(i, k);
                }
            }
        }
    }

    private void Join(int into, int gone)
    {
        joinedInto[shapes[gone].Id] = shapes[into].Id;
        shapes[into].Count += shapes[gone].Count;
        shapes.RemoveAt(gone);
    }

    // The rarest template goes into the one that it resembles most.
    private void MakeRoom()
    {
        Tidy();
        if (shapes.Count < most)
        {
            return;
        }

        var gone = shapes.Count - 1;
        match.Take(shapes[gone].Mean);
        var nearest = Enumerable.Range(0, gone).MaxBy(i => match.Best(shapes[gone].Mean, shapes[i].Normalised).Correlation);
        Join(nearest, gone);
    }
}
