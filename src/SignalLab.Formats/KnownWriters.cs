using SignalLab.Formats.BrainVision;
using SignalLab.Formats.Delimited;
using SignalLab.Formats.Edf;
using SignalLab.Formats.Eeglab;
using SignalLab.Formats.Fiff;
using SignalLab.Formats.Parquet;
using SignalLab.Formats.Snirf;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>Writes recordings in every format there is a writer for, and tells what the written file does not hold.</summary>
public static class KnownWriters
{
    private static readonly Dictionary<string, Writer> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = new("CSV", (r, p) => Table(r[0], p, Delimiter.Comma), RecordingTable.Kept),
        [".tsv"] = new("CSV", (r, p) => Table(r[0], p, Delimiter.Tab), RecordingTable.Kept),
        [".parquet"] = new("Parquet", (r, p) => ParquetWriter.Write(r[0], p), ParquetWriter.Kept),
        [".edf"] = new("EDF", (r, p) => EdfWriter.Write(r[0], p, EdfKind.Edf)),
        [".bdf"] = new("BDF", (r, p) => EdfWriter.Write(r[0], p, EdfKind.Bdf)),
        [".hea"] = new("WFDB", (r, p) => WfdbWriter.Write(r[0], p)),
        [".fif"] = new("FIFF", (r, p) => r[0].Evoked is null ? FiffWriter.WriteRaw(r[0], p) : FiffWriter.WriteEvoked(r, p)),
        [".fif.gz"] = new("FIFF", (r, p) => r[0].Evoked is null ? FiffWriter.WriteRaw(r[0], p) : FiffWriter.WriteEvoked(r, p)),
        [".vhdr"] = new("BrainVision", (r, p) => BrainVisionWriter.Write(r[0], p)),
        [".set"] = new("EEGLAB", (r, p) => EeglabWriter.Write(r[0], p)),
        [".snirf"] = new("SNIRF", (r, p) => SnirfWriter.Write(r[0], p)),
    };

    /// <summary>Endings of file names that <see cref="Write"/> knows.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. ByEnding.Keys];

    /// <summary>The ending of a file's name as <see cref="Endings"/> spells it, in lower case; a zipped one has both.</summary>
    /// <param name="path">The file.</param>
    public static string EndingOf(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        var ending = Path.GetExtension(name);
        return ending == ".gz" ? Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + ending : ending;
    }

    /// <summary>Writes recordings in the format that the path's ending names, opens what was written and compares what both say.</summary>
    /// <param name="recordings">At least one. FIFF holds several averages; every other format holds the first alone.</param>
    /// <param name="path">The file; companions lie beside it. Existing files are replaced.</param>
    /// <returns>Everything that the written file does not hold as it was; empty for a full copy.</returns>
    /// <exception cref="ArgumentException">The ending is not one of <see cref="Endings"/>.</exception>
    /// <exception cref="UnfitInputException">The content does not fit the format.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<Loss> Write(IReadOnlyList<Recording> recordings, string path)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentOutOfRangeException.ThrowIfZero(recordings.Count, nameof(recordings));
        var writer = ByEnding.GetValueOrDefault(EndingOf(path))
            ?? throw new ArgumentException($"{path}: no writer has this ending; there are {string.Join(" ", Endings)}.", nameof(path));
        var losses = writer.Write(recordings, path).ToList();
        var told = losses.Select(l => l.Of).ToHashSet();

        // What the writer told in its own words is not told again.
        void Add(IEnumerable<Loss> found) => losses.AddRange(found.Where(l => !told.Contains(l.Of) && !losses.Contains(l)));
        if (writer.Kept is { } kept)
        {
            Add(Losses.Between(recordings[0], kept(recordings[0]), writer.Name));
            AddOthers(losses, recordings.Count - 1, writer.Name);
            return losses;
        }

        var copies = Reopened(path).ToList();
        var missing = 0;
        foreach (var recording in recordings)
        {
            var copy = copies.Find(c => c.Evoked?.Condition == recording.Evoked?.Condition) ?? (recordings.Count == 1 ? copies.FirstOrDefault() : null);
            if (copy is null)
            {
                missing++;
                continue;
            }

            Add(Losses.Between(recording, copy, writer.Name));
        }

        AddOthers(losses, missing, writer.Name);
        return losses;
    }

    private static void AddOthers(List<Loss> losses, int count, string format)
    {
        if (count > 0)
        {
            losses.Add(new(Aspect.Others, FormattableString.Invariant($"{format} holds one recording: {count} others are left out.")));
        }
    }

    private static IReadOnlyList<Recording> Reopened(string path)
    {
        try
        {
            return KnownFormats.Open(path).Recordings;
        }
        catch (MalformedFileException e)
        {
            throw new InvalidOperationException($"The written file does not open: {e.Message}", e);
        }
    }

    private static IReadOnlyList<Loss> Table(Recording recording, string path, Delimiter delimiter)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        RecordingTable.Write(recording, stream, delimiter);
        return [];
    }

    /// <summary>One format that can be written.</summary>
    /// <param name="Name">As it stands in sentences.</param>
    /// <param name="Write">Writes, and tells what it alone can know.</param>
    /// <param name="Kept">What a file would give back, for formats whose files are not opened again.</param>
    private sealed record Writer(string Name, Func<IReadOnlyList<Recording>, string, IReadOnlyList<Loss>> Write, Func<Recording, Recording>? Kept = null);
}
