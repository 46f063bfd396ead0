using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Prints the header of an EDF+ or BDF+ file.</summary>
internal static class EdfHeaderWriter
{
    private static readonly DateTime Anonymous = new(1985, 1, 1);

    public static byte[] Print(Recording recording, EdfRecordPlan plan, EdfScale[] scales, int annotationSamples, bool is24Bit, List<Loss> losses)
    {
        var family = is24Bit ? "BDF" : "EDF";
        var channels = recording.Channels;
        var signals = channels.Count + 1;
        var bytes = new List<byte>(256 * (signals + 1));
        var start = recording.Start ?? Anonymous;
        void Put(string text, int width, string field) => bytes.AddRange(Field(text, width, field, losses));
        void Each(Func<int, string> channel, string annotations, int width, string field)
        {
            for (var c = 0; c < channels.Count; c++)
            {
                Put(channel(c), width, $"{field} of '{channels[c].Label}'");
            }

            Put(annotations, width, field);
        }

        if (is24Bit)
        {
            bytes.Add(0xFF);
            bytes.AddRange("BIOSEMI"u8);
        }
        else
        {
            Put("0", 8, "version");
        }

        Put(EdfPatient.Print(recording.Subject, 80, out var isCut), 80, "patient");
        if (isCut)
        {
            losses.Add(new(Aspect.Subject, "The patient's code or name is cut to the 80 bytes of the patient field."));
        }

        Put($"Startdate {(recording.Start is { } known ? EdfClock.Print(DateOnly.FromDateTime(known)) : "X")} X X X", 80, "recording");
        Put(start.ToString("dd.MM.yyHH.mm.ss", CultureInfo.InvariantCulture), 16, "start");
        Put(Whole(256 * (signals + 1)), 8, "header bytes");
        Put($"{family}+{(recording.Segments.Count > 1 ? 'D' : 'C')}", 44, "reserved");
        Put(Whole(plan.RecordCount), 8, "number of data records");
        Put(EdfNumber.Print(plan.RecordSeconds), 8, "duration of a data record");
        Put(Whole(signals), 4, "number of signals");

        var (low, high) = EdfWidth.Limits(is24Bit);
        Each(c => Label(channels[c].Label), $"{family} Annotations", 16, "label");
        Each(c => channels[c].Transducer, "", 80, "transducer");
        Each(c => Dimension(channels[c], scales[c].Unit), "", 8, "unit");
        Each(c => EdfNumber.Print(scales[c].PhysicalMinimum), "-1", 8, "physical minimum");
        Each(c => EdfNumber.Print(scales[c].PhysicalMaximum), "1", 8, "physical maximum");
        Each(c => Whole(scales[c].DigitalMinimum), Whole(low), 8, "digital minimum");
        Each(c => Whole(scales[c].DigitalMaximum), Whole(high), 8, "digital maximum");
        Each(c => channels[c].Prefilter, "", 80, "prefilter");
        Each(c => Whole(plan.SamplesPerRecord[c]), Whole(annotationSamples), 8, "samples per record");
        Each(_ => "", "", 32, "reserved");
        return [.. bytes];
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Label(string label) =>
        Encoding.UTF8.GetByteCount(label) > 16 ? throw new UnfitInputException($"Channel '{label}' has a name of {Encoding.UTF8.GetByteCount(label)} bytes; EDF holds 16: shorten it or choose another format.")
        : new EdfSignal { Label = label.Trim() }.HoldsAnnotations ? throw new UnfitInputException($"Channel '{label}' has the name that EDF+ keeps for annotations: rename it.")
        : label;

    private static string Dimension(Channel channel, Unit unit) => Encoding.UTF8.GetByteCount(unit.Symbol) <= 8
        ? unit.Symbol
        : throw new UnfitInputException($"Channel '{channel.Label}' has the unit '{unit.Symbol}'; EDF holds 8 bytes: convert it or choose another format.");

    private static byte[] Field(string text, int width, string field, List<Loss> losses)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        var bytes = Encoding.UTF8.GetBytes(line);
        if (bytes.Length > width)
        {
            if (width < 80)
            {
                throw new UnfitInputException($"The {field} \"{line}\" does not fit the {width} bytes EDF has for it.");
            }

            losses.Add(new(Aspect.Acquisition, $"The {field} is cut to {width} bytes."));
            var length = width;
            while ((bytes[length] & 0xC0) == 0x80)
            {
                length--;
            }

            bytes = bytes[..length];
        }

        var padded = new byte[width];
        padded.AsSpan().Fill((byte)' ');
        bytes.CopyTo(padded, 0);
        return padded;
    }
}
