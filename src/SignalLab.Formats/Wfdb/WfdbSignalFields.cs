using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalLab.Formats.Wfdb;

/// <summary>The optional fields of a signal line: gain(baseline)/units, resolution, zero, initial value, checksum, block size, description.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5), "Signal specification lines".</remarks>
internal static partial class WfdbSignalFields
{
    /// <summary>Fills in what stands behind the format field.</summary>
    /// <param name="signal">The signal with its file and format.</param>
    /// <param name="rest">The line behind the format field.</param>
    /// <param name="name">The name a signal without description gets.</param>
    /// <param name="remarks">Receives what is odd.</param>
    /// <param name="index">The signal's number, for remarks.</param>
    public static WfdbSignal Fill(WfdbSignal signal, string rest, string name, List<string> remarks, int index)
    {
        var at = 0;
        double gain = 0;
        double? baseline = null;
        var units = "mV";
        if (Next(rest, ref at, out var field) && GainField().Match(field) is { Success: true } match)
        {
            gain = Number(match.Groups["gain"].Value) ?? 0;
            baseline = Number(match.Groups["baseline"].Value);
            units = match.Groups["units"].Value is { Length: > 0 } stated ? stated : units;
        }
        else
        {
            at = 0;
        }

        var isCalibrated = gain != 0 && double.IsFinite(gain);
        long[] numbers = [0, 0, long.MinValue, long.MinValue, 0];
        var filled = 0;
        while (at > 0 && filled < numbers.Length)
        {
            var before = at;
            if (!Next(rest, ref at, out field) || !long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                at = before;
                break;
            }

            numbers[filled++] = value;
        }

        var description = rest[at..].Trim(' ', '\t', '\0');
        if (description.Length > 0 && filled < numbers.Length)
        {
            remarks.Add(FormattableString.Invariant($"Signal {index}: \"{description}\" stands where a number was expected and is taken as its description."));
        }

        name = description.Length > 0 ? description : name;
        if (!isCalibrated && signal.Format != SampleFormat.Null)
        {
            remarks.Add($"Signal '{name}' is not calibrated (gain 0 or missing): {WfdbSignal.DefaultGain} ADC units per {units} are assumed.");
        }

        return signal with
        {
            Gain = isCalibrated ? gain : WfdbSignal.DefaultGain,
            IsCalibrated = isCalibrated,
            Baseline = baseline ?? numbers[1],
            Units = units,
            AdcResolutionBits = (int)Math.Clamp(numbers[0], 0, 32),
            AdcZero = numbers[1],
            InitialValue = numbers[2] == long.MinValue ? numbers[1] : numbers[2],
            Checksum = numbers[3] == long.MinValue ? null : numbers[3],
            Description = name,
        };
    }

    private static bool Next(string text, ref int at, out string field)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        var start = at;
        while (at < text.Length && text[at] is not (' ' or '\t' or '\0'))
        {
            at++;
        }

        field = text[start..at];
        return field.Length > 0;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"^(?<gain>[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)?(\((?<baseline>[^()]*)\))?(/(?<units>\S*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex GainField();
}
