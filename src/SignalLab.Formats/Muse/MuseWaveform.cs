using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Muse;

/// <summary>One waveform: the stored leads and, where I and II are among them, the limb leads that follow from these.</summary>
internal sealed record MuseWaveform(string Title, IReadOnlyList<Channel> Channels, ISampleSource Samples, IReadOnlyList<string> Remarks)
{
    private const int MostSamples = 16_000_000;

    public bool IsRhythm => Title.Equals("Rhythm", StringComparison.OrdinalIgnoreCase);

    public static MuseWaveform Of(string path, XElement waveform)
    {
        var title = waveform.Text("WaveformType") ?? "Waveform";
        var rate = (waveform.Number("SampleBase") ?? 0) * Math.Pow(10, waveform.Number("SampleExponent") ?? 0);
        if (!(rate > 0 && double.IsFinite(rate)))
        {
            throw new MalformedFileException(path, null, $"sample base of {title}", waveform.Text("SampleBase") ?? "none", "a number of samples a second above 0");
        }

        var (channels, samples, remarks) = (new List<Channel>(), new List<double[]>(), new List<string>());
        var prefilter = PrefilterOf(waveform);
        foreach (var lead in waveform.Children("LeadData"))
        {
            var (channel, values) = LeadOf(path, lead, rate, prefilter, remarks);
            channels.Add(channel);
            samples.Add(values);
            if (samples.Sum(s => (long)s.Length) > MostSamples)
            {
                throw new MalformedFileException(path, null, $"leads of {title}", "more samples", FormattableString.Invariant($"at most {MostSamples}"));
            }
        }

        if (LimbLeads.AddTo(channels, samples))
        {
            remarks.Add("III, aVR, aVL and aVF are computed from I and II (Einthoven, Goldberger); the file stores the independent leads only.");
        }

        return new(title, channels, new MemorySamples(samples), remarks);
    }

    private static (Channel Channel, double[] Values) LeadOf(string path, XElement lead, double rate, string prefilter, List<string> remarks)
    {
        var label = lead.Text("LeadID") ?? "?";
        if (lead.Number("LeadSampleSize") is not (null or 2))
        {
            throw new UnfitInputException($"{path}: lead {label} has samples of {lead.Text("LeadSampleSize")} bytes, samples of 2 bytes are read.");
        }

        var bytes = Base64Samples.Bytes(path, $"waveform of {label}", lead.Text("WaveFormData") ?? "");
        var stored = Base64Samples.Int16(bytes);
        var count = lead.Number("LeadSampleCountTotal") is >= 0 and var stated ? stated : stored.Length;
        if (count > stored.Length)
        {
            throw new MalformedFileException(path, null, $"waveform of {label}", FormattableString.Invariant($"{stored.Length} samples"), FormattableString.Invariant($"{count}, as the lead states"));
        }

        if (uint.TryParse(lead.Text("LeadDataCRC32"), out var sum) && sum != 0 && sum != Crc32.Of(bytes))
        {
            remarks.Add($"The checksum of lead {label} is not that of its samples: the file was changed after it was written.");
        }

        var (gain, unit) = (lead.Number("LeadAmplitudeUnitsPerBit") ?? 1, UnitOf(lead));
        if (!unit.IsKnown || lead.Number("LeadAmplitudeUnitsPerBit") is null)
        {
            remarks.Add($"Lead {label} states no scale in volts: its values are as stored.");
        }

        var values = new double[(int)count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored[i] * gain;
        }

        return (
            new(label, ChannelKind.Ecg, unit, rate, values.Length)
            {
                Prefilter = prefilter,
                Calibration = gain == 0 ? null : new(gain, 0, short.MinValue, short.MaxValue, short.MinValue * gain, short.MaxValue * gain),
            },
            values);
    }

    private static Unit UnitOf(XElement lead) => lead.Text("LeadAmplitudeUnits")?.ToUpperInvariant() switch
    {
        "MICROVOLTS" => Unit.Microvolt,
        "MILLIVOLTS" => Unit.Millivolt,
        var other => Unit.Parse(other),
    };

    // The high-pass filter is given in hundredths of a hertz.
    private static string PrefilterOf(XElement waveform)
    {
        var parts = new List<string>();
        if (waveform.Number("HighPassFilter") is { } high)
        {
            parts.Add(FormattableString.Invariant($"HP:{high / 100}Hz"));
        }

        if (waveform.Number("LowPassFilter") is { } low)
        {
            parts.Add(FormattableString.Invariant($"LP:{low}Hz"));
        }

        if (waveform.Number("ACFilter") is > 0 and var notch)
        {
            parts.Add(FormattableString.Invariant($"N:{notch}Hz"));
        }

        return string.Join(' ', parts);
    }
}
