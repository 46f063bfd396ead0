using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>What a FIFF file without recording holds.</summary>
internal static class FiffContent
{
    private const int InverseOperator = 356, Ica = 374;

    // The most telling first: an inverse operator contains a source space and covariances, a decomposition the information of its measurement.
    private static readonly (int Block, string Words)[] Blocks =
    [
        (InverseOperator, "an inverse operator"), (Ica, "an ICA decomposition"), (BlockKind.Covariance, "a covariance of sources"), (BlockKind.Bem, "a model without surfaces"), (362, "a map between surfaces"),
        (200, "an MRI description"), (500, "a data correction"), (BlockKind.MneBadChannels, "a list of bad channels"), (BlockKind.MeasurementInfo, "measurement information without samples"),
    ];

    /// <summary>What source analysis and measurement keep in files of their own, or null where it is something else.</summary>
    public static Study? Open(FiffFile file)
    {
        if (new[] { InverseOperator, Ica, BlockKind.MeasurementInfo }.Any(b => file.Root.First(b) is not null))
        {
            return null;
        }

        var leadFields = FiffLeadFields.Read(file);
        var covariances = FiffCovariances.Read(file);
        var study = new Study
        {
            LeadFields = leadFields,
            SourceSpaces = leadFields.Count > 0 ? leadFields[0].Spaces : FiffSourceSpaces.Read(file, file.Root),
            NoiseCovariances = covariances,
            Projectors = covariances.Count > 0 ? [] : FiffProjectors.Read(file, file.Root, MeasurementInfo.NoLongNames),
            Surfaces = FiffSurfaces.Read(file),
            Events = FiffEvents.Read(file),
            CrossTalk = FiffMatrices.ReadCrossTalk(file),
            Layouts = DigitisedPoints.Layout(file) is { } layout ? [layout] : [],
            Transforms = leadFields.Count > 0 ? leadFields[0].Transforms : [.. Transforms(file, file.Root)],
            Recordings = FiffAnnotations.ReadAlone(file) is { } annotated ? [annotated] : [],
            Remarks = file.Root.All(BlockKind.Bem).Any(b => b.Find(TagKind.BemSolution) is not null) ? ["The model's solution (its matrix of potentials) is not read: it is computed anew from the surfaces."] : [],
            Format = FiffFormat.FormatName,
        };
        return study.LeadFields.Count + study.SourceSpaces.Count + covariances.Count + study.Projectors.Count + study.Surfaces.Count + study.Layouts.Count + study.Transforms.Count + study.Recordings.Count > 0
            || study.CrossTalk is not null || file.Root.First(BlockKind.MneEvents) is not null
            ? study
            : null;
    }

    /// <summary>The content in words.</summary>
    public static string Describe(FiffFile file) => Blocks.FirstOrDefault(b => file.Root.First(b.Block) is not null).Words ?? "nothing that is known";

    // Those of a source space belong to it.
    private static IEnumerable<Transform> Transforms(FiffFile file, FiffBlock block) =>
        FiffTransform.ReadAll(file, block.Tags).Concat(block.Blocks.Where(b => b.Kind != BlockKind.SourceSpace).SelectMany(b => Transforms(file, b)));
}
