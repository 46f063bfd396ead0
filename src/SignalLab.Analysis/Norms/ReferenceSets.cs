using System.Reflection;
using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>The reference sets that come with the program, as tables beside this file, each with its source, population and licence.</summary>
public static class ReferenceSets
{
    private const string Folder = "SignalLab.Analysis.Norms.Sets.";

    private static readonly Lazy<IReadOnlyList<NormSet>> Sets = new(Load);

    /// <summary>The sets by their names.</summary>
    public static IReadOnlyList<NormSet> All => Sets.Value;

    /// <summary>Every norm of every set.</summary>
    public static IReadOnlyList<ReferenceNorm> Shipped => [.. Sets.Value.SelectMany(s => s.Norms)];

    private static NormSet[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            return NormPack.Read(reader, name[Folder.Length..]);
        })];
    }
}
