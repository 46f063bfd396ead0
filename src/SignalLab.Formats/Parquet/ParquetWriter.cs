using System.Buffers.Binary;
using System.IO.Compression;
using SignalLab.Model;

namespace SignalLab.Formats.Parquet;

/// <summary>
/// Writes a recording as a Parquet table: the column <c>time_s</c> and one column a channel, all of 64-bit floats, one row a sample. Memory is bounded by the row group;
/// what the recording says beside its samples stands as JSON in the file's keys and values, each channel's unit with its column too.
/// </summary>
/// <remarks>Source: Apache Parquet format 2.10: plain encoding, one page a column chunk, GZIP.</remarks>
public static class ParquetWriter
{
    private const string Partial = ".partial";
    private const string TimeColumn = "time_s";

    // Values of a row group: 16 MB as 64-bit floats.
    private const int GroupValues = 1 << 21;

    /// <summary>Writes all samples; time is real time since the first one, so it jumps at gaps; of an average it is the latency.</summary>
    /// <param name="recording">Channels of one rate. Of channels with one name the second is the column <c>name#2</c>.</param>
    /// <param name="path">The file, replaced where it exists; it appears whole or not at all.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops writing.</param>
    /// <returns>Nothing: samples are kept bit for bit.</returns>
    /// <exception cref="UnfitInputException">The channels differ in rate or length, or there is none.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static IReadOnlyList<Loss> Write(Recording recording, string path, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(path);
        SampleTable.Require(recording);
        try
        {
            using (var file = new FileStream(path + Partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                WriteFile(recording, file, progress, cancellation);
            }

            File.Move(path + Partial, path, overwrite: true);
            return [];
        }
        catch
        {
            File.Delete(path + Partial);
            throw;
        }
    }

    /// <summary>What a file gives back.</summary>
    /// <param name="recording">What is written.</param>
    internal static Recording Kept(Recording recording) => recording with
    {
        Channels = [.. recording.Channels.Select(c => c with { Light = null, Sensor = c.Sensor is { } s ? s with { Coil = null } : null })],
        Measurements = [],
        Projectors = [],
        Fiducials = [],
        HeadShape = [],
        Transforms = [],
        LineFrequencyHz = null,
        Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
    };

    private static void WriteFile(Recording recording, FileStream file, IProgress<double>? progress, CancellationToken cancellation)
    {
        var names = Names(recording.Channels);
        var footer = new ParquetFooter(
            [new(TimeColumn, [("unit", "s")]), .. names.Zip(recording.Channels, (n, c) => new ParquetColumn(n, c.Unit.Symbol.Length == 0 ? [] : [("unit", c.Unit.Symbol)]))]);
        file.Write(ParquetFooter.Magic);
        int[] channels = [.. Enumerable.Range(0, names.Count)];
        var (rate, total) = (recording.Channels[0].RateHz, recording.Channels[0].SampleCount);
        var perGroup = (int)Math.Min(Math.Max(1, GroupValues / (channels.Length + 1)), Math.Max(1, total));
        var values = new double[(channels.Length + 1) * perGroup];
        var pages = new byte[channels.Length + 1][];
        var runs = recording.Runs(0);
        var onsets = runs.Select(r => SampleTable.OnsetOf(r, recording.Evoked, rate)).ToArray();
        var run = 0;
        for (var first = 0L; first < total; first += perGroup)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(perGroup, total - first);
            for (var i = 0; i < count; i++)
            {
                while (first + i >= runs[run].EndSample)
                {
                    run++;
                }

                values[i] = onsets[run].Seconds + ((onsets[run].Samples + (first + i - runs[run].FirstSample)) / rate);
            }

            recording.Samples.Read(channels, first, count, values.AsSpan(count, channels.Length * count));
            Parallel.For(0, pages.Length, c => pages[c] = Zipped(values.AsSpan(c * count, count)));
            WriteGroup(file, footer, count, pages);
            progress?.Report((first + count) / (double)total);
        }

        file.Write(footer.End(ParquetNotes.Of(recording, names), "SignalLab"));
    }

    private static void WriteGroup(FileStream file, ParquetFooter footer, int count, byte[][] pages)
    {
        var chunks = new (long, int, int)[pages.Length];
        for (var c = 0; c < pages.Length; c++)
        {
            var header = ParquetFooter.PageHeader(count, pages[c].Length);
            chunks[c] = (file.Position, header.Length, pages[c].Length);
            file.Write(header);
            file.Write(pages[c]);
        }

        footer.AddGroup(count, chunks);
    }

    private static byte[] Zipped(ReadOnlySpan<double> values)
    {
        var plain = new byte[sizeof(double) * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(plain.AsSpan(sizeof(double) * i), values[i]);
        }

        using var memory = new MemoryStream(plain.Length / 2);
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(plain);
        }

        return memory.ToArray();
    }

    // A column is found by its name, so each name stands once: Fp1, Fp1#2.
    private static List<string> Names(IReadOnlyList<Channel> channels)
    {
        var used = new HashSet<string>(channels.Select(c => c.Label).Append(TimeColumn), StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal) { [TimeColumn] = 1 };
        var names = new List<string>();
        foreach (var label in channels.Select(c => c.Label))
        {
            var number = seen[label] = seen.GetValueOrDefault(label) + 1;
            var name = label;
            for (; number > 1 && !used.Add(name = FormattableString.Invariant($"{label}#{number}")); number++)
            {
            }

            seen[label] = number;
            names.Add(name);
        }

        return names;
    }
}
