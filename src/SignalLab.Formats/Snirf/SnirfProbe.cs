using SignalLab.Formats.Hdf5;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>Sources, detectors and wavelengths of a run.</summary>
/// <param name="WavelengthsNm">Nominal wavelengths.</param>
/// <param name="Sources">Positions in space; empty where not stated.</param>
/// <param name="Detectors">Positions in space; empty where not stated.</param>
/// <param name="IsFlat">True where positions are of a flat drawing: good for distances, not for places on a head.</param>
/// <param name="Frame">The frame of the positions.</param>
/// <param name="Fiducials">Landmarks.</param>
internal sealed record SnirfProbe(IReadOnlyList<double> WavelengthsNm, IReadOnlyList<Point3> Sources, IReadOnlyList<Point3> Detectors, bool IsFlat, Frame Frame, IReadOnlyList<Sensor> Fiducials)
{
    /// <summary>MNE's tag of the frame.</summary>
    public const string FrameTag = "MNE_coordFrame";

    /// <summary>The head frame's number.</summary>
    public const int HeadFrameNumber = 4;

    /// <summary>Reads a probe.</summary>
    /// <param name="file">The file.</param>
    /// <param name="run">The run.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static SnirfProbe Read(Hdf5File file, string run, List<string> remarks)
    {
        var probe = run + "/probe";
        var metres = Metres(file.Text($"{run}/metaDataTags/LengthUnit"), remarks);
        var wavelengths = file.Numbers(probe + "/wavelengths") ?? [];
        var (sources, detectors) = (Points(file, probe + "/sourcePos3D", 3, metres), Points(file, probe + "/detectorPos3D", 3, metres));
        if (sources.Length == 0 || detectors.Length == 0)
        {
            return new(wavelengths, Points(file, probe + "/sourcePos2D", 2, metres), Points(file, probe + "/detectorPos2D", 2, metres), true, Frame.Electrodes, []);
        }

        var landmarks = Points(file, probe + "/landmarkPos3D", 3, metres);
        var fiducials = landmarks.Zip(file.Texts(probe + "/landmarkLabels")).Select(p => (p.First, Name: NameOf(p.Second))).Where(p => p.Name is not null).DistinctBy(p => p.Name).Select(p => new Sensor(p.Name!, p.First)).ToArray();
        // MNE tells with a tag of its own that places are in the head frame: FIFF's number of it.
        var frame = file.Number($"{run}/metaDataTags/{FrameTag}") == HeadFrameNumber ? Frame.Head : Frame.Electrodes;
        var layout = new SensorLayout(frame, [.. sources.Concat(detectors).Select(p => new Sensor("", p))], fiducials, "").InHeadFrame();
        Point3[] placed = [.. layout.Sensors.Select(s => s.PositionMetres)];
        return new(wavelengths, placed[..sources.Length], placed[sources.Length..], false, layout.Frame, layout.Fiducials);
    }

    private static string? NameOf(string label) => label.ToUpperInvariant() switch
    {
        "NASION" or "NAS" or "NZ" => "nasion",
        "LPA" or "LEFTEAR" => "lpa",
        "RPA" or "RIGHTEAR" => "rpa",
        _ => null,
    };

    private static double Metres(string? unit, List<string> remarks)
    {
        var parsed = Unit.Parse(unit);
        if (parsed.IsKnown && parsed.ConvertsTo(Unit.Metre))
        {
            return parsed.Scale;
        }

        remarks.Add($"The unit of length '{unit}' is not known: millimetres are taken for positions.");
        return 1e-3;
    }

    private static Point3[] Points(Hdf5File file, string path, int axes, double metres)
    {
        if (file.Sizes(path) is not [var rows, var columns] || columns < axes || file.Numbers(path) is not { } values)
        {
            return [];
        }

        Point3[] points = [.. Enumerable.Range(0, (int)rows).Select(r => metres * new Point3(values[r * columns], values[(r * columns) + 1], axes == 3 ? values[(r * columns) + 2] : 0))];
        return points.Any(p => double.IsFinite(p.Norm)) ? points : [];
    }
}
