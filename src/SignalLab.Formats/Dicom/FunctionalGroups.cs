namespace SignalLab.Formats.Dicom;

/// <summary>What an enhanced multi-frame image says of all frames and of each.</summary>
/// <remarks>Source: DICOM PS3.3, C.7.6.16.</remarks>
internal sealed class FunctionalGroups(DicomDataset data)
{
    private readonly DicomDataset? shared = data.FirstItem(DicomTag.SharedGroups);
    private readonly IReadOnlyList<DicomDataset> perFrame = data.Items(DicomTag.PerFrameGroups);

    /// <summary>True where the image has functional groups at all.</summary>
    public bool Exist => shared is not null || perFrame.Count > 0;

    /// <summary>The macro of a frame: its own, else the shared one, else null.</summary>
    public DicomDataset? Macro(int frame, DicomTag tag) =>
        (frame < perFrame.Count ? perFrame[frame].FirstItem(tag) : null) ?? shared?.FirstItem(tag);
}
