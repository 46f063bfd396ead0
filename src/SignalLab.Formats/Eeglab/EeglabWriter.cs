using System.Buffers.Binary;
using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>Where the samples of a written dataset are.</summary>
public enum EeglabStorage
{
    /// <summary>Inside the dataset where they fit an array of MAT version 5 (2 GB), else beside it.</summary>
    Automatic,

    /// <summary>Inside the dataset.</summary>
    Inside,

    /// <summary>In an <c>.fdt</c> file beside it.</summary>
    Beside,
}

/// <summary>Writes EEGLAB datasets (<c>.set</c>, MAT version 5, a structure <c>EEG</c>) with their samples as 32-bit floats, relative error at most 6·10⁻⁸.</summary>
/// <remarks>Source: EEGLAB, "Data structures" (eeg_checkset.m, pop_saveset.m).</remarks>
public static class EeglabWriter
{
    private const string Partial = ".partial";
    private const int BlockSamples = 1 << 18;
    private const long RoomForTheRest = 1 << 28;

    /// <summary>Writes a recording as a continuous dataset: potentials in microvolts, gaps as <c>boundary</c> events with their length.</summary>
    /// <param name="recording">All channels of one rate and length.</param>
    /// <param name="path">The dataset. Samples beside it have its name with the ending <c>.fdt</c>. Existing files are replaced; both appear or none.</param>
    /// <param name="storage">Where the samples are written.</param>
    /// <returns>What the format keeps in another way or not at all.</returns>
    /// <exception cref="UnfitInputException">Rates, lengths or clocks differ, there is no channel, or the samples do not fit inside.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<Loss> Write(Recording recording, string path, EeglabStorage storage = EeglabStorage.Automatic)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (recording.CommonRateHz is null || recording.Channels.Any(c => c.SampleCount != recording.Channels[0].SampleCount))
        {
            throw new UnfitInputException($"{path}: an EEGLAB dataset holds channels of one rate and length; these differ (or there are none): pick those of one rate or resample them.");
        }

        recording.RequireOneClock();
        var (channels, points) = (recording.Channels.Count, recording.Channels[0].SampleCount);
        var fits = sizeof(float) * channels * points <= Mat5Writer.LargestArray - RoomForTheRest;
        if (points > int.MaxValue || (storage == EeglabStorage.Inside && !fits))
        {
            throw new UnfitInputException($"{path}: would pass 2 GB, more than one array of an EEGLAB dataset can hold; write the samples beside it, or a shorter stretch.");
        }

        var isBeside = storage == EeglabStorage.Beside || !fits;
        var samplesPath = Path.ChangeExtension(path, ".fdt");
        var losses = SingleFloats.LossOf(recording, "EEGLAB").ToList();
        try
        {
            using (var file = new FileStream(path + Partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                WriteDataset(recording, file, isBeside ? Path.GetFileName(samplesPath) : null, losses);
            }

            if (isBeside)
            {
                using (var file = new FileStream(samplesPath + Partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                {
                    WriteSamples(recording, file);
                }

                File.Move(samplesPath + Partial, samplesPath, overwrite: true);
            }

            File.Move(path + Partial, path, overwrite: true);
            return losses;
        }
        catch
        {
            File.Delete(path + Partial);
            File.Delete(samplesPath + Partial);
            throw;
        }
    }

    private static void WriteDataset(Recording recording, FileStream file, string? samplesName, List<Loss> losses)
    {
        byte[] head = [];
        var (total, padding) = (0L, 0);
        if (samplesName is null)
        {
            head = Mat5Writer.SinglesHead(recording.Channels.Count, recording.Channels[0].SampleCount, out total, out padding);
        }

        var fields = EeglabDataset.Fields(recording, samplesName, losses);
        var inside = fields.Sum(f => f.Value?.Length ?? total);
        file.Write(Mat5Writer.Header("created by SignalLab"));
        file.Write(Mat5Writer.StructHead("EEG", [.. fields.Select(f => f.Name)], inside));
        foreach (var (_, value) in fields)
        {
            if (value is not null)
            {
                file.Write(value);
                continue;
            }

            file.Write(head);
            WriteSamples(recording, file);
            file.Write(new byte[padding]);
        }
    }

    // All channels of a point together.
    private static void WriteSamples(Recording recording, FileStream file)
    {
        var (channels, count) = (recording.Channels.Count, recording.Channels[0].SampleCount);
        double[] factors = [.. recording.Channels.Select(EeglabDataset.FactorOf)];
        var together = Math.Max(1, BlockSamples / channels);
        int[] all = [.. Enumerable.Range(0, channels)];
        var values = new double[together * channels];
        var bytes = new byte[sizeof(float) * values.Length];
        for (long first = 0; first < count; first += together)
        {
            var length = (int)Math.Min(together, count - first);
            recording.Samples.Read(all, first, length, values.AsSpan(0, length * channels));
            for (var c = 0; c < channels; c++)
            {
                for (int i = 0, at = sizeof(float) * c; i < length; i++, at += sizeof(float) * channels)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), (float)(values[(c * length) + i] * factors[c]));
                }
            }

            file.Write(bytes.AsSpan(0, sizeof(float) * length * channels));
        }
    }
}
