using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>CSD Toolbox tables (.csd): name, theta, phi, radius, x, y, z and the distance from the sphere, on a unit sphere; comments begin with two slashes.</summary>
internal sealed class CsdToolboxElectrodes() : ElectrodeFormat("CSD Toolbox .csd")
{
    protected override bool Recognises(ElectrodeText head) => AllRows(head, r => r.Length is 7 or 8 && AreNumbers(r.AsSpan(1)));

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            if (words.Length is not (7 or 8))
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "name theta phi radius x y z off-sphere");
            }

            layout.Add(words[0], Point(text, row, words.AsSpan(4, 3)));
        }

        return layout.Build(text, Name, null);
    }
}
