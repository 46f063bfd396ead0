using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>Writes BrainVision recordings: a header (<c>.vhdr</c>) with the samples (<c>.eeg</c>) and the markers (<c>.vmrk</c>) beside it, in UTF-8.</summary>
/// <remarks>Source: Brain Products, BrainVision Core Data Format 1.0.</remarks>
public static class BrainVisionWriter
{
    private const string Partial = ".partial";
    private const int BlockSamples = 1 << 18;

    /// <summary>
    /// Writes a recording, multiplexed: as 16-bit integers where every sample lies on its channel's own steps and these begin at 0, else as 32-bit floats
    /// (relative error at most 6·10⁻⁸). Gaps become <c>New Segment</c> markers with their dates.
    /// </summary>
    /// <param name="recording">All channels of one rate and length.</param>
    /// <param name="headerPath">The header's path; the other two files have its name. Existing ones are replaced; all three appear or none.</param>
    /// <returns>What the format keeps in another way or not at all.</returns>
    /// <exception cref="UnfitInputException">Rates, lengths or clocks differ, or there is no channel.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<Loss> Write(Recording recording, string headerPath)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(headerPath);
        if (recording.CommonRateHz is null || recording.Channels.Any(c => c.SampleCount != recording.Channels[0].SampleCount))
        {
            throw new UnfitInputException($"{headerPath}: BrainVision holds channels of one rate and length; these differ (or there are none): pick those of one rate or resample them.");
        }

        recording.RequireOneClock();
        string[] paths = [headerPath, Path.ChangeExtension(headerPath, ".eeg"), Path.ChangeExtension(headerPath, ".vmrk")];
        try
        {
            var losses = new List<Loss>();
            var columns = recording.Channels.Select(WrittenColumn.Of).ToArray();
            var isInteger = columns.All(c => c.HasSteps) && TryWriteSamples(recording, columns, paths[1] + Partial, isInteger: true);
            if (!isInteger)
            {
                TryWriteSamples(recording, columns, paths[1] + Partial, isInteger: false);
                losses.AddRange(SingleFloats.LossOf(recording, "BrainVision"));
            }

            var utf8 = new UTF8Encoding(false);
            File.WriteAllText(paths[0] + Partial, BrainVisionHeaderText.Print(recording, columns, isInteger, Path.GetFileName(paths[1]), Path.GetFileName(paths[2]), losses), utf8);
            File.WriteAllText(paths[2] + Partial, BrainVisionMarkerText.Print(recording, Path.GetFileName(paths[1]), losses), utf8);
            foreach (var path in paths)
            {
                File.Move(path + Partial, path, overwrite: true);
            }

            return losses;
        }
        catch
        {
            foreach (var path in paths)
            {
                File.Delete(path + Partial);
            }

            throw;
        }
    }

    // False where a sample does not lie on its channel's steps.
    private static bool TryWriteSamples(Recording recording, WrittenColumn[] columns, string path, bool isInteger)
    {
        var (count, width) = (recording.Channels[0].SampleCount, isInteger ? sizeof(short) : sizeof(float));
        var together = Math.Max(1, BlockSamples / columns.Length);
        int[] all = [.. Enumerable.Range(0, columns.Length)];
        var values = new double[together * columns.Length];
        var bytes = new byte[width * values.Length];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        for (long first = 0; first < count; first += together)
        {
            var length = (int)Math.Min(together, count - first);
            recording.Samples.Read(all, first, length, values.AsSpan(0, length * columns.Length));
            for (var c = 0; c < columns.Length; c++)
            {
                var column = values.AsSpan(c * length, length);
                var resolution = columns[c].Resolution;
                var into = bytes.AsSpan(c * width);
                for (int i = 0, at = 0; i < column.Length; i++, at += width * columns.Length)
                {
                    var stored = column[i] / resolution;
                    if (!isInteger)
                    {
                        BinaryPrimitives.WriteSingleLittleEndian(into[at..], (float)stored);
                        continue;
                    }

                    var whole = Math.Round(stored);
                    if (!(Math.Abs(stored - whole) < 1e-6) || whole is < short.MinValue or > short.MaxValue)
                    {
                        return false;
                    }

                    BinaryPrimitives.WriteInt16LittleEndian(into[at..], (short)whole);
                }
            }

            file.Write(bytes.AsSpan(0, length * columns.Length * width));
        }

        return true;
    }
}

/// <summary>How a channel is stored: sample = stored × resolution.</summary>
/// <param name="Resolution">Physical units a step; 1 where the channel has no steps from 0 on.</param>
/// <param name="HasSteps">True where it has.</param>
internal readonly record struct WrittenColumn(double Resolution, bool HasSteps)
{
    /// <summary>The channel's own steps where BrainVision can state them: it knows no offset.</summary>
    public static WrittenColumn Of(Channel channel) =>
        channel.Calibration is { Offset: 0 } steps && double.IsNormal(steps.Gain) ? new(steps.Gain, true) : new(1, false);
}
