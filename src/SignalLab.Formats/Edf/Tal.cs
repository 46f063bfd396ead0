using System.Globalization;
using System.Text;

namespace SignalLab.Formats.Edf;

/// <summary>A time-stamped annotation list: <c>onset [21 duration] 20 text 20 … 0</c>. Source: EDF+ 2.2.2.</summary>
/// <param name="Onset">Seconds since the header's clock, as printed.</param>
/// <param name="Duration">Seconds, 0 where none is stated.</param>
/// <param name="Texts">The texts, empty ones too.</param>
internal readonly record struct Tal(decimal Onset, decimal Duration, string[] Texts)
{
    private const byte Separator = 20;

    private const byte DurationMark = 21;

    private const decimal Longest = 1e10m;

    /// <summary>The lists of one signal in one data record.</summary>
    /// <param name="block">The signal's bytes.</param>
    /// <param name="into">Receives the lists in order.</param>
    /// <returns>False where something stands there that is no list; what follows it up to the next 0 is passed over.</returns>
    public static bool ReadAll(ReadOnlySpan<byte> block, List<Tal> into)
    {
        var isClean = true;
        while (!(block = block.TrimStart((byte)0)).IsEmpty)
        {
            var end = block.IndexOf((byte)0);
            var list = end < 0 ? block : block[..end];
            block = end < 0 ? [] : block[end..];
            if (TryRead(list, out var tal))
            {
                into.Add(tal);
            }
            else
            {
                isClean = false;
            }
        }

        return isClean;
    }

    /// <summary>Appends a list to a block.</summary>
    /// <param name="block">The bytes so far.</param>
    /// <param name="onset">Seconds since the header's clock.</param>
    /// <param name="duration">Seconds, 0 for none.</param>
    /// <param name="text">The text; empty for the list that keeps a record's time.</param>
    public static void Append(List<byte> block, decimal onset, decimal duration, string text)
    {
        block.AddRange(Encoding.ASCII.GetBytes((onset < 0 ? "" : "+") + Print(onset)));
        if (duration > 0)
        {
            block.Add(DurationMark);
            block.AddRange(Encoding.ASCII.GetBytes(Print(duration)));
        }

        block.Add(Separator);
        block.AddRange(Encoding.UTF8.GetBytes(text));
        block.Add(Separator);
        block.Add(0);
    }

    /// <summary>A number of seconds without needless zeros.</summary>
    /// <param name="seconds">The number.</param>
    public static string Print(decimal seconds) => seconds.ToString("0.############################", CultureInfo.InvariantCulture);

    private static bool TryRead(ReadOnlySpan<byte> list, out Tal tal)
    {
        tal = default;
        var head = list.IndexOf(Separator);
        if (head < 1)
        {
            return false;
        }

        var stamp = list[..head];
        var mark = stamp.IndexOf(DurationMark);
        var duration = 0m;
        if (!TrySeconds(mark < 0 ? stamp : stamp[..mark], out var onset)
            || (mark >= 0 && mark + 1 < stamp.Length && (!TrySeconds(stamp[(mark + 1)..], out duration) || duration < 0)))
        {
            return false;
        }

        var texts = new List<string>();
        var rest = list[(head + 1)..];
        for (int next; (next = rest.IndexOf(Separator)) >= 0; rest = rest[(next + 1)..])
        {
            texts.Add(Decode(rest[..next]));
        }

        if (!rest.IsEmpty)
        {
            // The closing separator is missing: the text is there all the same.
            texts.Add(Decode(rest));
        }

        tal = new(onset, duration, [.. texts]);
        return true;
    }

    private static bool TrySeconds(ReadOnlySpan<byte> text, out decimal seconds) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && Math.Abs(seconds) < Longest;

    private static string Decode(ReadOnlySpan<byte> text) =>
        System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
}
