using System.Text.RegularExpressions;

namespace SignalLab.Model;

/// <summary>How electrode names are matched: not by spelling but by the place they mean.</summary>
public static partial class ChannelName
{
    private static readonly Dictionary<string, string> OldNames = new(StringComparer.Ordinal)
    {
        ["T3"] = "T7",
        ["T4"] = "T8",
        ["T5"] = "P7",
        ["T6"] = "P8",
    };

    /// <summary>The name without an <c>EEG </c>- or <c>Lead </c>-like prefix, a <c>-Ref</c>-like suffix, dots and case, with T3 T4 T5 T6 as T7 T8 P7 P8.</summary>
    /// <param name="label">The label as the file has it.</param>
    /// <returns>Upper case name, equal for two labels that mean one electrode.</returns>
    public static string Normalise(string label)
    {
        var name = Short(label).ToUpperInvariant();
        return OldNames.GetValueOrDefault(name, name);
    }

    /// <summary>The name as it is shown: without an <c>EEG </c>- or <c>Lead </c>-like prefix, a <c>-Ref</c>-like suffix and dots, otherwise as the file spells it.</summary>
    /// <param name="label">The label as the file has it.</param>
    public static string Short(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var name = Prefix().Replace(label.Trim(), "");
        return Suffix().Replace(name, "").Replace(".", "", StringComparison.Ordinal).Trim();
    }

    [GeneratedRegex(@"^(MDC_ECG_LEAD_|Lead )?((EEG|ECG|EKG|EOG|EMG|MEG|SEEG)[ _])?(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"(?<=.)( \(Einthoven\)|[-_ :/](REF|LE|RE|AR|AVG|AV|AVE|AA|LER|LINK|A1A2|A1\+A2|\(A1\+A2\)/2|M1M2|M1\+M2|CZREF|ORG|G2|G1|0|OFF)\d?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();
}
