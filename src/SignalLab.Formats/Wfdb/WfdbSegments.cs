using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Puts a multi-segment record together, of fixed layout (every segment has the same signals) or variable layout (a layout header of length 0 comes first).</summary>
/// <remarks>Source: WFDB Applications Guide, header(5), "Segment specification lines".</remarks>
internal static class WfdbSegments
{
    /// <summary>What a multi-segment record consists of.</summary>
    /// <param name="Channels">Its channels.</param>
    /// <param name="Samples">Their samples.</param>
    /// <param name="Segments">Its uninterrupted stretches, the first at 0.</param>
    /// <param name="LeadSeconds">Length of a null segment before the first sample.</param>
    /// <param name="Comments">Comments of the segments' headers.</param>
    /// <param name="Remarks">What is odd.</param>
    internal sealed record Content(
        IReadOnlyList<Channel> Channels, ISampleSource Samples, IReadOnlyList<Segment> Segments, double LeadSeconds, IReadOnlyList<string> Comments, IReadOnlyList<string> Remarks);

    /// <summary>Opens the segments of a header.</summary>
    /// <param name="header">Header with segment lines.</param>
    /// <exception cref="MalformedFileException">Segments contradict the header or each other, or a file is missing or cut.</exception>
    public static Content Open(WfdbHeader header)
    {
        var lines = header.Segments!;
        var total = lines.Sum(s => s.Frames);
        if (header.Frames is { } stated && stated != total)
        {
            throw new MalformedFileException(header.Path, null, "segment lengths", FormattableString.Invariant($"a sum of {total} samples"), FormattableString.Invariant($"{stated}, as the record line states"));
        }

        var files = new SignalFiles(header.Path);
        var headers = new Dictionary<string, WfdbHeader>(StringComparer.Ordinal);
        var records = new Dictionary<string, WfdbRecord>(StringComparer.Ordinal);
        List<string> remarks = [.. header.Remarks];
        var isVariable = lines[0] is { Frames: 0, IsNull: false };
        WfdbHeader? layout = isVariable ? HeaderOf(lines[0].Name) : null;
        List<(WfdbRecord Record, long Frames)> recorded = [];
        List<(long Onset, long Frames)> stretches = [];
        long at = 0;
        foreach (var line in isVariable ? lines.Skip(1) : lines)
        {
            if (!line.IsNull && line.Frames > 0 && RecordOf(line) is { } record && record.Header.Signals.Any(s => s.Format != SampleFormat.Null))
            {
                recorded.Add((record, line.Frames));
                if (stretches.Count > 0 && stretches[^1].Onset + stretches[^1].Frames == at)
                {
                    stretches[^1] = (stretches[^1].Onset, stretches[^1].Frames + line.Frames);
                }
                else
                {
                    stretches.Add((at, line.Frames));
                }
            }

            at += line.Frames;
        }

        layout ??= recorded.Count > 0 ? recorded[0].Record.Header : new WfdbHeader(header.Path, header.Name, header.FrameRateHz);
        if (recorded.Count > 0 && layout.Signals.Count != header.SignalCount)
        {
            throw new MalformedFileException(layout.Path, null, "number of signals", FormattableString.Invariant($"{layout.Signals.Count}"), FormattableString.Invariant($"{header.SignalCount}, as {Path.GetFileName(header.Path)} states"));
        }

        var channels = Segmented(header, layout, recorded, isVariable, remarks, out var samples);
        var lead = stretches.Count > 0 ? stretches[0].Onset : 0;
        return new(
            channels, samples, [.. stretches.Select(s => new Segment((s.Onset - lead) / header.FrameRateHz, s.Frames / header.FrameRateHz))], lead / header.FrameRateHz,
            [.. headers.Values.SelectMany(h => h.Comments).Distinct()], remarks);

        WfdbHeader HeaderOf(string name)
        {
            if (!headers.TryGetValue(name, out var found))
            {
                found = WfdbHeaderReader.Read(files.Locate(header.Path, name + ".hea", $"segment \"{name}\""));
                headers[name] = found.Segments is null
                    ? found
                    : throw new MalformedFileException(found.Path, null, "record line", "a record of several segments", $"an ordinary record: it is a segment of {Path.GetFileName(header.Path)}");
                if (found.FrameRateHz != header.FrameRateHz)
                {
                    throw new MalformedFileException(found.Path, null, "sampling frequency", FormattableString.Invariant($"{found.FrameRateHz}"), FormattableString.Invariant($"{header.FrameRateHz}, as {Path.GetFileName(header.Path)} states"));
                }
            }

            return found;
        }

        WfdbRecord RecordOf(WfdbSegment line)
        {
            if (!records.TryGetValue(line.Name, out var record))
            {
                record = WfdbRecord.Open(HeaderOf(line.Name), files, line.Frames);
                records[line.Name] = record;
                remarks.AddRange(record.Remarks.Where(r => r != WfdbHeaderReader.UnendedLine).Select(r => $"Segment {line.Name}: {r}"));
            }

            return record.Frames == line.Frames
                ? record
                : throw new MalformedFileException(record.Header.Path, null, "number of samples per signal", FormattableString.Invariant($"{record.Frames}"), FormattableString.Invariant($"{line.Frames}, as {Path.GetFileName(header.Path)} states"));
        }
    }

    private static Channel[] Segmented(
        WfdbHeader header, WfdbHeader layout, List<(WfdbRecord Record, long Frames)> recorded, bool isVariable, List<string> remarks, out ISampleSource samples)
    {
        var names = layout.Signals.Select(s => s.Description).ToArray();
        var units = layout.Signals.Select(s => Unit.Parse(s.Units)).ToArray();
        var calibrations = new HashSet<Calibration?>[names.Length];
        var absent = new int[names.Length];
        var stored = new StoredSegment[recorded.Count];
        long first = 0;
        for (var s = 0; s < stored.Length; s++)
        {
            var (record, frames) = recorded[s];
            var map = isVariable ? ByName(names, record, remarks) : ByPosition(names, record);
            var signals = new List<StoredSignal>(record.Channels.Count);
            for (var i = 0; i < record.Channels.Count; i++)
            {
                signals.Add(record.Samples.Signal(i));
            }

            for (var c = 0; c < map.Length; c++)
            {
                if (map[c] < 0)
                {
                    absent[c]++;
                    continue;
                }

                var signal = record.Header.Signals[map[c]];
                if (signal.SamplesPerFrame != layout.Signals[c].SamplesPerFrame)
                {
                    throw new MalformedFileException(record.Header.Path, null, $"samples per frame of '{names[c]}'", FormattableString.Invariant($"{signal.SamplesPerFrame}"), FormattableString.Invariant($"{layout.Signals[c].SamplesPerFrame}, as elsewhere in the record"));
                }

                (calibrations[c] ??= []).Add(record.Channels[map[c]].Calibration);
                var (factor, offset) = Conversion(record, map[c], units[c]);
                signals[map[c]] = signals[map[c]] with { UnitFactor = factor, UnitOffset = offset };
            }

            stored[s] = new(new WfdbSamples(signals, frames), map, first, frames);
            first += frames;
        }

        for (var c = 0; c < names.Length; c++)
        {
            if (absent[c] > 0)
            {
                remarks.Add(FormattableString.Invariant($"Channel '{names[c]}' is absent from {absent[c]} of {stored.Length} segments; its samples there are not a number."));
            }
        }

        samples = new SegmentedSamples(stored, [.. layout.Signals.Select(s => s.SamplesPerFrame)]);
        return
        [
            .. layout.Signals.Select((signal, c) => WfdbRecord.ChannelOf(signal, header.FrameRateHz, first) with
            {
                Calibration = calibrations[c]?.Count == 1 ? calibrations[c].Single() : null,
            }),
        ];
    }

    private static (double Factor, double Offset) Conversion(WfdbRecord record, int signal, Unit unit)
    {
        var own = record.Channels[signal].Unit;
        return own.ConvertsTo(unit)
            ? own.To(unit)
            : throw new MalformedFileException(record.Header.Path, null, $"units of '{record.Channels[signal].Label}'", $"\"{own.Symbol}\"", $"\"{unit.Symbol}\" or a unit that converts to it, as elsewhere in the record");
    }

    private static int[] ByPosition(string[] names, WfdbRecord record) => record.Channels.Count == names.Length
        ? [.. Enumerable.Range(0, names.Length)]
        : throw new MalformedFileException(record.Header.Path, null, "number of signals", FormattableString.Invariant($"{record.Channels.Count}"), FormattableString.Invariant($"{names.Length}, as in the other segments"));

    private static int[] ByName(string[] names, WfdbRecord record, List<string> remarks)
    {
        var map = new int[names.Length];
        var isTaken = new bool[record.Channels.Count];
        for (var c = 0; c < map.Length; c++)
        {
            map[c] = -1;
            for (var i = 0; i < isTaken.Length && map[c] < 0; i++)
            {
                if (!isTaken[i] && record.Channels[i].Label == names[c])
                {
                    (map[c], isTaken[i]) = (i, true);
                }
            }
        }

        for (var i = 0; i < isTaken.Length; i++)
        {
            if (!isTaken[i] && record.Header.Signals[i].Format != SampleFormat.Null)
            {
                remarks.Add($"Segment {record.Header.Name}: its signal '{record.Channels[i].Label}' is not in the layout and is left out.");
            }
        }

        return map;
    }
}
