namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>Marks of a beat's waves.</summary>
public enum WaveKind
{
    /// <summary>Onset of the P wave.</summary>
    POn,

    /// <summary>Peak of the P wave.</summary>
    P,

    /// <summary>End of the P wave.</summary>
    POff,

    /// <summary>Onset of the QRS complex.</summary>
    QrsOn,

    /// <summary>Peak of the QRS complex.</summary>
    R,

    /// <summary>End of the QRS complex.</summary>
    QrsOff,

    /// <summary>Onset of the T wave.</summary>
    TOn,

    /// <summary>Peak of the T wave.</summary>
    T,

    /// <summary>End of the T wave.</summary>
    TOff,
}

/// <summary>Where the waves of a stretch begin, peak and end: for each kind of mark the samples in order.</summary>
public sealed class WaveSet
{
    // A bracket farther before its wave belongs to another one.
    private const long LongestWave = 400;

    private readonly long[][] samples;

    private WaveSet(IEnumerable<List<long>> lists) => samples = [.. lists.Select(l => l.Order().ToArray())];

    /// <summary>Number of kinds.</summary>
    public const int Kinds = 9;

    /// <summary>Samples of one kind, in order.</summary>
    /// <param name="kind">The kind.</param>
    public ReadOnlySpan<long> this[WaveKind kind] => samples[(int)kind];

    /// <summary>The first and the last mark; null where there is none.</summary>
    public (long First, long Last)? Extent
    {
        get
        {
            var all = samples.Where(s => s.Length > 0).ToList();
            return all.Count == 0 ? null : (all.Min(s => s[0]), all.Max(s => s[^1]));
        }
    }

    /// <summary>Marks of beats in one lead, or the global ones.</summary>
    /// <param name="beats">The beats' marks.</param>
    public static WaveSet Of(IEnumerable<WaveMarks> beats)
    {
        ArgumentNullException.ThrowIfNull(beats);
        var lists = Empty();
        foreach (var b in beats)
        {
            long?[] marks = [b.POn, b.P, b.POff, b.QrsOn, b.R, b.QrsOff, b.TOn, b.T, b.TOff];
            for (var k = 0; k < Kinds; k++)
            {
                if (marks[k] is { } sample)
                {
                    lists[k].Add(sample);
                }
            }
        }

        return new(lists);
    }

    /// <summary>Marks as annotation files hold them: brackets around <c>p</c>, a beat's symbol, and <c>t</c>; <c>u</c> takes its brackets with it.</summary>
    /// <param name="marks">Marks in order of time.</param>
    public static WaveSet FromBrackets(IEnumerable<ReferenceMark> marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        var lists = Empty();
        long? open = null;
        var wave = -1;
        foreach (var (sample, symbol) in marks)
        {
            switch (symbol)
            {
                case "(":
                    (open, wave) = (sample, -1);
                    break;
                case ")":
                    if (wave >= 0)
                    {
                        lists[wave + 2].Add(sample);
                    }

                    (open, wave) = (null, -1);
                    break;
                case "u":
                    (open, wave) = (null, -1);
                    break;
                case "p" or "t":
                case var beat when BeatLabels.IsBeat(beat):
                    wave = symbol == "p" ? (int)WaveKind.POn : symbol == "t" ? (int)WaveKind.TOn : (int)WaveKind.QrsOn;
                    lists[wave + 1].Add(sample);
                    if (open is { } from && sample - from < LongestWave)
                    {
                        lists[wave].Add(from);
                    }

                    open = null;
                    break;
                default:
                    break;
            }
        }

        return new(lists);
    }

    private static List<long>[] Empty() => [.. Enumerable.Range(0, Kinds).Select(_ => new List<long>())];
}
