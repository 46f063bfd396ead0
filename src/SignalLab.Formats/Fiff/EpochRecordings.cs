using System.Buffers.Binary;
using System.Globalization;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Epochs that MNE cut from a recording: each is a segment, its event an annotation. A set that was split names its next file.</summary>
internal static class EpochRecordings
{
    private const int EventColumns = 3;

    /// <summary>The epochs block of a measurement, or null.</summary>
    public static FiffBlock? BlockOf(FiffBlock measurement) => measurement.First(BlockKind.MneEpochs);

    /// <summary>Opens the epochs as one recording.</summary>
    /// <param name="file">The file the user named.</param>
    /// <param name="measurement">Its measurement block.</param>
    /// <param name="block">Its epochs block.</param>
    /// <exception cref="MalformedFileException">A part is missing, does not fit, or its numbers contradict each other.</exception>
    public static Recording Open(FiffFile file, FiffBlock measurement, FiffBlock block)
    {
        var info = MeasurementInfo.Read(file, measurement);
        var parts = new List<Part> { ReadPart(file, info, block) };
        var seen = new HashSet<string>(StringComparer.Ordinal) { Path.GetFullPath(file.Path) };
        for (var (part, at) = (file, block); RawRecording.NextPart(part, at) is { } next;)
        {
            (part, var other) = RawRecording.OpenNext(file, next, seen);
            at = BlockOf(other) ?? throw new MalformedFileException(next, null, "content", "no epochs", $"the next part of {Path.GetFileName(file.Path)}");
            parts.Add(ReadPart(part, RawRecording.SameChannels(file, info, part, other), at));
            if (parts[^1].Length != parts[0].Length)
            {
                throw new MalformedFileException(next, null, "samples an epoch", FormattableString.Invariant($"{parts[^1].Length}"), FormattableString.Invariant($"{parts[0].Length}, as in {Path.GetFileName(file.Path)}"));
            }
        }

        return Assemble(file, info, block, parts);
    }

    private static Recording Assemble(FiffFile file, MeasurementInfo info, FiffBlock block, List<Part> parts)
    {
        var (length, rate) = (parts[0].Length, info.RateHz);
        (int Sample, string Name)[] events = [.. parts.SelectMany(p => p.Events)];
        var total = (long)length * events.Length;
        var remarks = info.Remarks.ToList();
        var rawRate = block.Find(TagKind.MneRawRate) is { } tag ? file.Real(tag, "rate of the recording") : 0;
        var onsets = Onsets(events, length / rate, rawRate);
        var isTimed = onsets is { Length: > 0 };
        if (onsets is null)
        {
            remarks.Add(FormattableString.Invariant($"The file holds {events.Length} epochs, a segment each; they overlap or when they were recorded is not told: times run as if they followed each other."));
            onsets = [.. Enumerable.Range(0, events.Length).Select(e => (long)e * length / rate)];
        }

        if (block.Find(TagKind.MneBaselineFrom) is { } from && block.Find(TagKind.MneBaselineTo) is { } to)
        {
            remarks.Add(FormattableString.Invariant($"The mean from {file.Real(from, "baseline")} s to {file.Real(to, "baseline")} s was taken off each epoch."));
        }

        // The event lies where the latency is 0.
        var first = parts[0].First / rate;
        var channels = info.Channels.Select(c => c.ToChannel(rate, total, info.Bad.Contains(c.Name), info.Prefilter)).ToArray();
        return RawRecording.Described(file, info, channels, new ConsecutiveSamples([.. parts.Select(p => (p.Samples, (long)length * p.Events.Count))])) with
        {
            Segments = length == 0 ? [] : [.. onsets.Select(o => new Segment(o, length / rate))],
            Annotations = [.. onsets.Zip(events, (o, e) => new Annotation(o - first, 0, e.Name))],
            Start = isTimed ? RawRecording.FirstSampleTime(info.Date, (events[0].Sample / rawRate) + first) : null,
            Remarks = remarks,
        };
    }

    // Events count samples of the recording that the epochs were cut from.
    private static double[]? Onsets((int Sample, string Name)[] events, double seconds, double rawRate)
    {
        if (!(rawRate > 0) || !double.IsFinite(rawRate))
        {
            return null;
        }

        double[] onsets = [.. events.Select(e => ((long)e.Sample - events[0].Sample) / rawRate)];
        return onsets.Zip(onsets.Skip(1)).All(p => p.First + seconds <= p.Second + 1e-9) ? onsets : null;
    }

    private static Part ReadPart(FiffFile file, MeasurementInfo info, FiffBlock block)
    {
        var tag = block.Find(TagKind.Epoch) ?? throw new MalformedFileException(file.Path, null, "epochs", "no data", "a matrix of epochs, channels and samples");
        var type = (tag.Type & 0xffff) switch
        {
            DataType.Float => NumberType.Float32,
            DataType.Double => NumberType.Float64,
            DataType.ComplexFloat or DataType.ComplexDouble => throw new UnfitInputException($"{file.Path}: the epochs are complex numbers, which no channel's unit applies to; store their amplitude or real part."),
            _ => throw new MalformedFileException(file.Path, tag.Data, "epochs", DataType.Describe(tag.Type), "floats or doubles"),
        };
        var (count, rows, length) = Shape(file, tag, type.Bytes());
        var first = block.Find(TagKind.FirstSample) is { } firstTag ? file.Int(firstTag, "first sample") : 0;
        var events = Events(file, block);
        if (rows != info.Channels.Count || events.Count != count)
        {
            throw new MalformedFileException(
                file.Path, tag.Data, "epochs", FormattableString.Invariant($"{count} epochs of {rows} channels"), FormattableString.Invariant($"{events.Count}, one an event, of {info.Channels.Count} channels"));
        }

        var table = new NumberTable(type, rows, IsVectorised: true, IsBigEndian: true);
        NumberBlock[] blocks = [.. Enumerable.Range(0, count).Select(e => new NumberBlock(tag.Data + (e * table.FrameBytes * length), (long)e * length, length))];
        return new(new NumberSamples(file.Bytes, table, blocks, [.. info.Channels.Select((c, i) => new NumberColumn(i, c.Calibration * c.UnitFactor))]), first, length, events);
    }

    private static (int Epochs, int Channels, int Samples) Shape(FiffFile file, FiffTag tag, int size)
    {
        var tail = (tag.Type & 0x7fff_0000) == DataType.DenseMatrix && tag.Size >= 16 ? file.Bytes.Read(tag.Data + tag.Size - 16, 16, "epochs") : new byte[16];
        int Int(int at) => BinaryPrimitives.ReadInt32BigEndian(tail.AsSpan(at));
        var (samples, channels, epochs, dimensions) = (Int(0), Int(4), Int(8), Int(12));
        return dimensions == 3 && samples >= 0 && channels > 0 && epochs >= 0 && ((Int128)samples * channels * epochs * size) + 16 == tag.Size && (samples > 0 || epochs == 0)
            ? (epochs, channels, samples)
            : throw new MalformedFileException(file.Path, tag.Data, "epochs", FormattableString.Invariant($"{tag.Size} bytes for {epochs} × {channels} × {samples} numbers"), "three dimensions that fit the tag's size");
    }

    // Sample, value before, code; names as name:code;name:code.
    private static IReadOnlyList<(int Sample, string Name)> Events(FiffFile file, FiffBlock block)
    {
        if (block.First(BlockKind.MneEvents) is not { } list || list.Find(TagKind.MneEvents) is not { } tag)
        {
            throw new MalformedFileException(file.Path, null, "events", "none", "an event an epoch");
        }

        var numbers = file.Numbers(tag, "events");
        if (numbers.Length % EventColumns != 0)
        {
            throw new MalformedFileException(file.Path, tag.Data, "events", FormattableString.Invariant($"{numbers.Length} numbers"), "three an event");
        }

        var names = new Dictionary<int, string>();
        foreach (var pair in (list.Find(TagKind.Comment) is { } text ? file.Text(text, "names of events") : "").Split(';'))
        {
            var colon = pair.LastIndexOf(':');
            if (colon > 0 && int.TryParse(pair.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
            {
                names.TryAdd(code, pair[..colon]);
            }
        }

        return
        [
            .. Enumerable.Range(0, numbers.Length / EventColumns).Select(e => (int.CreateSaturating(numbers[EventColumns * e]), int.CreateSaturating(numbers[(EventColumns * e) + 2])))
                .Select(e => (e.Item1, names.GetValueOrDefault(e.Item2) ?? e.Item2.ToString(CultureInfo.InvariantCulture))),
        ];
    }

    private sealed record Part(ISampleSource Samples, int First, int Length, IReadOnlyList<(int Sample, string Name)> Events);
}
