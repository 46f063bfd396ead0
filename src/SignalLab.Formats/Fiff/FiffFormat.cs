using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>FIFF: the Functional Image File Format of Neuromag, MEGIN and MNE; raw recordings, epochs and averages, and what source analysis keeps beside them.</summary>
/// <remarks>Source: Functional Image File Format specification, version 1.4 (Elekta Oy, 2011), and the tags that MNE adds.</remarks>
public sealed class FiffFormat : IFormat
{
    internal const string FormatName = "FIFF";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return FiffFile.Begins(head.Bytes);
    }

    /// <inheritdoc/>
    /// <exception cref="UnfitInputException">The file holds something that is not read, which the message names.</exception>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = FiffFile.Open(path);
        if (file.Root.First(BlockKind.Measurement) is { } measurement)
        {
            if (RawRecording.BlockOf(measurement) is { } raw)
            {
                return StudyOf([RawRecording.Open(file, measurement, raw)]);
            }

            if (EpochRecordings.BlockOf(measurement) is { } epochs)
            {
                return StudyOf([EpochRecordings.Open(file, measurement, epochs)]);
            }

            if (measurement.All(BlockKind.Evoked).ToArray() is { Length: > 0 } evoked)
            {
                return StudyOf(EvokedRecordings.Open(file, measurement, evoked));
            }
        }

        return FiffContent.Open(file)
            ?? throw new UnfitInputException($"{path}: holds {FiffContent.Describe(file)}, which is not read; give a raw, epochs or evoked file (…_raw.fif, …-epo.fif, …-ave.fif).");
    }

    private static Study StudyOf(IReadOnlyList<Recording> recordings) => new()
    {
        Recordings = recordings,
        Transforms = recordings[0].Transforms,
        Format = FormatName,
    };
}
