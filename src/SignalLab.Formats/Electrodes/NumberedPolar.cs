using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>EEGLAB polar positions (.loc, .locs, .eloc): number, angle from the nose clockwise, arc with 0.5 at the equator, name.</summary>
internal sealed class NumberedPolar() : ElectrodeFormat("EEGLAB .locs")
{
    protected override bool Recognises(ElectrodeText head) => AllRows(head, r =>
        r.Length == 4 && AreNumbers(r.AsSpan(0, 3)) && !r[0].Contains('.') && ElectrodeText.TryNumber(r[2], out var arc) && arc is >= 0 and <= 1);

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            if (words.Length < 4)
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "number angle arc name");
            }

            layout.Add(string.Join(' ', words[3..]), SphericalAngles.FromPolar(text.Number(row, words[1], "angle"), text.Number(row, words[2], "arc")));
        }

        return layout.Build(text, Name, null);
    }
}
