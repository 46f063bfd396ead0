using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Nirx;

/// <summary>A recording from its header and the files beside it.</summary>
internal static partial class NirxRecording
{
    private const int MostOptodes = 4096;

    /// <summary>Opens the recording of a header.</summary>
    /// <param name="path">The header.</param>
    /// <exception cref="MalformedFileException">It is damaged, or a file it needs is missing.</exception>
    public static Recording Open(string path)
    {
        var header = NirxHeader.Read(path);
        var remarks = new List<string>();
        var rate = header.Number("SamplingRate", "Sampling rate");
        var wavelengths = NirxHeader.Numbers(header["Wavelengths"] ?? throw header.Fault("Wavelengths", "nothing", "the wavelengths in nm"));
        if (wavelengths.Length is 0 or > 16)
        {
            throw header.Fault("Wavelengths", $"\"{header["Wavelengths"]}\"", "one to sixteen wavelengths in nm");
        }

        var (all, wanted) = Pairs(header);
        var tables = new AsciiTable[wavelengths.Length];
        for (var w = 0; w < tables.Length; w++)
        {
            var beside = Path.ChangeExtension(path, FormattableString.Invariant($".wl{w + 1}"));
            tables[w] = File.Exists(beside)
                ? AsciiTable.Of(ByteSource.OpenAsIs(beside), new AsciiLayout(all.Count))
                : throw header.Fault("light intensities", $"no file {Path.GetFileName(beside)}", "a file for each wavelength beside the header");
            if (tables[w].Count != tables[0].Count)
            {
                throw header.Fault("light intensities", FormattableString.Invariant($"{tables[0].Count} and {tables[w].Count} samples"), "as many at each wavelength");
            }
        }

        var probe = NirxProbe.Beside(path, remarks);
        var channels = wanted.SelectMany(pair => wavelengths.Select((nm, w) => (Pair: pair, Nm: nm, Table: w))).ToArray();
        var start = header.Start();
        if (start is null && header["Date"] is { } date)
        {
            remarks.Add($"The date \"{date}\" cannot be read.");
        }

        var subject = Path.ChangeExtension(path, ".inf") is var inf && File.Exists(inf) && new FileInfo(inf).Length > 0 ? NirxHeader.Read(inf) : null;
        return new Recording(
            [.. channels.Select(c => ChannelOf(c.Pair, c.Nm, rate, tables[0].Count, probe))],
            new NirxSamples([.. tables.Select(t => new AsciiSamples(t, t.Count, [.. Enumerable.Repeat(1.0, all.Count)]))], [.. channels.Select(c => (c.Table, c.Pair.Column))]))
        {
            Annotations = Events(path, rate, header),
            Start = start,
            Subject = new Subject(header["Subject"], subject?["Gender"]?.ToUpperInvariant() switch { "M" or "MALE" => "M", "F" or "FEMALE" => "F", _ => null }, double.TryParse(subject?["Age"], CultureInfo.InvariantCulture, out var age) && age > 0 ? age : null)
            {
                Name = subject?["Name"],
            },
            Comments = [.. ((string[])["Device", "NIRStar", "Notes"]).Where(k => header[k] is not null && header[k] != "[Type notes here]").Select(k => $"{k}: {header[k]}")],
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, "NIRx"),
        };
    }

    private static Channel ChannelOf((int Source, int Detector, int Column) pair, double nm, double rate, long count, NirxProbe probe)
    {
        Point3? At(IReadOnlyList<Point3> places, int number) => number >= 1 && number <= places.Count ? places[number - 1] : null;
        var name = FormattableString.Invariant($"S{pair.Source}_D{pair.Detector} {nm}");
        var (source, detector) = (At(probe.Sources, pair.Source), At(probe.Detectors, pair.Detector));
        var sensor = source is { } s && detector is { } d ? new Sensor(name, 0.5 * (s + d)) : null;
        return new Channel(name, ChannelKind.Nirs, Unit.Volt, rate, count)
        {
            Sensor = sensor,
            Frame = sensor is null ? null : Frame.Mni,
            Light = new LightPath(FormattableString.Invariant($"S{pair.Source}"), FormattableString.Invariant($"D{pair.Detector}"), nm) { SourceMetres = source, DetectorMetres = detector },
        };
    }

    // All pairs of the data files, and those that the mask wants.
    private static (List<(int, int, int)> All, List<(int Source, int Detector, int Column)> Wanted) Pairs(NirxHeader header)
    {
        var key = header["S-D-Key"] ?? throw header.Fault("S-D-Key", "nothing", "the pairs of source and detector");
        var all = Pair().Matches(key).Select(m => (Source: Number(m.Groups[1]), Detector: Number(m.Groups[2]), Column: Number(m.Groups[3]) - 1)).ToList();
        if (all.Count is 0 or > MostOptodes || all.Any(p => p.Column < 0 || p.Column >= all.Count || p.Source is < 1 or > MostOptodes || p.Detector is < 1 or > MostOptodes))
        {
            throw header.Fault("S-D-Key", FormattableString.Invariant($"{all.Count} pairs"), "source-detector:column for each column");
        }

        var mask = header.Table("S-D-Mask");
        var wanted = mask.Length == 0 ? all : all.Where(p => p.Source <= mask.Length && p.Detector <= mask[p.Source - 1].Length && mask[p.Source - 1][p.Detector - 1] != 0).ToList();
        return (all.Select(p => (p.Source, p.Detector, p.Column)).ToList(), wanted.OrderBy(p => p.Source).ThenBy(p => p.Detector).ToList());

        static int Number(Group text) => int.TryParse(text.ValueSpan, CultureInfo.InvariantCulture, out var value) ? value : -1;
    }

    // Rows of sample and lines of the trigger port, the first line counting 1; the header repeats them with their times rounded.
    private static Annotation[] Events(string path, double rate, NirxHeader header)
    {
        var beside = Path.ChangeExtension(path, ".evt");
        if (!File.Exists(beside))
        {
            return [.. header.Table("Events").Where(r => r.Length >= 3).Select(r => new Annotation(r[2] / rate, 0, r[1].ToString(CultureInfo.InvariantCulture)))];
        }

        var bytes = ByteSource.OpenAsIs(beside);
        var text = System.Text.Encoding.Latin1.GetString(bytes.Read(0, Math.Min(bytes.Length, 64_000_000), "events"));
        return
        [
            .. text.Split('\n').Select(NirxHeader.Numbers).Where(r => r.Length > 1).Select(r =>
                new Annotation(r[0] / rate, 0, r.Skip(1).Take(16).Select((bit, i) => bit != 0 ? 1 << i : 0).Sum().ToString(CultureInfo.InvariantCulture))),
        ];
    }

    [GeneratedRegex(@"(\d+)-(\d+):(\d+)")]
    private static partial Regex Pair();
}
