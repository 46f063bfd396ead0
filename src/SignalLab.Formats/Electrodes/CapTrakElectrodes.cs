using System.Xml.Linq;
using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>CapTrak digitisations (.bvct): Name, X, Y, Z in millimetres a position; Nasion, LPA and RPA are the fiducials.</summary>
internal sealed class CapTrakElectrodes() : ElectrodeFormat("CapTrak .bvct")
{
    protected override bool Recognises(ElectrodeText head) => BrainVisionElectrodes.IsXml(head, "<CapTrakElectrodeList");

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var electrode in ElectrodeXml.All(ElectrodeXml.Parse(text), "CapTrakElectrodeList").Elements())
        {
            var position = new Point3(ElectrodeXml.Number(text, electrode, "X"), ElectrodeXml.Number(text, electrode, "Y"), ElectrodeXml.Number(text, electrode, "Z"));
            layout.AddOrFiducial(ElectrodeXml.Value(text, electrode, "Name"), position);
        }

        return layout.Build(text, Name, 1e-3);
    }
}
