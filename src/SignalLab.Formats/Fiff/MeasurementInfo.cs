using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>What a file says of a measurement apart from its samples.</summary>
internal sealed record MeasurementInfo
{
    public required IReadOnlyList<ChannelInfo> Channels { get; init; }

    public required double RateHz { get; init; }

    /// <summary>Zero of the sample count, UTC; null where not stated.</summary>
    public DateTime? Date { get; init; }

    public IReadOnlySet<string> Bad { get; init; } = new HashSet<string>();

    public string Prefilter { get; init; } = "";

    public double? LineFrequencyHz { get; init; }

    public IReadOnlyList<Transform> Transforms { get; init; } = [];

    public IReadOnlyList<Projector> Projectors { get; init; } = [];

    public IReadOnlyList<FieldCompensation> Compensations { get; init; } = [];

    public required DigitisedPoints Digitised { get; init; }

    public Subject Subject { get; init; } = Subject.Unknown;

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Where no block names channels beyond 15 characters.</summary>
    public static IReadOnlyDictionary<string, string> NoLongNames { get; } = new Dictionary<string, string>();

    /// <summary>Reads the information of a measurement.</summary>
    /// <param name="file">The file.</param>
    /// <param name="measurement">Its measurement block.</param>
    public static MeasurementInfo Read(FiffFile file, FiffBlock measurement)
    {
        var block = measurement.First(BlockKind.MeasurementInfo)
            ?? throw new MalformedFileException(file.Path, null, "measurement information", "none", "a measurement information block");
        var (channels, shortNames) = ReadChannels(file, block) ?? throw new MalformedFileException(file.Path, null, "channels", "no description of any", "channel information");
        var remarks = new List<string>();
        var digitised = DigitisedPoints.Read(file, block, remarks);
        var date = MeasurementDate.Read(file, measurement, block);
        var compensations = FiffMatrices.ReadCompensations(file, block, channels, shortNames, remarks);
        AddRemarks(file, block, channels, date, remarks);
        return new()
        {
            Channels = channels,
            RateHz = ReadRate(file, block) ?? throw new MalformedFileException(file.Path, null, "sampling rate", "none", "a sampling rate"),
            Date = date,
            Bad = BadChannels(file, block, shortNames).ToHashSet(StringComparer.Ordinal),
            Prefilter = ReadPrefilter(file, block),
            LineFrequencyHz = block.Find(TagKind.LineFrequency) is { } line && file.Real(line, "line frequency") is > 0 and < 1000 and var hz ? hz : null,
            Transforms = ReadTransforms(file, block),
            Projectors = FiffProjectors.Read(file, block, shortNames),
            Compensations = compensations,
            Digitised = digitised,
            Subject = FiffSubject.Read(file, block, date),
            Remarks = remarks,
        };
    }

    /// <summary>The channels described in a block, and the long names of the short ones used elsewhere; null where it describes none.</summary>
    public static (IReadOnlyList<ChannelInfo> Channels, IReadOnlyDictionary<string, string> LongNames)? ReadChannels(FiffFile file, FiffBlock block)
    {
        if (block.Find(TagKind.ChannelCount) is not { } countTag)
        {
            return null;
        }

        var count = file.Int(countTag, "number of channels");
        ChannelInfo[] channels = [.. block.Tags.Where(t => t.Kind == TagKind.ChannelInfo).Select(t => ChannelInfo.Read(file, t))];
        if (count <= 0 || channels.Length != count)
        {
            throw new MalformedFileException(file.Path, countTag.Data, "number of channels", FormattableString.Invariant($"{count} with {channels.Length} described"), "one description a channel");
        }

        var longNames = new Dictionary<string, string>(StringComparer.Ordinal);
        FiffBlock[] extended = [.. block.Blocks.SelectMany(b => b.All(BlockKind.ChannelInfo))];
        if (extended.Length != 0 && extended.Length != count)
        {
            throw new MalformedFileException(file.Path, null, "extended channel information", FormattableString.Invariant($"{extended.Length} blocks"), FormattableString.Invariant($"{count}, one a channel"));
        }

        for (var i = 0; i < extended.Length; i++)
        {
            var info = channels[i].With(file, extended[i]);
            longNames[channels[i].Name] = info.Name;
            channels[i] = info;
        }

        return (channels, longNames);
    }

    /// <summary>The sampling rate stated in a block, or null.</summary>
    public static double? ReadRate(FiffFile file, FiffBlock block)
    {
        if (block.Find(TagKind.Rate) is not { } tag)
        {
            return null;
        }

        var rate = file.Real(tag, "sampling rate");
        return double.IsFinite(rate) && rate > 0 ? rate : throw new MalformedFileException(file.Path, tag.Data, "sampling rate", FormattableString.Invariant($"{rate} Hz"), "a positive rate");
    }

    /// <summary>Names separated by colons.</summary>
    public static IEnumerable<string> Names(FiffFile file, FiffTag tag, string field, IReadOnlyDictionary<string, string> longNames) =>
        file.Text(tag, field).Split(':').Select(n => longNames.GetValueOrDefault(n, n));

    /// <summary>Labels of the channels that a block's list marks as bad.</summary>
    public static string[] BadChannels(FiffFile file, FiffBlock block, IReadOnlyDictionary<string, string> longNames) =>
        [.. block.All(BlockKind.MneBadChannels).Select(b => b.Find(TagKind.MneNames)).OfType<FiffTag>().SelectMany(t => Names(file, t, "bad channels", longNames))];

    private static string ReadPrefilter(FiffFile file, FiffBlock block)
    {
        string[] parts =
        [
            .. new[] { (Kind: TagKind.Highpass, Word: "HP"), (Kind: TagKind.Lowpass, Word: "LP") }
                .Select(f => block.Find(f.Kind) is { } tag && file.Real(tag, "filter") is > 0 and < double.PositiveInfinity and var hz ? FormattableString.Invariant($"{f.Word}:{hz:0.######}Hz") : "")
                .Where(p => p.Length > 0),
        ];
        return string.Join(' ', parts);
    }

    private static Transform[] ReadTransforms(FiffFile file, FiffBlock block)
    {
        Transform[] own = [.. FiffTransform.ReadAll(file, block.Tags)];
        Transform[] fitted = [.. block.All(BlockKind.HpiResult).SelectMany(b => FiffTransform.ReadAll(file, b.Tags))];
        return [.. own, .. fitted.Where(f => !own.Any(o => (o.From == f.From && o.To == f.To) || (o.From == f.To && o.To == f.From))).DistinctBy(f => (f.From, f.To))];
    }

    private static void AddRemarks(FiffFile file, FiffBlock block, IReadOnlyList<ChannelInfo> channels, DateTime? date, List<string> remarks)
    {
        if (date is { Year: < 1980 })
        {
            remarks.Add(FormattableString.Invariant($"The date of measurement is {date:yyyy-MM-dd}: most likely it was not set."));
        }

        var scaled = channels.Count(c => c.UnitExponent != 0);
        if (scaled > 0)
        {
            remarks.Add(FormattableString.Invariant($"{scaled} channels state a power of ten on their unit; it was applied."));
        }

        int[] grades = [.. channels.Where(c => c.Kind == FiffKinds.Meg).Select(c => c.CoilType >> ChannelInfo.GradeShift).Distinct().Order()];
        if (block.All(BlockKind.MneCompensation).Count() is > 0 and var matrices)
        {
            remarks.Add(FormattableString.Invariant($"Reference-sensor compensation: samples are at grade {string.Join(", ", grades)} as stored; the file's {matrices} compensation matrices are kept, not applied."));
        }
    }
}
