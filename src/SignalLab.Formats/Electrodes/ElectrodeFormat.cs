using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>A text file of named electrode positions.</summary>
/// <param name="name">The format's name.</param>
internal abstract class ElectrodeFormat(string name) : IFormat
{
    public string Name => name;

    public bool Recognises(FileHead head) => ElectrodeText.Of(head) is { Lines.Count: > 0 } text && Recognises(text);

    public Study Open(string path) => Read(ElectrodeText.Read(path));

    /// <summary>True where the beginning of the file is this dialect's.</summary>
    protected abstract bool Recognises(ElectrodeText head);

    /// <summary>Reads the whole file.</summary>
    protected abstract Study Read(ElectrodeText text);

    /// <summary>True where every row of the head has a shape, and there are enough to tell it from prose.</summary>
    protected static bool AllRows(ElectrodeText head, Func<string[], bool> shape)
    {
        var rows = head.Rows.Take(40).Select(r => r.Words).ToList();
        return rows.Count >= 3 && rows.TrueForAll(r => shape(r));
    }

    /// <summary>True where these words are numbers.</summary>
    protected static bool AreNumbers(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!ElectrodeText.TryNumber(word, out _))
            {
                return false;
            }
        }

        return words.Length > 0;
    }

    /// <summary>True where the word names something: it is no number.</summary>
    protected static bool IsName(string word) => word.Any(char.IsLetter) && !ElectrodeText.TryNumber(word, out _);

    /// <summary>Three consecutive words of a row as a point.</summary>
    protected static Point3 Point(ElectrodeText text, TextLine row, ReadOnlySpan<string> words) =>
        new(text.Number(row, words[0], "x"), text.Number(row, words[1], "y"), text.Number(row, words[2], "z"));
}
