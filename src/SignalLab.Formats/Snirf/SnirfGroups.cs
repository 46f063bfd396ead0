using System.Globalization;
using PureHDF;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>The groups of a written run that hold no samples: tags, probe, stimuli.</summary>
internal static class SnirfGroups
{
    private const string Unknown = "unknown";
    private static readonly string[] Tags = ["ManufacturerName", "Model", "StudyID", "MeasurementID", "AppName"];

    /// <summary>Who, when, and the units of the file.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="frame">The frame of the positions, or null.</param>
    public static H5Group MetaData(Recording recording, Frame? frame)
    {
        var start = recording.Start;
        var tags = new H5Group
        {
            ["SubjectID"] = recording.Subject.Id ?? Unknown,
            ["MeasurementDate"] = start?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Unknown,
            ["MeasurementTime"] = start?.ToString(start.Value.Kind == DateTimeKind.Utc ? "HH:mm:ss.FFFFFFF'Z'" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) ?? Unknown,
            ["LengthUnit"] = "m",
            ["TimeUnit"] = "s",
            ["FrequencyUnit"] = "Hz",
        };

        // Tags beyond the specification are arrays of one, as MNE reads them.
        if (recording.Subject.Sex is { } sex)
        {
            tags["sex"] = new[] { sex };
        }

        if (recording.Subject.Birthdate is { } born)
        {
            tags["DateOfBirth"] = new[] { born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        }

        if (frame == Frame.Head)
        {
            tags[SnirfProbe.FrameTag] = new[] { SnirfProbe.HeadFrameNumber };
        }

        foreach (var comment in recording.Comments)
        {
            if (Tags.FirstOrDefault(t => comment.StartsWith(t + ": ", StringComparison.Ordinal)) is { } tag && !tags.ContainsKey(tag))
            {
                tags[tag] = comment[(tag.Length + 2)..];
            }
        }

        return tags;
    }

    /// <summary>Sources, detectors, wavelengths and landmarks. A place that is not known is not a number.</summary>
    /// <param name="channels">The light channels.</param>
    /// <param name="sources">Numbers of the sources.</param>
    /// <param name="detectors">Numbers of the detectors.</param>
    /// <param name="wavelengths">The wavelengths.</param>
    /// <param name="fiducials">Landmarks.</param>
    public static H5Group Probe(
        IReadOnlyList<Channel> channels, IReadOnlyDictionary<string, int> sources, IReadOnlyDictionary<string, int> detectors, List<double> wavelengths, IReadOnlyList<Sensor> fiducials)
    {
        var probe = new H5Group
        {
            // Of concentrations the wavelengths are not told, yet readers ask for a pair.
            ["wavelengths"] = wavelengths.Count > 0 ? [.. wavelengths] : new double[2],
            ["sourcePos3D"] = Places(sources, channels.Select(c => (c.Light!.Source, c.Light.SourceMetres))),
            ["detectorPos3D"] = Places(detectors, channels.Select(c => (c.Light!.Detector, c.Light.DetectorMetres))),
            ["sourceLabels"] = Labels(sources, 'S'),
            ["detectorLabels"] = Labels(detectors, 'D'),
        };
        if (fiducials.Count > 0)
        {
            probe["landmarkPos3D"] = Table([.. fiducials.Select(f => f.PositionMetres)]);
            probe["landmarkLabels"] = fiducials.Select(f => f.Name switch { "nasion" => "Nasion", "lpa" => "LPA", "rpa" => "RPA", var name => name }).ToArray();
        }

        return probe;
    }

    /// <summary>Annotations of one text, a row each.</summary>
    /// <param name="text">The text.</param>
    /// <param name="annotations">Those of it.</param>
    public static H5Group Stimulus(string text, IReadOnlyList<Annotation> annotations) => new()
    {
        ["name"] = text,
        ["data"] = new H5Dataset(annotations.SelectMany(a => new[] { a.OnsetSeconds, a.DurationSeconds, 1 }).ToArray(), fileDims: [(ulong)annotations.Count, 3]),
        ["dataLabels"] = new[] { "Onset", "Duration", "Amplitude" },
    };

    private static H5Dataset Places(IReadOnlyDictionary<string, int> numbers, IEnumerable<(string Name, Point3? Place)> known)
    {
        var nowhere = new Point3(double.NaN, double.NaN, double.NaN);
        Point3[] places = [.. Enumerable.Repeat(nowhere, numbers.Values.Max())];
        foreach (var (name, place) in known)
        {
            places[numbers[name] - 1] = place ?? places[numbers[name] - 1];
        }

        return Table(places);
    }

    private static H5Dataset Table(Point3[] places) => new(places.SelectMany(p => new[] { p.X, p.Y, p.Z }).ToArray(), fileDims: [(ulong)places.Length, 3]);

    private static string[] Labels(IReadOnlyDictionary<string, int> numbers, char letter)
    {
        var labels = Enumerable.Range(1, numbers.Values.Max()).Select(i => FormattableString.Invariant($"{letter}{i}")).ToArray();
        foreach (var (name, number) in numbers)
        {
            labels[number - 1] = name;
        }

        return labels;
    }
}
