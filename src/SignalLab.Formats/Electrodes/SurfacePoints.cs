using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>BESA and EGI surface points (.sfp): name x y z a row, no unit; FidNz, FidT9, FidT10 are the fiducials.</summary>
internal sealed class SurfacePoints() : ElectrodeFormat("BESA/EGI .sfp")
{
    protected override bool Recognises(ElectrodeText head) => AllRows(head, r => r.Length == 4 && IsName(r[0]) && AreNumbers(r.AsSpan(1)));

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            if (words.Length < 4)
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "name x y z");
            }

            var position = Point(text, row, words.AsSpan(^3));
            var name = string.Join(' ', words[..^3]);
            if (!name.Equals("headshape", StringComparison.OrdinalIgnoreCase))
            {
                layout.AddOrFiducial(name, position);
            }
        }

        return layout.Build(text, Name, null);
    }
}
