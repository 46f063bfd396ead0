using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Signal-space projectors: kept as they stand, never applied on reading.</summary>
internal static class FiffProjectors
{
    /// <summary>Reads a measurement's projectors.</summary>
    public static IReadOnlyList<Projector> Read(FiffFile file, FiffBlock info, IReadOnlyDictionary<string, string> longNames) =>
        info.First(BlockKind.Projectors) is { } block ? [.. block.All(BlockKind.Projector).Select(item => ReadOne(file, item, longNames))] : [];

    private static Projector ReadOne(FiffFile file, FiffBlock item, IReadOnlyDictionary<string, string> longNames)
    {
        var named = item.Find(TagKind.Comment) ?? item.Find(TagKind.Name);
        if (item.Find(TagKind.ProjectorChannels) is not { } channelTag || item.Find(TagKind.ProjectorVectors) is not { } vectorTag)
        {
            throw new MalformedFileException(file.Path, null, "projector", "no channel names or no vectors", "both");
        }

        string[] channels = [.. MeasurementInfo.Names(file, channelTag, "projector's channels", longNames)];
        var vectors = file.Matrix(vectorTag, "projector's vectors");
        if (vectors.Length > 0 && vectors[0].Length != channels.Length && vectors.Length == channels.Length)
        {
            vectors = [.. Enumerable.Range(0, vectors[0].Length).Select(v => vectors.Select(row => row[v]).ToArray())];
        }

        if (vectors.Any(v => v.Length != channels.Length || v.Any(x => !double.IsFinite(x))))
        {
            throw new MalformedFileException(
                file.Path, vectorTag.Data, "projector's vectors", FormattableString.Invariant($"{vectors.Length} x {vectors[0].Length} numbers"), FormattableString.Invariant($"finite numbers for {channels.Length} channels"));
        }

        var active = item.Find(TagKind.MneProjectorActive) is { } activeTag && file.Int(activeTag, "projector's state") != 0;
        return new(named is { } name ? file.Text(name, "projector's name") : "", channels, vectors, active);
    }
}
