using System.Reflection;
using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>Short names under which tables give measures (<c>pr_ms</c>), beside the measures' own (<c>PR interval</c>).</summary>
public static class MeasureNames
{
    private static readonly Lazy<Dictionary<string, (string Name, Unit Unit)>> Table = new(Load);

    /// <summary>The measure a table means.</summary>
    /// <param name="text">A short name, a measure's own name, or either with its unit in brackets (<c>QT interval[ms]</c>).</param>
    /// <returns>The measure's name, and its unit where the text says it.</returns>
    public static (string Name, Unit? Unit) Of(string text)
    {
        var name = text.Trim();
        Unit? unit = null;
        if (name.EndsWith(']') && name.LastIndexOf('[') is > 0 and var at)
        {
            (name, unit) = (name[..at].Trim(), Unit.Parse(name[(at + 1)..^1]));
        }

        return Table.Value.TryGetValue(name, out var known) ? (known.Name, unit ?? known.Unit) : (name, unit);
    }

    private static Dictionary<string, (string Name, Unit Unit)> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SignalLab.Analysis.Norms.measures.tsv")
            ?? throw new InvalidOperationException("The table measures.tsv is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.TrimEnd('\r').Split('\t'))
            .ToDictionary(c => c[0], c => (c[1], Unit.Parse(c[2])), StringComparer.OrdinalIgnoreCase);
    }
}
