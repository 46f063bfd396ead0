using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Polhemus probe files of EMSE (.elp): fiducials at X+, Y+ and Y-, then a name and a position in metres a sensor; x front, y left.</summary>
internal sealed class PolhemusElectrodes() : ElectrodeFormat("Polhemus .elp")
{
    protected override bool Recognises(ElectrodeText head) => head.Lines.Take(4).Any(l => l.Text.StartsWith("//Probe file", StringComparison.Ordinal));

    protected override Study Read(ElectrodeText text)
    {
        if (!Recognises(text))
        {
            throw text.Fault("header", "no '//Probe file'", "a probe file");
        }

        var layout = new LayoutBuilder();
        string[] fiducials = ["nasion", "lpa", "rpa"];
        var (seen, sensors) = (0, 0);
        int? claimed = null;
        string? name = null;
        var countFollows = false;
        foreach (var line in text.Lines)
        {
            var words = line.Words;
            if (line.IsIdle || words[0] is "%S")
            {
                countFollows = line.Text.StartsWith("//Probe type", StringComparison.Ordinal);
            }
            else if (words[0] == "%N")
            {
                name = words.Length > 1 ? string.Join(' ', words[1..]) : throw text.Fault(line, "sensor name", "none", "a name after %N");
            }
            else if (words[0] == "%F" && words.Length == 4 && seen < fiducials.Length)
            {
                layout.AddFiducial(fiducials[seen++], Turned(Point(text, line, words.AsSpan(1))));
            }
            else if (countFollows && words.Length == 2)
            {
                claimed = (int)text.Number(line, words[1], "number of sensors");
                name = null;
            }
            else if (claimed is not null && name is not null && words.Length == 3)
            {
                layout.Add(name, Turned(Point(text, line, words)));
                name = null;
                sensors++;
            }
            else if (claimed is not null)
            {
                throw text.Fault(line, "sensor", $"'{line.Text}'", "%N with a name, then x y z");
            }
        }

        return sensors == claimed
            ? layout.Build(text, Name, 1)
            : throw text.Fault("number of sensors", FormattableString.Invariant($"{sensors} sensors"), claimed is { } n ? FormattableString.Invariant($"the {n} its header states") : "a stated number of sensors");
    }

    private static Point3 Turned(Point3 p) => new(-p.Y, p.X, p.Z);
}
