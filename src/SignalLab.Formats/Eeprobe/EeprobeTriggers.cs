using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Formats.Riff;
using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>Triggers: sample and code, in chunk <c>evt</c> of the recording or in a <c>.trg</c> file beside it, which then counts.</summary>
internal static class EeprobeTriggers
{
    private const int CodeBytes = 8;

    private const long Largest = 64_000_000;

    /// <summary>The triggers inside the recording's file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="root">Its chunks.</param>
    public static IEnumerable<(long Sample, string Code)> Inside(ByteSource bytes, RiffChunk root)
    {
        if (root["evt"] is not { } chunk)
        {
            return [];
        }

        var size = (root.IsLong ? 8 : 4) + CodeBytes;
        var content = bytes.Read(chunk.Offset, chunk.Length / size * size, "evt");
        return Enumerable.Range(0, content.Length / size).Select(i =>
        {
            var entry = content.AsSpan(i * size, size);
            var sample = root.IsLong ? BinaryPrimitives.ReadInt64LittleEndian(entry) : BinaryPrimitives.ReadUInt32LittleEndian(entry);
            return (sample, Encoding.Latin1.GetString(entry[^CodeBytes..]).Split('\0')[0].Trim());
        });
    }

    /// <summary>The triggers of a file of text: the sampling interval in its first line, then time in seconds, byte offset and code.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MalformedFileException">A row is no trigger.</exception>
    public static IReadOnlyList<(double Seconds, string Code)> Beside(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length > Largest)
        {
            throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"a trigger file of at most {Largest} bytes"));
        }

        var triggers = new List<(double, string)>();
        foreach (var line in Encoding.Latin1.GetString(bytes.Read(0, bytes.Length, "triggers")).Split('\n').Skip(1))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            triggers.Add(words.Length >= 3 && double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
                ? (seconds, words[2])
                : throw new MalformedFileException(path, null, "trigger", $"\"{line.Trim()}\"", "time, byte offset and code"));
        }

        return triggers;
    }
}
