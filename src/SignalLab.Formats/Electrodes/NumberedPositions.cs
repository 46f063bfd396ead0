using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Numbered Cartesian positions (.xyz): number x y z name a row, no unit.</summary>
internal sealed class NumberedPositions() : ElectrodeFormat("numbered .xyz")
{
    protected override bool Recognises(ElectrodeText head) => AllRows(head, r => r.Length == 5 && AreNumbers(r.AsSpan(0, 4)) && !r[0].Contains('.'));

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            if (words.Length < 5)
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "number x y z name");
            }

            layout.Add(string.Join(' ', words[4..]), Point(text, row, words.AsSpan(1, 3)));
        }

        return layout.Build(text, Name, null);
    }
}
