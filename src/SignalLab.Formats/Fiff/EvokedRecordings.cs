using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>The averages of a file: every evoked block is a condition, in file order.</summary>
internal static class EvokedRecordings
{
    public const int Average = 100, StandardError = 101;

    private static readonly (int Kind, string Words)[] OtherAspects =
    [
        (StandardError, "standard error"), (102, "single epoch"), (103, "partial average"), (104, "alternating average"), (105, "sample cut out"), (106, "power density spectrum"), (200, "dipole amplitude"),
    ];

    /// <summary>Reads every condition; an average's standard error is found in its own block or in one of the same name, which stays a condition of its own.</summary>
    /// <param name="file">The file.</param>
    /// <param name="measurement">Its measurement block.</param>
    /// <param name="blocks">Its evoked blocks.</param>
    public static IReadOnlyList<Recording> Open(FiffFile file, FiffBlock measurement, IReadOnlyList<FiffBlock> blocks)
    {
        var info = MeasurementInfo.Read(file, measurement);
        var (conditions, further) = (new List<(int Aspect, string Comment, Recording Recording)>(), new List<Recording>());
        foreach (var block in blocks)
        {
            var aspects = block.All(BlockKind.Aspect).Concat(block.All(BlockKind.ShieldedAspect)).Select(a => ReadAspect(file, info, block, a)).ToList();
            if (aspects.Count == 0)
            {
                throw new MalformedFileException(file.Path, null, "evoked block", "no data aspect", "at least one");
            }

            var error = aspects.Skip(1).FirstOrDefault(a => a.Aspect == StandardError).Recording;
            conditions.Add(aspects[0] with { Recording = WithError(aspects[0].Recording, error) });
            further.AddRange(aspects.Skip(1).Where(a => a.Recording != error).Select(a => a.Recording));
        }

        return
        [
            .. conditions.Select(c => c.Aspect == Average && c.Recording.Evoked!.StandardError is null
                ? WithError(c.Recording, conditions.FirstOrDefault(o => o.Aspect == StandardError && o.Comment == c.Comment).Recording)
                : c.Recording),
            .. further,
        ];
    }

    /// <summary>What a condition is called: its comment, and what it is where it is no average.</summary>
    public static string NameOf(string comment, int aspect)
    {
        if (aspect == Average)
        {
            return comment;
        }

        var words = OtherAspects.FirstOrDefault(a => a.Kind == aspect).Words ?? FormattableString.Invariant($"aspect {aspect}");
        return $"{comment} ({words})";
    }

    /// <summary>The comment and aspect that <see cref="NameOf"/> made a name of.</summary>
    public static (string Comment, int Aspect) AspectOf(string name)
    {
        foreach (var (kind, words) in OtherAspects)
        {
            if (name.EndsWith($" ({words})", StringComparison.Ordinal))
            {
                return (name[..^(words.Length + 3)], kind);
            }
        }

        return (name, Average);
    }

    private static Recording WithError(Recording average, Recording? error) =>
        error is not null && error.Channels.Count == average.Channels.Count && error.Channels[0].SampleCount == average.Channels[0].SampleCount
            ? average with { Evoked = average.Evoked! with { StandardError = error.Samples } }
            : average;

    private static (int Aspect, string Comment, Recording Recording) ReadAspect(FiffFile file, MeasurementInfo info, FiffBlock block, FiffBlock aspect)
    {
        var (channels, rate) = LocalChannels(file, info, block);
        var (rows, count) = ReadRows(file, aspect, channels);
        var kind = aspect.Find(TagKind.AspectKind) is { } kindTag ? file.Int(kindTag, "aspect kind") : Average;
        var commentTag = aspect.Find(TagKind.Comment) ?? block.Find(TagKind.Comment);
        var comment = commentTag is { } c ? file.Text(c, "comment") : "";
        var averages = aspect.Find(TagKind.AverageCount) is { } naveTag ? file.Int(naveTag, "number of averages") : 1;
        (double, double)? baseline = block.Find(TagKind.MneBaselineFrom) is { } from && block.Find(TagKind.MneBaselineTo) is { } to
            ? (file.Real(from, "baseline"), file.Real(to, "baseline"))
            : null;
        var recording = RawRecording.Described(
            file, info, [.. channels.Select(ch => ch.ToChannel(rate, count, info.Bad.Contains(ch.Name), info.Prefilter))], new EvokedSamples(file.Bytes, rows, count)) with
        {
            Segments = [new(0, count / rate)],
            Evoked = new(NameOf(comment, kind), averages, FirstLatency(file, block, rate, count), baseline),
        };
        if (aspect.Kind == BlockKind.ShieldedAspect)
        {
            recording = recording with { Remarks = [.. recording.Remarks, "Averaged from data recorded with internal active shielding and not processed since."] };
        }

        return (kind, comment, recording);
    }

    private static (IReadOnlyList<ChannelInfo> Channels, double RateHz) LocalChannels(FiffFile file, MeasurementInfo info, FiffBlock block) =>
        MeasurementInfo.ReadChannels(file, block) is { } local
            ? (local.Channels, MeasurementInfo.ReadRate(file, block) ?? info.RateHz)
            : (info.Channels, info.RateHz);

    // Latency of the first sample: first/rate, exact, unless a stated time says that samples do not lie on whole multiples.
    private static double FirstLatency(FiffFile file, FiffBlock block, double rate, int count)
    {
        double? stated = block.Find(TagKind.FirstTime) is { } timeTag ? file.Real(timeTag, "first time") : null;
        if (stated is { } s && !double.IsFinite(s))
        {
            throw new MalformedFileException(file.Path, null, "first time", FormattableString.Invariant($"{s} s"), "a finite latency");
        }

        if (block.Find(TagKind.SampleCount) is { } countTag && file.Int(countTag, "number of samples") is var claimed && claimed != count)
        {
            throw new MalformedFileException(file.Path, countTag.Data, "number of samples", FormattableString.Invariant($"{claimed}"), FormattableString.Invariant($"{count}, as the data have"));
        }

        if (block.Find(TagKind.FirstSample) is not { } firstTag)
        {
            return stated ?? throw new MalformedFileException(file.Path, null, "evoked block", "no first sample and no first time", "one of them");
        }

        var first = file.Int(firstTag, "first sample");
        if (stated is null && block.Find(TagKind.LastSample) is { } lastTag && file.Int(lastTag, "last sample") is var last && (long)last - first + 1 != count)
        {
            throw new MalformedFileException(file.Path, lastTag.Data, "last sample", FormattableString.Invariant($"{first} to {last}"), FormattableString.Invariant($"{count} samples, as the data have"));
        }

        return stated is { } time && Math.Abs((time * rate) - first) > 1e-3 ? time : first / rate;
    }

    // One matrix of channels x samples, or in old files one vector a channel. The range is not applied: it belongs to the converter's numbers, not to averages.
    private static (EvokedRow[] Rows, int Count) ReadRows(FiffFile file, FiffBlock aspect, IReadOnlyList<ChannelInfo> channels)
    {
        FiffTag[] epochs = [.. aspect.Tags.Where(t => t.Kind == TagKind.Epoch)];
        if (epochs.Length == 1 && (epochs[0].Type & 0x7fff_0000) != 0)
        {
            RefuseComplex(file, epochs[0]);
            var (rows, columns) = file.Shape(epochs[0], "average");
            if (channels.Count == 1 && columns == 1)
            {
                (rows, columns) = (columns, rows);
            }

            var type = epochs[0].Type & 0xffff;
            return rows == channels.Count
                ? ([.. channels.Select((c, i) => new EvokedRow(epochs[0].Data + ((long)i * columns * DataType.SizeOf(type)), type, c.Calibration * c.UnitFactor, 0))], columns)
                : throw new MalformedFileException(file.Path, epochs[0].Data, "average", FormattableString.Invariant($"{rows} rows"), FormattableString.Invariant($"{channels.Count}, one a channel"));
        }

        if (epochs.Length != channels.Count)
        {
            throw new MalformedFileException(file.Path, null, "average", FormattableString.Invariant($"{epochs.Length} data tags"), FormattableString.Invariant($"one, or one for each of {channels.Count} channels"));
        }

        var vectors = epochs.Select((tag, i) => Vector(file, tag, channels[i])).ToArray();
        return vectors.FirstOrDefault(v => v.Count != vectors[0].Count) is { Row.Type: > 0 } odd
            ? throw new MalformedFileException(file.Path, odd.Row.Position, "average", FormattableString.Invariant($"{odd.Count} samples"), FormattableString.Invariant($"{vectors[0].Count}, as the first channel has"))
            : ([.. vectors.Select(v => v.Row)], vectors[0].Count);
    }

    private static (EvokedRow Row, int Count) Vector(FiffFile file, FiffTag tag, ChannelInfo channel)
    {
        RefuseComplex(file, tag);
        var gain = channel.Calibration * channel.UnitFactor;
        if (tag.Type == DataType.OldPack)
        {
            // Offset and scale as floats, then 16-bit numbers.
            var head = file.Structure(tag, 8, "packed average");
            var (offset, scale) = (BinaryPrimitives.ReadSingleBigEndian(head), BinaryPrimitives.ReadSingleBigEndian(head.AsSpan(4)));
            return (new(tag.Data + 8, DataType.Short, scale * gain, offset * gain), (tag.Size - 8) / 2);
        }

        var size = DataType.SizeOf(tag.Type);
        return size > 0 && tag.Size % size == 0
            ? (new(tag.Data, tag.Type, gain, 0), tag.Size / size)
            : throw new MalformedFileException(file.Path, tag.Data, "average", FormattableString.Invariant($"{tag.Size} bytes of {DataType.Describe(tag.Type)}"), "16- or 32-bit integers, floats or doubles");
    }

    private static void RefuseComplex(FiffFile file, FiffTag tag)
    {
        if ((tag.Type & 0xffff) is DataType.ComplexFloat or DataType.ComplexDouble)
        {
            throw new UnfitInputException($"{file.Path}: the averages are complex numbers, which no channel's unit applies to; store their amplitude or real part.");
        }
    }
}
