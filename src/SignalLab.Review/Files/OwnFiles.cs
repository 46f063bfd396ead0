namespace SignalLab.Review.Files;

/// <summary>Names of the files that the reviewer writes beside recordings: they are no recordings themselves.</summary>
internal static class OwnFiles
{
    /// <summary>Ending of a store of annotations.</summary>
    public const string MarksEnding = ".signallab-marks";
}
