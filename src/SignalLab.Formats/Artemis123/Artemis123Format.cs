using System.Globalization;
using SignalLab.Formats.Numbers;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Artemis123;

/// <summary>Recordings of the Artemis123 infant MEG: numbers in <c>NAME.bin</c>, header in <c>NAME.txt</c>; either can be opened.</summary>
/// <remarks>Source: the format as MNE-Python documents it, <c>read_raw_artemis123</c>; the device: Roberts et al., Front Hum Neurosci 8 (2014) 99.</remarks>
public sealed class Artemis123Format : IFormat
{
    private const int GradiometerCoil = 7501, ReferenceMagnetometerCoil = 7502, ReferenceGradiometerCoil = 7503;
    private const int ReferenceMagnetometers = 6, References = 12;

    private static readonly Unit Femtotesla = Unit.Parse("fT");

    /// <inheritdoc/>
    public string Name => "Artemis123";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return ArtemisHeader.Begins(WordRows.Of(head))
            || (!head.IsDirectory && !head.IsGzip && head.Path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) && HeaderOf(head.Path) is { } header && ArtemisHeader.Begins(WordRows.Of(FileHead.Of(header))));
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var isHeader = ArtemisHeader.Begins(WordRows.Of(FileHead.Of(path)));
        var headerPath = isHeader ? path : HeaderOf(path) ?? throw new MalformedFileException(path, null, "header", "no .txt of that name beside it", "the header of an Artemis123 recording");
        var header = ArtemisHeader.Read(headerPath);
        var stem = Stem(path);
        var dataPath = isHeader ? SiblingFile.Find(stem, ".bin") ?? throw new MalformedFileException(path, null, "samples", "no .bin of that name beside it", "the recording's samples") : path;
        var bytes = ByteSource.OpenAsIs(dataPath);
        var frame = 4L * header.Channels.Count;
        var count = header.SampleCount ?? bytes.Length / frame;
        bytes.Require(0, count > bytes.Length ? -1 : count * frame, "samples");
        var remarks = header.Remarks.ToList();
        if (bytes.Length != count * frame)
        {
            remarks.Add(FormattableString.Invariant($"The header states {count} samples, {Path.GetFileName(dataPath)} holds {bytes.Length / (double)frame:0.##}: those stated are read."));
        }

        Channel[] channels = [.. header.Channels.Select(c => ToChannel(c, header.RateHz, count))];
        var table = new NumberTable(NumberType.Float32, channels.Length, IsBigEndian: true);
        var (fiducials, headShape) = ArtemisDigitiser.Read(SiblingFile.Find(stem, ".pos"));
        var recording = new Recording(channels, new NumberSamples(bytes, table, 0, count, [.. header.Channels.Select((c, i) => new NumberColumn(i, c.Scale == 0 ? 1 : c.Scale))]))
        {
            Start = StartOf(stem),
            Subject = header.Fields.GetValueOrDefault("Subject ID") is { Length: > 0 } id ? Subject.Unknown with { Id = id } : Subject.Unknown,
            Comments = [.. new[] { "Project Name", "Purpose", "Notes" }.Where(k => header.Fields.GetValueOrDefault(k) is { Length: > 0 }).Select(k => $"{k}: {header.Fields[k]}"), .. header.Comments],
            Fiducials = fiducials,
            HeadShape = headShape,
            Remarks = remarks,
            Provenance = isHeader ? Provenance.OfFile(path, Name) : Provenance.OfFile(dataPath, Name),
        };
        return new Study { Recordings = [recording], Format = Name };
    }

    private static Channel ToChannel(ArtemisChannel channel, double rateHz, long count)
    {
        var number = channel.Name.StartsWith("REF_", StringComparison.Ordinal) && int.TryParse(channel.Name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var (kind, unit, coil) = channel.Name[..Math.Min(3, channel.Name.Length)] switch
        {
            // The difference of two coils, in tesla: not divided by their distance.
            "MEG" => (ChannelKind.Mag, Femtotesla, GradiometerCoil),
            "REF" when number is >= 1 and <= References => (ChannelKind.RefMeg, Femtotesla, number <= ReferenceMagnetometers ? ReferenceMagnetometerCoil : ReferenceGradiometerCoil),
            "TRG" => (ChannelKind.Stim, Unit.Volt, 0),
            "REF" or "AUX" or "MIO" => (ChannelKind.Misc, Unit.Volt, 0),
            _ => (ChannelKind.Misc, Unit.Unknown, 0),
        };
        var sensor = coil == 0 ? null : ArtemisCoils.Of(channel.Name, coil);
        return new(channel.Name, kind, channel.Scale == 0 ? Unit.Unknown : unit, rateHz, count)
        {
            Sensor = sensor,
            Frame = sensor is null ? null : Frame.Device,
            IsBad = channel.IsLocked || channel.Scale == 0 || (kind == ChannelKind.Misc && number > 0),
        };
    }

    // The scanner names its files Artemis_Data_YYYY-MM-DD-HHh-MMm_….
    private static DateTime? StartOf(string stem) =>
        Path.GetFileName(stem).Split('_') is { Length: > 2 } parts && DateTime.TryParseExact(parts[2], "yyyy-MM-dd-HH'h'-mm'm'", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) ? start : null;

    private static string? HeaderOf(string path) => SiblingFile.Find(Stem(path), ".txt");

    private static string Stem(string path) => Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
}
