namespace SignalLab.Formats.Fiff;

/// <summary>What a FIFF file without recording holds, in words.</summary>
internal static class FiffContent
{
    private const string DigitisedPoints = "digitised points";

    // The most telling first: a forward solution contains a source space, a covariance a list of bad channels.
    private static readonly (int Block, string Words)[] Blocks =
    [
        (BlockKind.MneEpochs, "epochs"), (356, "an inverse operator"), (352, "a forward solution"), (355, "a covariance"), (351, "a source space"), (374, "an ICA decomposition"),
        (361, "a list of events"), (BlockKind.MneAnnotations, "annotations"), (311, "a boundary-element model or surface"), (310, "a boundary-element model"), (362, "a map between surfaces"), (200, "an MRI description"),
        (BlockKind.Projector, "signal-space projectors"), (501, "a cross-talk matrix"), (500, "a data correction"), (BlockKind.Isotrak, DigitisedPoints), (BlockKind.MneBadChannels, "a list of bad channels"),
        (BlockKind.MeasurementInfo, "measurement information without samples"),
    ];

    /// <summary>The content in words.</summary>
    public static string Describe(FiffFile file)
    {
        var words = Blocks.FirstOrDefault(b => file.Root.First(b.Block) is not null).Words;
        return words is null or DigitisedPoints && HasTransform(file.Root) ? "a coordinate transform" : words ?? "nothing that is known";
    }

    private static bool HasTransform(FiffBlock block) => block.Find(TagKind.Transform) is not null || block.Blocks.Any(HasTransform);
}
