namespace SignalLab.Analysis.Ecg.Validation;

/// <summary>One mark of an expert's annotation.</summary>
/// <param name="Sample">Sample index.</param>
/// <param name="Symbol">What it is, by the symbols of WFDB: <c>N</c>, <c>V</c>, <c>(</c>, <c>p</c>, …</param>
public readonly record struct ReferenceMark(long Sample, string Symbol);

/// <summary>What the symbols of annotations say of beats.</summary>
/// <remarks>Source: ANSI/AAMI EC57:2012, 4.2 and table of beat labels; WFDB Applications Guide, annotation codes.</remarks>
public static class BeatLabels
{
    /// <summary>The class of a beat's symbol; null where the symbol is no beat's.</summary>
    /// <param name="symbol">The symbol.</param>
    public static BeatClass? ClassOf(string symbol) => symbol switch
    {
        "N" or "L" or "R" or "B" or "e" or "j" or "n" => BeatClass.Normal,
        "A" or "a" or "J" or "S" => BeatClass.Supraventricular,
        "V" or "r" or "E" => BeatClass.Ventricular,
        "F" => BeatClass.Fusion,
        "/" or "f" or "Q" or "?" => BeatClass.Unclassifiable,
        _ => null,
    };

    /// <summary>True where the symbol is a beat's.</summary>
    /// <param name="symbol">The symbol.</param>
    public static bool IsBeat(string symbol) => ClassOf(symbol) is not null;

    /// <summary>Stretches of ventricular flutter or fibrillation, in which single beats are not counted: from <c>[</c> to <c>]</c>.</summary>
    /// <param name="marks">Marks in order of time.</param>
    public static IReadOnlyList<(long From, long To)> Flutter(IEnumerable<ReferenceMark> marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        var found = new List<(long From, long To)>();
        long? open = null;
        foreach (var mark in marks)
        {
            if (mark.Symbol == "[")
            {
                open = mark.Sample;
            }
            else if (mark.Symbol == "]" && open is { } from)
            {
                found.Add((from, mark.Sample));
                open = null;
            }
        }

        return found;
    }
}
