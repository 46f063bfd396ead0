using SignalLab.Figures;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Saves a figure whole or not at all, with how it was made inside.</summary>
internal static class FigureOutput
{
    public static void Save(Figure figure, string path, bool force, params IReadOnlyList<Provenance> inputs)
    {
        RequireEnding(path, FigureFile.Endings);
        OutputFile.Write(path, force, p => FigureFile.Save(figure, p, Made(inputs)));
    }

    /// <summary>How this call makes what it writes.</summary>
    public static Colophon Made(params IReadOnlyList<Provenance> inputs) => new(Program.CommandLine, inputs) { Program = $"SignalLab {Program.Version}" };

    /// <summary>Refuses an ending before any work is done.</summary>
    public static void RequireEnding(string path, IEnumerable<string> endings)
    {
        if (!endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UsageException($"{path}: expected an ending of {string.Join(" ", endings)}.");
        }
    }
}
