using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Polhemus head shapes of EMSE (.hsp): fiducials at X+, Y+ and Y-, then the points of the scalp in metres; x front, y left. The points are named by their number.</summary>
internal sealed class PolhemusShape() : ElectrodeFormat("Polhemus .hsp")
{
    protected override bool Recognises(ElectrodeText head) => head.Lines.Take(4).Any(l => l.Text.StartsWith("//Shape file", StringComparison.Ordinal));

    protected override Study Read(ElectrodeText text)
    {
        if (!Recognises(text))
        {
            throw text.Fault("header", "no '//Shape file'", "a shape file");
        }

        var layout = new LayoutBuilder();
        string[] fiducials = ["nasion", "lpa", "rpa"];
        var (seen, points) = (0, 0);
        int? claimed = null;
        var countFollows = false;
        foreach (var line in text.Lines)
        {
            var words = line.Words;
            if (line.IsIdle)
            {
                countFollows = line.Text.Contains("number of digitized points", StringComparison.OrdinalIgnoreCase);
            }
            else if (words[0] == "%F" && words.Length == 4 && seen < fiducials.Length)
            {
                layout.AddFiducial(fiducials[seen++], Turned(Point(text, line, words.AsSpan(1))));
            }
            else if (countFollows && words.Length == 2)
            {
                claimed = (int)text.Number(line, words[1], "number of points");
            }
            else if (claimed is not null && words.Length == 3)
            {
                layout.Add(FormattableString.Invariant($"{++points}"), Turned(Point(text, line, words)));
            }
        }

        return points == claimed
            ? layout.Build(text, Name, 1)
            : throw text.Fault("number of points", FormattableString.Invariant($"{points} points"), claimed is { } n ? FormattableString.Invariant($"the {n} its header states") : "a stated number of points");
    }

    private static Point3 Turned(Point3 p) => new(-p.Y, p.X, p.Z);
}
