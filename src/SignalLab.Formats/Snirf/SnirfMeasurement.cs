using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>A light channel as a measurement list tells it; written so that it is read under the name it had.</summary>
/// <param name="Source">Number of the source, from 1.</param>
/// <param name="Detector">Number of the detector, from 1.</param>
/// <param name="Wavelength">Number of the wavelength, from 1; 0 where there is none.</param>
/// <param name="Type">What was measured: 1 intensity, 51 fluorescence, 101 and 102 amplitude and phase, 99999 processed.</param>
/// <param name="TypeLabel">What it was processed into; empty for raw light.</param>
internal sealed record SnirfMeasurement(int Source, int Detector, int Wavelength, int Type, string TypeLabel)
{
    private const int ContinuousWave = 1, Fluorescence = 51, Amplitude = 101, Phase = 102, Processed = 99999;
    private static readonly Unit OpticalDensity = Unit.Parse("OD");

    /// <summary>Describes a channel.</summary>
    /// <param name="channel">The channel, with its light path.</param>
    /// <param name="sources">Numbers of the sources.</param>
    /// <param name="detectors">Numbers of the detectors.</param>
    /// <param name="wavelengths">The wavelengths in order.</param>
    public static SnirfMeasurement Of(Channel channel, IReadOnlyDictionary<string, int> sources, IReadOnlyDictionary<string, int> detectors, List<double> wavelengths)
    {
        var light = channel.Light!;
        var pair = $"{light.Source}_{light.Detector}";
        var rest = channel.Label.StartsWith(pair, StringComparison.Ordinal) ? channel.Label[pair.Length..].Trim() : "";
        var colour = light.WavelengthNm?.ToString(CultureInfo.InvariantCulture);
        rest = colour is not null && rest.StartsWith(colour, StringComparison.Ordinal) ? rest[colour.Length..].Trim() : rest;
        var (type, label) = rest.ToLowerInvariant() switch
        {
            "hbo" => (Processed, "HbO"),
            "hbr" => (Processed, "HbR"),
            "hbt" => (Processed, "HbT"),
            "h2o" => (Processed, "H2O"),
            "fluorescence" => (Fluorescence, ""),
            "ac" => (Amplitude, ""),
            "phase" => (Phase, ""),
            "" => channel.Unit.Equals(OpticalDensity) ? (Processed, "dOD") : (ContinuousWave, ""),
            _ when rest.StartsWith("type ", StringComparison.Ordinal) && int.TryParse(rest.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => (number, ""),
            _ => (Processed, rest),
        };
        return new(sources[light.Source], detectors[light.Detector], light.WavelengthNm is { } nm ? wavelengths.IndexOf(nm) + 1 : 0, type, label);
    }

    /// <summary>Numbers of sources or detectors: S3 is the third; other names are numbered as they come.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="letter">S or D.</param>
    public static IReadOnlyDictionary<string, int> Numbers(IEnumerable<string> names, char letter)
    {
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        var numbered = distinct.ToDictionary(n => n, n => n.Length > 1 && n[0] == letter && n[1] != '0' && int.TryParse(n.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostOptodes ? number : 0, StringComparer.Ordinal);
        return numbered.Values.All(n => n > 0) ? numbered : distinct.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i + 1, StringComparer.Ordinal);
    }

    private const int MostOptodes = 10_000;
}
