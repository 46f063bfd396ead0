using System.Buffers;
using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Reads and checks the header. Source: Kemp et al. 1992 (EDF), Kemp and Olivan 2003 (EDF+), BioSemi's BDF note.</summary>
internal static class EdfHeaderReader
{
    private const int FixedBytes = 256;

    private const int LongestRecordSeconds = 100_000_000;

    private static readonly SearchValues<byte> NumeralBytes = SearchValues.Create("0123456789+-.,eE"u8);

    /// <summary>True where the bytes begin like a file of the family.</summary>
    /// <param name="head">The file's first bytes.</param>
    /// <param name="is24Bit">Which of both is looked for.</param>
    public static bool Recognises(ReadOnlySpan<byte> head, bool is24Bit)
    {
        if (is24Bit)
        {
            return head.Length >= 8 && head[0] == 0xFF && head[1..8].SequenceEqual("BIOSEMI"u8);
        }

        // One of the three counts may be damaged: the file is still known, and the reader says which.
        return head.Length >= FixedBytes
            && head[0] == '0' && head[1..8].Trim("\0 "u8).IsEmpty
            && (IsNumeral(head.Slice(184, 8)) ? 1 : 0) + (IsNumeral(head.Slice(236, 8)) ? 1 : 0) + (IsNumeral(head.Slice(252, 4)) ? 1 : 0) >= 2;
    }

    /// <summary>Reads the header.</summary>
    /// <param name="source">The file.</param>
    /// <exception cref="MalformedFileException">It is not one of this family, or contradicts itself or the file's length.</exception>
    public static EdfHeader Read(ByteSource source)
    {
        var remarks = new List<string>();
        var fixedPart = source.Read(0, FixedBytes, "header");
        var is24Bit = Recognises(fixedPart, is24Bit: true);
        if (!is24Bit && !Recognises(fixedPart, is24Bit: false))
        {
            throw new MalformedFileException(source.Path, 0, "version", $"bytes {Convert.ToHexStringLower(fixedPart.AsSpan(0, 8))}", "\"0\" (EDF) or FF \"BIOSEMI\" (BDF), and numbers in the fixed fields");
        }

        var fields = new EdfFields(source.Path, fixedPart, remarks) { Position = 8 };
        var patient = fields.Text(80);
        var recording = fields.Text(80);
        var clock = fields.Text(16);
        var statedBytes = fields.Whole(8, "number of bytes in header");
        var reserved = fields.Text(44);
        var recordCount = fields.Whole(8, "number of data records");
        var recordSeconds = fields.Exact(8, "duration of a data record");
        var signalCount = fields.Whole(4, "number of signals");
        if (signalCount < 1)
        {
            throw new MalformedFileException(source.Path, 252, "number of signals", signalCount.ToString(CultureInfo.InvariantCulture), "at least 1");
        }

        var signals = ReadSignals(source, signalCount, is24Bit, remarks);
        var header = new EdfHeader
        {
            Is24Bit = is24Bit,
            Format = FormatName(reserved, is24Bit),
            Patient = patient,
            Recording = recording,
            Start = EdfClock.Read(clock, recording, remarks),
            DataOffset = FixedBytes * (1L + signalCount),
            RecordCount = recordCount,
            RecordSeconds = recordSeconds,
            Signals = signals,
            Remarks = remarks,
        };
        CheckDuration(source, header);
        return WithExtent(source, header, statedBytes, remarks);
    }

    private static bool IsNumeral(ReadOnlySpan<byte> field)
    {
        var text = field.Trim("\0 "u8);
        return !text.IsEmpty && !text.ContainsAnyExcept(NumeralBytes);
    }

    private static string FormatName(string reserved, bool is24Bit)
    {
        var family = is24Bit ? "BDF" : "EDF";
        return reserved.StartsWith("EDF+D", StringComparison.Ordinal) || reserved.StartsWith("BDF+D", StringComparison.Ordinal) ? family + "+D"
            : reserved.StartsWith("EDF+", StringComparison.Ordinal) || reserved.StartsWith("BDF+", StringComparison.Ordinal) ? family + "+C"
            : family;
    }

    private static EdfSignal[] ReadSignals(ByteSource source, int count, bool is24Bit, List<string> remarks)
    {
        var bytes = source.Read(FixedBytes, (long)FixedBytes * count, "signal headers");
        var all = new byte[FixedBytes + bytes.Length];
        bytes.CopyTo(all, FixedBytes);
        var fields = new EdfFields(source.Path, all, remarks) { Position = FixedBytes };
        var labels = Each(count, _ => fields.Text(16));
        var transducers = Each(count, _ => fields.Text(80));
        var dimensions = Each(count, _ => fields.Text(8));
        var isAnnotation = Array.ConvertAll(labels, l => new EdfSignal { Label = l }.HoldsAnnotations);

        // An annotation signal's limits mean nothing: what stands there is not read.
        double Limit(int i, string name)
        {
            if (isAnnotation[i])
            {
                fields.Position += 8;
                return 0;
            }

            return fields.Number(8, $"{name} of signal {i + 1} '{labels[i]}'");
        }

        var physicalMinima = Each(count, i => Limit(i, "physical minimum"));
        var physicalMaxima = Each(count, i => Limit(i, "physical maximum"));
        var digitalMinima = Each(count, i => Limit(i, "digital minimum"));
        var digitalMaxima = Each(count, i => Limit(i, "digital maximum"));
        var prefilters = Each(count, _ => fields.Text(80));
        var samplesAt = fields.Position;
        var samples = Each(count, i => fields.Whole(8, $"samples per record of signal {i + 1} '{labels[i]}'"));
        var signals = new EdfSignal[count];
        var offset = 0L;
        for (var i = 0; i < count; i++)
        {
            if (samples[i] < 0)
            {
                throw new MalformedFileException(
                    source.Path, samplesAt + (8 * i), $"samples per record of signal {i + 1} '{labels[i]}'", samples[i].ToString(CultureInfo.InvariantCulture), "at least 1");
            }

            signals[i] = new()
            {
                Label = labels[i],
                Transducer = transducers[i],
                Dimension = dimensions[i],
                PhysicalMinimum = physicalMinima[i],
                PhysicalMaximum = physicalMaxima[i],
                DigitalMinimum = Digital(digitalMinima[i], i),
                DigitalMaximum = Digital(digitalMaxima[i], i),
                Prefilter = prefilters[i],
                SamplesPerRecord = samples[i],
                ByteOffset = offset,
            };
            offset += (long)samples[i] * EdfWidth.Bytes(is24Bit);
        }

        return signals;

        long Digital(double value, int i) => value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (long)value
            : throw new MalformedFileException(
                source.Path, null, $"digital limits of signal {i + 1} '{labels[i]}'", value.ToString("R", CultureInfo.InvariantCulture), "a whole number");
    }

    private static T[] Each<T>(int count, Func<int, T> read)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = read(i);
        }

        return values;
    }

    private static void CheckDuration(ByteSource source, EdfHeader header)
    {
        var needsTime = header.Signals.Any(s => !s.HoldsAnnotations && s.SamplesPerRecord > 0);
        if (header.RecordSeconds is < 0 or > LongestRecordSeconds || (header.RecordSeconds == 0 && needsTime))
        {
            throw new MalformedFileException(
                source.Path, 244, "duration of a data record", header.RecordSeconds.ToString(CultureInfo.InvariantCulture),
                needsTime ? "more than 0 seconds, as the signals need a rate" : "0 seconds or more");
        }

        if (header.RecordBytes == 0)
        {
            throw new MalformedFileException(source.Path, 216L + header.DataOffset - 256, "samples per record", "0 for every signal", "at least one sample");
        }
    }

    /// <summary>Settles where the records begin and how many there are, from the header's claims and the file's length.</summary>
    private static EdfHeader WithExtent(ByteSource source, EdfHeader header, int statedBytes, List<string> remarks)
    {
        var (start, claimed) = (header.DataOffset, header.RecordCount);
        if (statedBytes != start)
        {
            remarks.Add(FormattableString.Invariant($"The header states a length of {statedBytes} bytes; {header.Signals.Count} signals make {start}."));
            if (statedBytes > start && claimed > 0 && statedBytes + ((Int128)claimed * header.RecordBytes) == source.Length)
            {
                start = statedBytes;
            }
        }

        var available = source.Length - start;
        var whole = available / header.RecordBytes;
        if (claimed < -1)
        {
            throw new MalformedFileException(source.Path, 236, "number of data records", claimed.ToString(CultureInfo.InvariantCulture), "a count, or -1 while recording");
        }

        if (claimed == -1 || (claimed == 0 && whole > 0))
        {
            remarks.Add(FormattableString.Invariant($"The header states {claimed} data records (a recording that was not closed); the file's length gives {whole}."));
            var rest = available - (whole * header.RecordBytes);
            if (rest > 0)
            {
                remarks.Add(FormattableString.Invariant($"The last data record is not whole: its {rest} of {header.RecordBytes} bytes are left out."));
            }

            return header with { DataOffset = start, RecordCount = whole };
        }

        if (claimed > whole)
        {
            throw new MalformedFileException(
                source.Path, 236, "number of data records",
                FormattableString.Invariant($"{claimed} records of {header.RecordBytes} bytes promised, but a file of {source.Length} bytes"),
                FormattableString.Invariant($"{start + ((Int128)claimed * header.RecordBytes)} bytes: the file is cut after {whole} whole records"));
        }

        var surplus = available - (claimed * header.RecordBytes);
        if (surplus > 0)
        {
            remarks.Add(FormattableString.Invariant($"The file goes on for {surplus} bytes after its {claimed} data records; they are not read."));
        }

        return header with { DataOffset = start };
    }
}
