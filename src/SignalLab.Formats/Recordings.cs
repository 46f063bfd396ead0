using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>Opens files that hold a recording.</summary>
public static class Recordings
{
    /// <summary>Opens the recording in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="index">Which one, where the file holds several (conditions of an evoked file).</param>
    /// <returns>The recording; its samples are read when asked for.</returns>
    /// <exception cref="MalformedFileException">The file is damaged or of no known format.</exception>
    /// <exception cref="UnfitInputException">The file holds no recording, or not so many.</exception>
    public static Recording Open(string path, int index = 0)
    {
        var study = KnownFormats.Open(path);
        return index < study.Recordings.Count
            ? study.Recordings[index]
            : throw new UnfitInputException($"{path}: holds {study.Recordings.Count} recording(s), number {index} (counted from 0) was asked for.");
    }
}
