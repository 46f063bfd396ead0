using System.Text.RegularExpressions;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Xfit;

/// <summary>Fitted dipoles as text (<c>.dip</c>) of Xfit and MNE: the last comment before the numbers names the columns.</summary>
/// <remarks>Source: Neuromag source modelling software, Users guide, "Dipole files"; MNE manual, "mne_dipole_fit".</remarks>
public sealed partial class DipoleTextFormat : IFormat
{
    private static readonly string[] Needed = ["begin/ms", "x/mm", "y/mm", "z/mm", "qx/nam", "qy/nam", "qz/nam", "g/%"];

    /// <inheritdoc/>
    public string Name => "Dipole text";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return Columns(WordRows.Of(head)) is not null;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "a list of dipoles");
        var columns = Columns(text) ?? throw new MalformedFileException(path, 0, "columns", "no comment that names them", "a comment with " + string.Join(' ', Needed));
        var name = text.Lines.Where(l => l.IsComment).Select(l => Named().Match(l.Text)).FirstOrDefault(m => m.Success)?.Groups["name"].Value ?? "";
        return new Study
        {
            Dipoles = [.. text.Rows.Select(r => ToDipole(text, r, columns) with { Name = name })],
            Format = Name,
        };
    }

    private static Dipole ToDipole(WordRows text, WordRow row, string[] columns)
    {
        if (row.Numbers() is not { } numbers || numbers.Length != columns.Length)
        {
            throw text.Fault(row, "dipole", FormattableString.Invariant($"{columns.Length} numbers, as the comment names them"));
        }

        double? Column(string name, double scale) => Array.IndexOf(columns, name) is >= 0 and var i ? scale * numbers[i] : null;
        double At(string name, double scale) => Column(name, scale)!.Value;
        return new(
            At("begin/ms", 1e-3), Column("end/ms", 1e-3) ?? At("begin/ms", 1e-3), new(At("x/mm", 1e-3), At("y/mm", 1e-3), At("z/mm", 1e-3)), new(At("qx/nam", 1e-9), At("qy/nam", 1e-9), At("qz/nam", 1e-9)))
        {
            GoodnessOfFit = At("g/%", 0.01),
            ChiSquared = Column("khi^2", 1),
            ConfidenceVolumeCubicMetres = Column("vol/mm^3", 1e-9),
        };
    }

    // MNE writes "X (mm)", "Q(nAm)" and bare "begin", Xfit "x/mm", "Q/nAm", "begin/ms".
    private static string[]? Columns(WordRows text)
    {
        var comment = text.Lines.TakeWhile(l => l.IsComment).LastOrDefault();
        if (comment.Text is null)
        {
            return null;
        }

        var words = Unit().Replace(comment.Text.TrimStart(' ', '\t', '#', '%'), "/${unit}").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] columns = [.. words.Select(w => w is "begin" or "end" ? w + "/ms" : w)];
        return Needed.All(columns.Contains) ? columns : null;
    }

    [GeneratedRegex(@"\s*\((?<unit>[^)]*)\)")]
    private static partial Regex Unit();

    [GeneratedRegex(@"Name ""(?<name>[^""]*) dipoles""")]
    private static partial Regex Named();
}
