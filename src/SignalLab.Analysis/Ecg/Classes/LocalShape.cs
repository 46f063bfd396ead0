namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>
/// How a beat's QRS complex compares with the usual one of the beats around it. When the heart's position or conduction changes for a while all complexes change, and none of them is foreign
/// there, however little it resembles the record's usual beat. Beats come in order; only those around are held.
/// </summary>
/// <param name="windows">Gives the windows' shape.</param>
/// <param name="calm">Per beat whether it came when it was due: the others do not tell what is usual.</param>
internal sealed class LocalShape(BeatWindows windows, IReadOnlyList<bool> calm)
{
    private const int Around = RhythmFeatures.Around;

    // The usual complex moves slowly: it is found anew after so many beats.
    private const int Every = 5;

    // Where fewer beats are calm, all are asked.
    private const double LeastCalm = 0.2;

    private readonly ShapeMatch match = new(windows);
    private readonly float[][] held = [.. Enumerable.Range(0, (2 * Around) + Every).Select(_ => new float[windows.LeadCount * windows.Length])];
    private readonly float[] usual = new float[windows.LeadCount * windows.Length];
    private readonly float[] sorted = new float[(2 * Around) + Every];
    private readonly float[][] values = new float[calm.Count][];
    private int next;

    /// <summary>Names in the order of the values.</summary>
    public static IReadOnlyList<string> Names { get; } = ["local QRS correlation", "local QRS size", "local QRS correlation, least lead", "local QRS correlation, best lead"];

    /// <summary>Takes the next beat.</summary>
    /// <param name="beat">Its index.</param>
    /// <param name="window">leads × window length.</param>
    public void Take(int beat, float[] window)
    {
        window.CopyTo(held[beat % held.Length], 0);
        while (next + Every + Around <= beat)
        {
            Compare();
        }
    }

    /// <summary>The values of all beats, once the last was taken: beats × <see cref="Names"/>.</summary>
    public IReadOnlyList<float[]> Finish()
    {
        while (next < calm.Count)
        {
            Compare();
        }

        return values;
    }

    private void Compare()
    {
        var (from, to) = (Math.Max(0, next - Around), Math.Min(calm.Count, next + Every + Around));
        int[] near = [.. Enumerable.Range(from, to - from)];
        int[] due = [.. near.Where(b => calm[b])];
        Median(due.Length > LeastCalm * near.Length ? due : near);
        var shape = match.Normalised(usual);
        match.Take(usual);
        var usualNorm = match.Best(usual, shape).Norm;
        for (var end = Math.Min(calm.Count, next + Every); next < end; next++)
        {
            var window = held[next % held.Length];
            match.Take(window);
            var (correlation, shift, norm) = match.Best(window, shape);
            var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
            for (var lead = 0; lead < windows.LeadCount; lead++)
            {
                var at = (lead * windows.Length) + match.From;
                var here = ShapeFeatures.Correlation(window.AsSpan(at + shift, match.Count), usual.AsSpan(at, match.Count));
                (least, most) = (Math.Min(least, here), Math.Max(most, here));
            }

            values[next] = [(float)correlation, ShapeFeatures.Log(norm / usualNorm), least, most];
        }
    }

    private void Median(int[] beats)
    {
        var part = sorted.AsSpan(0, beats.Length);
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            for (var i = (lead * windows.Length) + match.From; i < (lead * windows.Length) + match.From + match.Count; i++)
            {
                for (var k = 0; k < beats.Length; k++)
                {
                    part[k] = held[beats[k] % held.Length][i];
                }

                part.Sort();
                usual[i] = part[part.Length / 2];
            }
        }
    }
}
