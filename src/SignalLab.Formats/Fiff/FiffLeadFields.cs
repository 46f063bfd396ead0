using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Forward solutions: one block for coils, one for electrodes, over the same sources.</summary>
internal static class FiffLeadFields
{
    private const int FixedOrientation = 1;

    /// <summary>Reads the solutions of a file; gains are read when asked for.</summary>
    public static IReadOnlyList<LeadField> Read(FiffFile file)
    {
        FiffBlock[] solutions = [.. file.Root.All(BlockKind.ForwardSolution)];
        if (solutions.Length == 0)
        {
            return [];
        }

        var spaces = FiffSourceSpaces.Read(file, file.Root);
        if (spaces.Count == 0 || file.Root.First(BlockKind.ParentMeasurement) is not { } parent || MeasurementInfo.ReadChannels(file, parent) is not { } described)
        {
            throw new MalformedFileException(file.Path, null, "forward solution", "no source space or no description of the channels", "both");
        }

        Transform[] transforms = [.. file.Root.All(BlockKind.Mne).SelectMany(b => Own(b)).DistinctBy(t => (t.From, t.To))];
        var bad = MeasurementInfo.BadChannels(file, parent, described.LongNames);
        return [.. solutions.Select(s => ReadOne(file, s, spaces, described) with { Transforms = transforms, BadChannels = bad })];

        // Those beside or in the descriptions of the other files; a source space's own lead to its voxels.
        IEnumerable<Transform> Own(FiffBlock block) =>
            FiffTransform.ReadAll(file, block.Tags).Concat(block.Blocks.Where(b => b.Kind != BlockKind.SourceSpace).SelectMany(Own));
    }

    private static LeadField ReadOne(FiffFile file, FiffBlock block, IReadOnlyList<SourceSpace> spaces, (IReadOnlyList<ChannelInfo> Channels, IReadOnlyDictionary<string, string> LongNames) described)
    {
        var matrix = block.All(BlockKind.NamedMatrix).FirstOrDefault(b => b.Find(TagKind.ForwardGains) is not null) ?? block;
        if (matrix.Find(TagKind.ForwardGains) is not { } tag || (matrix.Find(TagKind.MneColumnNames) ?? matrix.Find(TagKind.MneRowNames)) is null || block.Find(TagKind.SourceOrientation) is not { } orientation)
        {
            throw new MalformedFileException(file.Path, null, "forward solution", "no gains, no channel names or no orientation of the sources", "all of them");
        }

        var isFixed = file.Int(orientation, "orientation of the sources") == FixedOrientation;
        var components = spaces.Sum(s => (long)s.Used.Count) * (isFixed ? 1 : 3);
        var (rows, columns) = file.Shape(tag, "gains");
        // The names stand on the side of the channels.
        var isTransposed = matrix.Find(TagKind.MneColumnNames) is null || (columns == components && rows != components);
        var nameTag = (isTransposed ? matrix.Find(TagKind.MneRowNames) : matrix.Find(TagKind.MneColumnNames)) ?? throw Fault("no names of the channels");
        string[] names = [.. MeasurementInfo.Names(file, nameTag, "channels of the solution", described.LongNames)];
        if ((isTransposed ? (columns, rows) : (rows, columns)) is var (sources, channels) && (sources != components || channels != names.Length))
        {
            throw Fault(FormattableString.Invariant($"{rows} x {columns} gains"));
        }

        ChannelInfo[] infos = [.. names.Select(n => described.Channels.FirstOrDefault(c => c.Name == n) ?? throw Fault($"the channel '{n}', which is not described"))];
        Channel[] placed = [.. infos.Select(i => i.ToChannel(1, 0, false, ""))];
        if (placed.FirstOrDefault(c => c.Sensor is null || c.Frame != placed[0].Frame) is { } lost)
        {
            throw Fault($"the channel '{lost.Label}' without a position, or in another frame");
        }

        return new LeadField(
            new SensorLayout(placed.Length > 0 ? placed[0].Frame!.Value : Frame.Head, [.. placed.Select(c => c.Sensor!)], [], Path.GetFileName(file.Path)),
            [.. placed.Select(c => c.Kind)], spaces, file.FrameOf(block.Find(TagKind.MneFrame)), new FiffGains(file, tag, names.Length, (int)components, isTransposed))
        {
            IsFixed = isFixed,
            Provenance = Provenance.OfFile(file.Path, FiffFormat.FormatName),
        };

        MalformedFileException Fault(string found) =>
            new(file.Path, tag.Data, "forward solution", found, FormattableString.Invariant($"a gain of each described channel for each of {components} source components"));
    }
}
