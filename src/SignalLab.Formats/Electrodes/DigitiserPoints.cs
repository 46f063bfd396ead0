using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Digitiser points of the MNE C tools (.hpts): category, identifier, x y z in millimetres; categories cardinal, hpi, eeg, extra.</summary>
internal sealed class DigitiserPoints() : ElectrodeFormat("digitiser points .hpts")
{
    private static readonly string[] Categories = ["cardinal", "hpi", "eeg", "extra"];

    protected override bool Recognises(ElectrodeText head) => AllRows(head, r => r.Length == 5 && Categories.Contains(r[0], StringComparer.Ordinal) && AreNumbers(r.AsSpan(2)));

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            if (words.Length != 5 || !Categories.Contains(words[0], StringComparer.OrdinalIgnoreCase))
            {
                throw text.Fault(row, "point", $"'{row.Text}'", "cardinal, hpi, eeg or extra, then identifier x y z");
            }

            var position = Point(text, row, words.AsSpan(2));
            switch (words[0].ToUpperInvariant())
            {
                case "EEG":
                    layout.Add(words[1], position);
                    break;
                case "CARDINAL":
                    layout.AddFiducial(Cardinal(words[1]), position);
                    break;
            }
        }

        return layout.Build(text, Name, 1e-3);
    }

    // FIFF numbers its cardinal points 1 left, 2 nasion, 3 right.
    private static string Cardinal(string identifier) => identifier switch { "1" => "lpa", "2" => "nasion", "3" => "rpa", _ => identifier };
}
