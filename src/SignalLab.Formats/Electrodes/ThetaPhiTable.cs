using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Cap tables of EASYCAP, BioSemi and Brain Products (.txt): a header that names site, theta and phi, then angles in degrees.</summary>
internal sealed class ThetaPhiTable() : ElectrodeFormat("theta/phi text")
{
    protected override bool Recognises(ElectrodeText head) => head.Rows.FirstOrDefault() is { Text: not null } first && Columns(first) is not null;

    protected override Study Read(ElectrodeText text)
    {
        var header = text.Rows.FirstOrDefault();
        if (header.Text is null || Columns(header) is not { } columns)
        {
            throw text.Fault("header", "no theta and phi", "the columns site, theta, phi");
        }

        var layout = new LayoutBuilder();
        foreach (var row in text.Rows.Skip(1))
        {
            var words = row.Words;
            if (words.Length <= Math.Max(columns.Theta, columns.Phi))
            {
                throw text.Fault(row, "electrode", $"'{row.Text}'", "site theta phi");
            }

            layout.AddOrFiducial(words[columns.Name], SphericalAngles.FromThetaPhi(text.Number(row, words[columns.Theta], "theta"), text.Number(row, words[columns.Phi], "phi")));
        }

        return layout.Build(text, Name, null);
    }

    private static (int Name, int Theta, int Phi)? Columns(TextLine header)
    {
        var words = header.Words;
        var (name, theta, phi) = (Find(words, "site", "name", "label", "labels", "electrode", "channel"), Find(words, "theta", "inclination"), Find(words, "phi", "azimuth"));
        return name >= 0 && theta >= 0 && phi >= 0 && Find(words, "x") < 0 ? (name, theta, phi) : null;
    }

    private static int Find(string[] words, params string[] names) => Array.FindIndex(words, w => names.Contains(w, StringComparer.OrdinalIgnoreCase));
}
