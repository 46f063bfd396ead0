using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Philips;

/// <summary>The rhythm waveforms: base64, compressed (XLI) or not, lead after lead.</summary>
internal static class SierraRhythm
{
    private const int MostSamples = 16_000_000;
    private const int MostLeads = 64;
    private static readonly string[] Standard = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    public static (IReadOnlyList<Channel> Channels, ISampleSource Samples) Of(string path, XElement root, List<string> remarks)
    {
        var signal = root.All("signalcharacteristics").FirstOrDefault();
        var waveforms = root.All("parsedwaveforms").FirstOrDefault() ?? throw new MalformedFileException(path, null, "waveforms", "no <parsedwaveforms>", "one");
        var rate = signal?.Number("samplingrate") is > 0 and var r ? r : throw new MalformedFileException(path, null, "sampling rate", signal?.Text("samplingrate") ?? "none", "a number of Hz above 0");
        if (Attribute(waveforms, "dataencoding") is not (null or "Base64"))
        {
            throw new UnfitInputException($"{path}: waveforms are encoded as {Attribute(waveforms, "dataencoding")}, Base64 is read.");
        }

        var labels = LabelsOf(path, signal, waveforms);
        var bytes = Base64Samples.Bytes(path, "parsed waveforms", waveforms.Value.Trim());
        var stated = double.TryParse(Attribute(waveforms, "durationperchannel"), NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms >= 0 ? Math.Round(ms * rate / 1000) : (double?)null;
        if (stated * labels.Length > MostSamples)
        {
            throw new MalformedFileException(path, null, "duration per channel", FormattableString.Invariant($"{ms} ms"), FormattableString.Invariant($"at most {MostSamples} samples in all"));
        }

        var method = Attribute(waveforms, "compressmethod") ?? Attribute(waveforms, "compression") ?? "Uncompressed";
        var isXli = method.Equals("XLI", StringComparison.OrdinalIgnoreCase);
        if (!isXli && !method.Equals("Uncompressed", StringComparison.OrdinalIgnoreCase) && !method.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnfitInputException($"{path}: waveforms are compressed by {method}; XLI and uncompressed ones are read.");
        }

        var leads = isXli ? Xli.Decode(path, bytes, labels.Length, (int?)stated ?? (MostSamples / labels.Length)) : Split(path, bytes, labels.Length, (int?)stated);
        AugmentedLeads.Restore(labels, leads, isXli);
        return (Channels(labels, leads, rate, signal, remarks, out var gain), new MemorySamples([.. leads.Select(l => Array.ConvertAll(l, v => v * gain))]));
    }

    // The resolution is microvolts a step: the calibration pulse of 1 mV that some files end with has 200 steps at 5.
    private static Channel[] Channels(string[] labels, int[][] leads, double rate, XElement? signal, List<string> remarks, out double gain)
    {
        var resolution = signal?.Number("signalresolution");
        var isScaled = resolution is > 0;
        if (!isScaled)
        {
            remarks.Add("The file states no signal resolution: values are as stored, without a unit.");
        }

        var step = gain = isScaled ? resolution!.Value : 1;
        var filter = signal?.Text("signalbandwidth")?.Split('-') is [var high, var low] ? $"HP:{high.Trim()}Hz LP:{low.Trim()}Hz" : "";
        return
        [
            .. labels.Select((l, i) => new Channel(l, ChannelKind.Ecg, isScaled ? Unit.Microvolt : Unit.Unknown, rate, leads[i].Length)
            {
                Prefilter = filter,
                Calibration = new(step, 0, short.MinValue, short.MaxValue, short.MinValue * step, short.MaxValue * step),
            }),
        ];
    }

    private static string[] LabelsOf(string path, XElement? signal, XElement waveforms)
    {
        if (Attribute(waveforms, "leadlabels")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 and <= MostLeads } named)
        {
            var stated = int.TryParse(Attribute(waveforms, "numberofleads"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : named.Length;
            return named[..Math.Min(stated, named.Length)];
        }

        var count = signal?.Number("numberchannelsallocated") ?? signal?.Number("numberchannelsvalid");
        if (count is not (>= 1 and <= MostLeads))
        {
            throw new MalformedFileException(path, null, "number of channels", signal?.Text("numberchannelsallocated") ?? "none", FormattableString.Invariant($"1 to {MostLeads}"));
        }

        var isStandard = signal?.Text("acquisitiontype") is null or "STD-12" or "10-WIRE" || signal.Text("leadset") == "STD-12";
        return [.. Enumerable.Range(0, (int)count).Select(i => isStandard && i < Standard.Length ? Standard[i] : FormattableString.Invariant($"Channel {i + 1}"))];
    }

    private static int[][] Split(string path, byte[] bytes, int leads, int? stated)
    {
        var values = Base64Samples.Int16(bytes);
        var count = stated ?? (values.Length / leads);
        if ((long)count * leads > values.Length)
        {
            throw new MalformedFileException(path, null, "parsed waveforms", FormattableString.Invariant($"{values.Length} samples"), FormattableString.Invariant($"{count} of each of {leads} leads"));
        }

        return [.. Enumerable.Range(0, leads).Select(l => Array.ConvertAll(values[(l * count)..((l + 1) * count)], v => (int)v))];
    }

    private static string? Attribute(XElement element, string name) => ((string?)element.Attribute(name))?.Trim() is { Length: > 0 } text ? text : null;
}
