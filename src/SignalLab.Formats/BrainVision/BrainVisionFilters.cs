using System.Globalization;

namespace SignalLab.Formats.BrainVision;

/// <summary>Filters of the amplifier and of the recording software, from the tables that the recorder leaves in the comment.</summary>
internal static class BrainVisionFilters
{
    /// <summary>The filters of each channel, counted from 1, as the file states them; a channel without is left out.</summary>
    /// <param name="header">The header.</param>
    public static IReadOnlyDictionary<int, string> Of(BrainVisionHeader header)
    {
        var found = new Dictionary<int, string>();
        Columns? columns = null;
        var isSoftware = false;
        foreach (var line in header.Text["Comment"])
        {
            var text = line.Text.Trim();
            if (text.Replace(" ", "", StringComparison.Ordinal).Equals("SoftwareFilters", StringComparison.OrdinalIgnoreCase))
            {
                (isSoftware, columns) = (true, null);
            }
            else if (text.StartsWith('#') && text.Contains("Cutoff", StringComparison.OrdinalIgnoreCase))
            {
                columns = Columns.Of(text);
            }
            else if (columns is null || text.Length == 0)
            {
                continue;
            }
            else if (columns.Read(text) is var (channel, filters))
            {
                found[channel] = isSoftware && found.GetValueOrDefault(channel, "") is { Length: > 0 } hardware ? $"{hardware} software {filters}" : filters;
            }
            else
            {
                columns = null;
            }
        }

        return found;
    }

    /// <summary>A table's heading: what stands in a row, from which the cut-offs are found counting blanks.</summary>
    /// <param name="HasName">True where a row holds the channel's name and number at the amplifier.</param>
    /// <param name="HasUnit">True where a unit follows the resolution.</param>
    /// <param name="LowUnit">Unit of the low cut-off: <c>s</c> for a time constant, or <c>Hz</c>.</param>
    /// <param name="HasNotch">True where a row holds a notch.</param>
    private sealed record Columns(bool HasName, bool HasUnit, string LowUnit, bool HasNotch)
    {
        public static Columns Of(string heading)
        {
            var low = heading.IndexOf("Low Cutoff", StringComparison.OrdinalIgnoreCase);
            var open = low < 0 ? -1 : heading.IndexOf('[', low);
            var close = open < 0 ? -1 : heading.IndexOf(']', open);
            return new(
                heading.Contains("Phys", StringComparison.OrdinalIgnoreCase), heading.Contains("/ Unit", StringComparison.OrdinalIgnoreCase),
                close < 0 ? "" : heading[(open + 1)..close].Trim(), heading.Contains("Notch", StringComparison.OrdinalIgnoreCase));
        }

        public (int Channel, string Filters)? Read(string row)
        {
            var words = row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (!int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var channel))
            {
                return null;
            }

            // Number, name, number at the amplifier, resolution, unit; a name with blanks is passed as far as no part of it is a number.
            var at = 1;
            if (HasName)
            {
                at = Array.FindIndex(words, Math.Min(2, words.Length), IsNumber) is > 0 and var physical ? physical + (HasUnit ? 3 : 2) : words.Length;
            }

            if (at + 1 >= words.Length || !IsCutoff(words[at]) || !IsCutoff(words[at + 1]))
            {
                return (channel, "");
            }

            var notch = HasNotch && at + 2 < words.Length && IsCutoff(words[at + 2]) ? $" N:{Unit(words[at + 2], "Hz")}" : "";
            return (channel, $"HP:{Unit(words[at], LowUnit)} LP:{Unit(words[at + 1], "Hz")}{notch}");
        }

        private static string Unit(string value, string unit) => IsNumber(value) ? value + unit : value;

        private static bool IsCutoff(string word) => IsNumber(word) || word.Equals("DC", StringComparison.OrdinalIgnoreCase) || word.Equals("Off", StringComparison.OrdinalIgnoreCase);

        private static bool IsNumber(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
