using SignalLab.Formats.Hdf5;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>Channels of a table, as its measurement list tells them.</summary>
internal static class SnirfChannels
{
    private const int ContinuousWave = 1, Processed = 99999;

    /// <summary>A channel for each column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="block">The table.</param>
    /// <param name="probe">The probe.</param>
    /// <exception cref="MalformedFileException">A column is not described.</exception>
    public static IEnumerable<Channel> Of(Hdf5File file, SnirfBlock block, SnirfProbe probe)
    {
        // Lists as arrays (one entry a column) or as a group for each column.
        var arrays = $"{block.Path}/measurementLists";
        var isArrays = file.Children(arrays).Count > 0;
        for (var c = 0; c < block.Columns; c++)
        {
            var group = FormattableString.Invariant($"{block.Path}/measurementList{c + 1}");
            int? Whole(string field)
            {
                var value = isArrays ? file.Numbers($"{arrays}/{field}") is { } all && c < all.Length ? all[c] : null : file.Number($"{group}/{field}");
                return value is { } v && v == Math.Floor(v) && Math.Abs(v) < int.MaxValue ? (int)v : null;
            }

            string? Text(string field) => isArrays ? file.Texts($"{arrays}/{field}").ElementAtOrDefault(c) : file.Text($"{group}/{field}");
            if (Whole("sourceIndex") is not { } source || Whole("detectorIndex") is not { } detector)
            {
                throw new MalformedFileException(file.Path, null, group, "no source and detector", FormattableString.Invariant($"one measurement for each of {block.Columns} columns"));
            }

            var label = Text("dataTypeLabel") ?? "";
            var wavelength = Whole("wavelengthIndex") is { } w && w >= 1 && w <= probe.WavelengthsNm.Count ? probe.WavelengthsNm[w - 1] : (double?)null;
            yield return One(block, probe, (source, detector), Whole("dataType") ?? ContinuousWave, label, wavelength, Text("dataUnit"));
        }
    }

    private static Channel One(SnirfBlock block, SnirfProbe probe, (int Source, int Detector) pair, int type, string label, double? wavelength, string? unit)
    {
        var isBlood = type == Processed && label.StartsWith("Hb", StringComparison.OrdinalIgnoreCase) || label.Equals("H2O", StringComparison.OrdinalIgnoreCase);
        var name = FormattableString.Invariant($"S{pair.Source}_D{pair.Detector}");
        var what = isBlood ? " " + label.ToLowerInvariant() : (wavelength is { } nm ? FormattableString.Invariant($" {nm}") : "") + Suffix(type, label);
        Point3? source = Place(probe.Sources, pair.Source), detector = Place(probe.Detectors, pair.Detector);
        var sensor = source is { } s && detector is { } d && !probe.IsFlat ? new Sensor(name + what, 0.5 * (s + d)) : null;
        return new Channel(name + what, ChannelKind.Nirs, UnitOf(unit, type, label), block.RateHz, block.Rows)
        {
            Sensor = sensor,
            Frame = sensor is null ? null : probe.Frame,
            Light = new LightPath(FormattableString.Invariant($"S{pair.Source}"), FormattableString.Invariant($"D{pair.Detector}"), isBlood ? null : wavelength)
            {
                SourceMetres = source,
                DetectorMetres = detector,
            },
        };
    }

    // Continuous-wave intensity and optical density are called by their wavelength alone.
    private static string Suffix(int type, string label) => type switch
    {
        ContinuousWave => "",
        51 => " fluorescence",
        101 => " AC",
        102 => " phase",
        Processed => label is "" or "dOD" ? "" : " " + label,
        _ => FormattableString.Invariant($" type {type}"),
    };

    private static Point3? Place(IReadOnlyList<Point3> places, int index) => index >= 1 && index <= places.Count && double.IsFinite(places[index - 1].Norm) ? places[index - 1] : null;

    // Molar concentrations are spelled M, mM, uM; UCUM says mol/L.
    private static Unit UnitOf(string? unit, int type, string label) => unit?.Replace('µ', 'u').Replace('μ', 'u') switch
    {
        null or "" => type == Processed && label == "dOD" ? Unit.OpticalDensity : Unit.Unknown,
        "M" or "molar" => Unit.Parse("mol/L"),
        { } text => Unit.Parse(text),
    };
}
