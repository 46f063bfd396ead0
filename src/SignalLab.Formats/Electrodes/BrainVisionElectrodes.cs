using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>BrainVision electrode files (.bvef): Name, Theta, Phi in degrees and Radius a position; radius 1 is an idealised sphere, other radii are millimetres, 0 is no position.</summary>
internal sealed class BrainVisionElectrodes() : ElectrodeFormat("BrainVision .bvef")
{
    protected override bool Recognises(ElectrodeText head) => IsXml(head, "<Electrodes") || IsXml(head, "<Electrode>") && IsXml(head, "<Theta>");

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        var millimetres = false;
        foreach (var electrode in ElectrodeXml.All(ElectrodeXml.Parse(text), "Electrode"))
        {
            var (name, radius) = (ElectrodeXml.Value(text, electrode, "Name"), ElectrodeXml.Number(text, electrode, "Radius"));
            if (radius <= 0)
            {
                layout.Remark($"'{name}' has no position.");
                continue;
            }

            millimetres |= radius != 1;
            layout.Add(name, SphericalAngles.FromThetaPhi(ElectrodeXml.Number(text, electrode, "Theta"), ElectrodeXml.Number(text, electrode, "Phi"), radius));
        }

        return layout.Build(text, Name, millimetres ? 1e-3 : null);
    }

    internal static bool IsXml(ElectrodeText head, string tag) =>
        head.Lines.FirstOrDefault(l => !string.IsNullOrWhiteSpace(l.Text)).Text?.TrimStart().StartsWith('<') == true && head.Lines.Any(l => l.Text.Contains(tag, StringComparison.Ordinal));
}
