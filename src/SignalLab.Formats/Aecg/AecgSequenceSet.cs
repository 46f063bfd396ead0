using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>Sequences that were sampled together: a time base and the leads over it.</summary>
/// <param name="Channels">The leads.</param>
/// <param name="Samples">Their values, origin + digit × scale.</param>
/// <param name="Clock">When sample 0 was taken.</param>
internal sealed record AecgSequenceSet(IReadOnlyList<Channel> Channels, ISampleSource Samples, AecgClock Clock)
{
    private const int MostSamples = 16_000_000;

    public static AecgSequenceSet? Of(string path, XElement set, string prefilter)
    {
        var sequences = set.Children("component").SelectMany(c => c.Children("sequence")).ToList();
        var timeBase = sequences.FirstOrDefault(s => TypeOf(s).StartsWith("GLIST", StringComparison.Ordinal))?.Child("value");
        var leads = sequences.Where(s => TypeOf(s).StartsWith("SLIST", StringComparison.Ordinal)).ToList();
        if (leads.Count == 0)
        {
            return null;
        }

        var increment = AecgQuantity.Of(timeBase?.Child("increment"))?.Seconds;
        if (timeBase is null || increment is not > 0)
        {
            throw new MalformedFileException(path, null, "time sequence", timeBase is null ? "none in a sequence set" : "no increment above 0 s", "a GLIST with a head and an increment in seconds");
        }

        var rate = 1 / increment.Value;
        rate = Math.Abs(rate - Math.Round(rate)) < 1e-9 * rate ? Math.Round(rate) : rate;
        var channels = new List<Channel>();
        var samples = new List<double[]>();
        foreach (var lead in leads)
        {
            var (channel, values) = LeadOf(path, lead, rate, prefilter, channels.Count);
            channels.Add(channel);
            samples.Add(values);
        }

        var head = timeBase.Child("head");
        var clock = new AecgClock(Hl7Time.Parse(TypeIs(timeBase, "GLIST_TS") ? (string?)head?.Attribute("value") : null), AecgQuantity.Of(head)?.Seconds ?? 0, channels.Max(c => c.SampleCount) / rate);
        return new(channels, new MemorySamples(samples), clock);
    }

    private static (Channel Channel, double[] Values) LeadOf(string path, XElement sequence, double rate, string prefilter, int index)
    {
        var value = sequence.Child("value")!;
        var code = sequence.Child("code");
        var label = (string?)code?.Attribute("code") ?? (string?)code?.Attribute("displayName") ?? FormattableString.Invariant($"sequence {index + 1}");
        var digits = Digits(path, label, value.Child("digits")?.Value ?? "");
        var scale = AecgQuantity.Of(value.Child("scale")) ?? new(1, Unit.Unknown);
        var origin = AecgQuantity.Of(value.Child("origin")) ?? new(0, scale.Unit);
        var offset = origin.Unit.ConvertsTo(scale.Unit) ? origin.Unit.Convert(origin.Value, scale.Unit) : origin.Value;
        var isStep = digits.All(d => d == Math.Floor(d) && Math.Abs(d) <= short.MaxValue);
        for (var i = 0; i < digits.Length; i++)
        {
            digits[i] = (digits[i] * scale.Value) + offset;
        }

        var isEcg = label.StartsWith("MDC_ECG", StringComparison.OrdinalIgnoreCase) || scale.Unit.ConvertsTo(Unit.Volt);
        return (
            new(label, isEcg ? ChannelKind.Ecg : ChannelKind.Other, scale.Unit, rate, digits.Length)
            {
                Prefilter = prefilter,
                Calibration = isStep && scale.Value != 0
                    ? new(scale.Value, offset, short.MinValue, short.MaxValue, (short.MinValue * scale.Value) + offset, (short.MaxValue * scale.Value) + offset)
                    : null,
            },
            digits);
    }

    private static double[] Digits(string path, string label, ReadOnlySpan<char> text)
    {
        var values = new List<double>(text.Length / 4);
        foreach (var range in text.SplitAny(' ', '\t', '\r', '\n'))
        {
            var word = text[range];
            if (word.IsEmpty)
            {
                continue;
            }

            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) || values.Count == MostSamples)
            {
                throw new MalformedFileException(path, null, $"digits of {label}", $"\"{word[..Math.Min(40, word.Length)]}\"", values.Count == MostSamples ? FormattableString.Invariant($"at most {MostSamples} digits") : "a number");
            }

            values.Add(value);
        }

        return [.. values];
    }

    private static string TypeOf(XElement sequence) => sequence.Child("value") is { } value ? Type(value) : "";

    private static bool TypeIs(XElement value, string type) => Type(value) == type;

    private static string Type(XElement value) => (value.Attributes().FirstOrDefault(a => a.Name.LocalName == "type")?.Value ?? "").Split(':')[^1].Trim();
}

/// <summary>When a sequence set was sampled.</summary>
/// <param name="Start">Wall clock at its first sample, or null where it has a relative time only.</param>
/// <param name="HeadSeconds">Relative time of its first sample.</param>
/// <param name="DurationSeconds">Its length.</param>
internal readonly record struct AecgClock(DateTime? Start, double HeadSeconds, double DurationSeconds);
