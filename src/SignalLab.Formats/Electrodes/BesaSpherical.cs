using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>BESA spherical angles (.elp): kind, name, inclination, azimuth in degrees, and a radius where it is not a sphere.</summary>
internal sealed class BesaSpherical() : ElectrodeFormat("BESA .elp")
{
    private static readonly string[] Kinds = ["EEG", "REF", "GND", "SCP", "POL", "FID", "EOG", "ECG", "EMG", "ICR", "MISC", "OTH", "POS"];

    protected override bool Recognises(ElectrodeText head) => AllRows(head, r => Start(r) is var s && r.Length - s is 2 or 3 && s > 0 && IsName(r[s - 1]) && AreNumbers(r.AsSpan(s)) && (s == 2 || r.Length == 3));

    protected override Study Read(ElectrodeText text)
    {
        var layout = new LayoutBuilder();
        foreach (var row in text.Rows)
        {
            var words = row.Words;
            var angles = Start(words);
            if (words.Length - angles < 2)
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "kind name inclination azimuth");
            }

            var radius = words.Length - angles > 2 ? text.Number(row, words[angles + 2], "radius") : 1;
            var position = SphericalAngles.FromThetaPhi(text.Number(row, words[angles], "inclination"), text.Number(row, words[angles + 1], "azimuth"), radius);
            layout.AddOrFiducial(words[angles - 1], position);
        }

        return layout.Build(text, Name, null);
    }

    // Where the angles begin: after kind and name, or after the name alone.
    private static int Start(string[] words) => words.Length > 3 && Kinds.Contains(words[0], StringComparer.Ordinal) ? 2 : 1;
}
