using System.Globalization;
using SignalLab.Formats.Labels;
using SignalLab.Formats.Numbers;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Persyst;

/// <summary>The channels of a recording and their samples: interleaved integers of one scale, in microvolts.</summary>
/// <param name="Channels">The channels of the map.</param>
/// <param name="Samples">Their samples.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="SampleCount">Samples a channel.</param>
internal sealed record PersystWaveforms(IReadOnlyList<Channel> Channels, NumberSamples Samples, double RateHz, long SampleCount)
{
    private const string Info = "FileInfo";

    private const string Map = "ChannelMap";

    private const int MostWaveforms = 65536;

    /// <summary>Reads what the layout says and finds the samples.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">The layout is damaged, or the file of samples is not beside it.</exception>
    public static PersystWaveforms Of(SectionedText text, List<string> remarks)
    {
        if (text.Value(Info, "FileType") is { } kind && !kind.Equals("Interleaved", StringComparison.OrdinalIgnoreCase))
        {
            throw text.Fault(Info, "FileType", "\"Interleaved\"");
        }

        var rate = Number(text, "SamplingRate", 0, double.MaxValue);
        var calibration = Number(text, "Calibration", double.MinValue, double.MaxValue);
        var waveforms = (int)Number(text, "WaveformCount", 1, MostWaveforms, isWhole: true);
        var header = text.Value(Info, "HeaderLength") is null ? 0 : (long)Number(text, "HeaderLength", 0, long.MaxValue / 2, isWhole: true);
        var type = text.Value(Info, "DataType") switch
        {
            "0" => NumberType.Int16,
            "7" => NumberType.Int32,
            _ => throw text.Fault(Info, "DataType", "0 (16-bit) or 7 (32-bit integers)"),
        };
        if (rate <= 0)
        {
            throw text.Fault(Info, "SamplingRate", "a positive number of Hz");
        }

        var bytes = ByteSource.OpenAsIs(Locate(text, remarks));
        var table = new NumberTable(type, waveforms);
        bytes.Require(0, header, "header");
        var count = (bytes.Length - header) / table.FrameBytes;
        if ((bytes.Length - header) % table.FrameBytes is not 0 and var spare)
        {
            remarks.Add(FormattableString.Invariant($"The file of samples ends with {spare} bytes that are no whole sample of {waveforms} channels; they are left out."));
        }

        var most = type == NumberType.Int16 ? short.MaxValue : int.MaxValue;
        var scale = new Calibration(calibration, 0, -most - 1L, most, calibration * (-most - 1L), calibration * most);
        (string Label, int Column)[] map = [.. Columns(text, waveforms)];
        if (map.Length < waveforms)
        {
            remarks.Add(FormattableString.Invariant($"The map names {map.Length} of {waveforms} stored channels; the others are left out."));
        }

        return new(
            [.. map.Select(c => new Channel(c.Label, KindOf(c.Label), Unit.Microvolt, rate, count) { Calibration = scale })],
            new NumberSamples(bytes, table, header, count, [.. map.Select(c => new NumberColumn(c.Column, calibration))]),
            rate, count);
    }

    private static double Number(SectionedText text, string key, double least, double most, bool isWhole = false) =>
        double.TryParse(text.Value(Info, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most && (!isWhole || value == Math.Floor(value))
            ? value
            : throw text.Fault(Info, key, isWhole ? FormattableString.Invariant($"a whole number from {least} to {most}") : "a number");

    // Layouts keep the path of the system that wrote them: the file is looked for beside the layout only.
    private static string Locate(SectionedText text, List<string> remarks)
    {
        var stated = text.Value(Info, "File") ?? throw text.Fault(Info, "File", "the name of the file of samples");
        var parts = stated.Split('/', '\\');
        if (parts.Contains(".."))
        {
            throw text.Fault(Info, "File", "a file beside the layout");
        }

        if (CompanionFile.Find(text.Path, parts[^1], $"[{Info}] File") is { } found)
        {
            return found;
        }

        var renamed = Path.ChangeExtension(text.Path, ".dat");
        if (!File.Exists(renamed))
        {
            throw text.Fault(Info, "File", "the file of samples beside the layout");
        }

        remarks.Add($"The layout names its samples \"{parts[^1]}\", which is not there; \"{Path.GetFileName(renamed)}\" was taken.");
        return renamed;
    }

    // NAME=NUMBER, the number of its column counted from 1.
    private static IEnumerable<(string Label, int Column)> Columns(SectionedText text, int waveforms)
    {
        var any = false;
        foreach (var line in text[Map].Where(l => l.Text.Trim().Length > 0))
        {
            var at = line.Text.LastIndexOf('=');
            if (at < 0 || !int.TryParse(line.Text[(at + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > waveforms)
            {
                throw new MalformedFileException(text.Path, line.Offset, Map, $"\"{line.Text}\"", FormattableString.Invariant($"NAME=NUMBER, the number from 1 to {waveforms}"));
            }

            any = true;
            yield return (line.Text[..at].Trim(), number - 1);
        }

        if (!any)
        {
            throw new MalformedFileException(text.Path, null, Map, "nothing", "the names of the channels");
        }
    }

    // By name where it says so; the others are electrodes, on the scalp or inside.
    private static ChannelKind KindOf(string label)
    {
        var name = label.StartsWith("POL ", StringComparison.OrdinalIgnoreCase) ? label[4..] : label;
        name = name.EndsWith("-Ref", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        return ChannelLabels.Of(name, Unit.Microvolt, _ => true) is not ChannelKind.Other and var kind ? kind : ChannelKind.Eeg;
    }
}
