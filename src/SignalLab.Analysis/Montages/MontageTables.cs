using System.Reflection;

namespace SignalLab.Analysis.Montages;

/// <summary>The montages that come as tables beside this file, a source a row.</summary>
internal static class MontageTables
{
    public static Montage Bipolar(string name) =>
        new DerivationMontage(name, [.. Rows("bipolar.tsv").Where(r => r[0] == name).Select(r => Derivation.Bipolar(r[1], r[2]))]);

    public static DerivationMontage Laplacian() =>
        new("laplacian", [.. Rows("laplacian.tsv").Select(r => AgainstNeighbours(r[0], r[1].Split(' ')))], AreAboutSites: true);

    // "Fp1+Fp2" stands for the point midway.
    private static Derivation AgainstNeighbours(string electrode, string[] neighbours) => new(
        null,
        [
            new(electrode, 1),
            .. neighbours.SelectMany(n => n.Split('+').Select(part => new Term(part, -1.0 / neighbours.Length / n.Split('+').Length))),
        ]);

    private static IEnumerable<string[]> Rows(string table)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"SignalLab.Analysis.Montages.{table}")
            ?? throw new InvalidOperationException($"The table {table} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split('\t'))];
    }
}
