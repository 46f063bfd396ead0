using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>ASA and ANT electrode files (.elc): UnitPosition, NumberPositions, Positions (x y z, or name : x y z), Labels.</summary>
internal sealed class AsaElectrodes() : ElectrodeFormat("ASA .elc")
{
    protected override bool Recognises(ElectrodeText head) =>
        head.Lines.Any(l => l.Text.Trim() == "Positions") && head.Lines.Any(l => l.Text.StartsWith("NumberPositions", StringComparison.Ordinal) || l.Text.StartsWith("UnitPosition", StringComparison.Ordinal));

    protected override Study Read(ElectrodeText text)
    {
        double? metres = null;
        int? claimed = null;
        var positions = new List<Point3>();
        var labels = new List<string>();
        var section = "";
        foreach (var line in text.Lines.Where(l => l.Text.Trim() is not ("" or ['#', ..])))
        {
            var words = line.Words;
            if (words[0] is "UnitPosition" && words.Length > 1)
            {
                metres = MetresPer(words[1]) ?? throw text.Fault(line, "UnitPosition", $"'{words[1]}'", "a unit of length such as mm");
            }
            else if (words[0].StartsWith("NumberPositions", StringComparison.Ordinal))
            {
                claimed = (int)text.Number(line, words[^1].Replace("NumberPositions=", "", StringComparison.Ordinal), "NumberPositions");
            }
            else if (words.Length == 1 && words[0] is "Positions" or "Labels" or "HeadShapePoints")
            {
                section = words[0];
            }
            else if (words[0].StartsWith("NumberHeadShapePoints", StringComparison.Ordinal) || words[0] is "UnitHeadShapePoints")
            {
                section = "";
            }
            else if (section == "Positions")
            {
                positions.Add(Position(text, line, labels));
            }
            else if (section == "Labels" && labels.Count < positions.Count)
            {
                labels.AddRange(words.Length == 1 || positions.Count > 1 && line.Text.Contains('\t') || words.Length == positions.Count ? words : [line.Text.Trim()]);
            }
        }

        if (positions.Count != labels.Count || claimed is { } n && n != positions.Count)
        {
            throw text.Fault("NumberPositions", FormattableString.Invariant($"{positions.Count} positions, {labels.Count} labels"), FormattableString.Invariant($"{claimed ?? positions.Count} of each"));
        }

        var layout = new LayoutBuilder();
        foreach (var (label, position) in labels.Zip(positions))
        {
            layout.AddOrFiducial(label, position);
        }

        return layout.Build(text, Name, metres);
    }

    private static Point3 Position(ElectrodeText text, TextLine line, List<string> labels)
    {
        var colon = line.Text.IndexOf(':');
        var words = line.Text[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3)
        {
            throw text.Fault(line, "position", $"'{line.Text}'", "x y z");
        }

        if (colon >= 0)
        {
            labels.Add(line.Text[..colon].Trim());
        }

        return Point(text, line, words);
    }

    private static double? MetresPer(string unit) => Unit.Parse(unit) is var u && u.ConvertsTo(Unit.Metre) ? u.Scale : null;
}
