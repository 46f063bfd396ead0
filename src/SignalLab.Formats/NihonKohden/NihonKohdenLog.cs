using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.NihonKohden;

/// <summary>The log: blocks of entries of 45 bytes, text and time since the recording began; a parallel block holds the fractions of the seconds. Pauses count.</summary>
internal static class NihonKohdenLog
{
    private const int Table = 0x91;

    private const int EntryBytes = 45;

    private const int TextBytes = 20;

    // The table has places for this many blocks; those of the fractions follow.
    private const int MostBlocks = 22;

    /// <summary>Reads the log beside a recording.</summary>
    /// <param name="path">The <c>.EEG</c> file.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <returns>Annotations in order of time, onsets since the recording began.</returns>
    /// <exception cref="MalformedFileException">The log is damaged or cut.</exception>
    public static Annotation[] Beside(string path, List<string> remarks)
    {
        if (NihonKohdenCompanion.Find(path, "LOG") is not { } file)
        {
            remarks.Add("There is no .LOG file beside the recording: it has no annotations.");
            return [];
        }

        var bytes = ByteSource.OpenAsIs(file);
        if (!NihonKohdenHeader.IsSignature(bytes.Read(0, Table + 1, "header")))
        {
            throw new MalformedFileException(file, 0, "device", "no known signature", "a log of the device");
        }

        var annotations = new List<Annotation>();
        int blocks = bytes.Read(Table, 1, "number of log blocks")[0];
        var lost = 0;
        for (var b = 0; b < Math.Min(blocks, MostBlocks); b++)
        {
            var entries = Entries(bytes, b);
            var fractions = Fractions(bytes, b, entries.Length / EntryBytes);
            for (var i = 0; i < entries.Length / EntryBytes; i++)
            {
                var entry = entries.AsSpan(i * EntryBytes, EntryBytes);
                if (Elapsed(Encoding.Latin1.GetString(entry.Slice(TextBytes, 6))) is not { } seconds)
                {
                    lost++;
                    continue;
                }

                annotations.Add(new(((1e6 * seconds) + Millionths(fractions, i)) / 1e6, 0, NihonKohdenCompanion.Text(entry[..TextBytes])));
            }
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} entries of the log have no time; they are left out."));
        }

        if (blocks > MostBlocks)
        {
            remarks.Add(FormattableString.Invariant($"The log states {blocks} blocks; the {MostBlocks} there is room for were read."));
        }

        return [.. annotations.OrderBy(a => a.OnsetSeconds)];
    }

    private static byte[] Entries(ByteSource bytes, int block)
    {
        var address = Address(bytes, block);
        return address == 0 ? [] : bytes.Read(address + 0x14, (long)EntryBytes * bytes.Read(address + 0x12, 1, "number of log entries")[0], "log entries");
    }

    // Older systems have none: their times are whole seconds.
    private static byte[] Fractions(ByteSource bytes, int block, int count)
    {
        if (count == 0 || bytes.Length < Table + 1 + (20 * (block + MostBlocks)) + 4 || Address(bytes, block + MostBlocks) is var address && (address == 0 || address + 0x14 + (EntryBytes * count) > bytes.Length))
        {
            return [];
        }

        return bytes.Read(address + 0x12, 1, "number of log entries")[0] == count ? bytes.Read(address + 0x14, (long)EntryBytes * count, "fractions of log entries") : [];
    }

    private static int Millionths(byte[] fractions, int entry) =>
        fractions.Length > 0 && int.TryParse(Encoding.Latin1.GetString(fractions, (entry * EntryBytes) + TextBytes + 4, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var millionths)
            ? millionths
            : 0;

    private static double? Elapsed(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n / 100 % 100 < 60 && n % 100 < 60 ? (n / 10000 * 3600) + (n / 100 % 100 * 60) + (n % 100) : null;

    private static long Address(ByteSource bytes, int block) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Read(Table + 1 + (20 * block), 4, "log block's address"));
}
