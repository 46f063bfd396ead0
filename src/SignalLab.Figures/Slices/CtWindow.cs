using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Figures.Slices;

/// <summary>A usual window of CT.</summary>
/// <remarks>Source: A. Murphy et al., Windowing (CT), https://radiopaedia.org/articles/windowing-ct.</remarks>
/// <param name="Name">What it is for.</param>
/// <param name="Centre">Centre in HU.</param>
/// <param name="Width">Width in HU.</param>
public sealed record CtWindow(string Name, double Centre, double Width)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CtWindow> All { get; } = Read();

    /// <summary>The window of that name.</summary>
    /// <param name="name">The name, or how it begins; case does not matter.</param>
    /// <exception cref="UnfitInputException">There is none.</exception>
    public static CtWindow Find(string name) =>
        All.FirstOrDefault(w => w.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(w => w.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UnfitInputException($"No CT window is called '{name}': take one of {string.Join(", ", All.Select(w => w.Name))}, or give centre and width.");

    private static CtWindow[] Read()
    {
        using var stream = typeof(CtWindow).Assembly.GetManifestResourceStream("SignalLab.Figures.Slices.ct-windows.tsv")
            ?? throw new InvalidOperationException("The table of CT windows is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#').Skip(1)
            .Select(line => line.Split('\t'))
            .Select(row => new CtWindow(row[0], double.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[2], CultureInfo.InvariantCulture)))];
    }
}
