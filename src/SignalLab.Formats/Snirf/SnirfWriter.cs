using PureHDF;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>Writes SNIRF files: light channels as tables of 64-bit floats, all else that was recorded as auxiliary signals, annotations as stimuli.</summary>
/// <remarks>Source: Society for fNIRS, SNIRF specification 1.1.</remarks>
public static class SnirfWriter
{
    private const string Partial = ".partial";

    /// <summary>Writes a recording piece by piece; memory is bounded. Channels of one rate and clock share a table; times are a vector where there are gaps, else start and step.</summary>
    /// <param name="recording">A recording with channels of light (<see cref="Channel.Light"/>).</param>
    /// <param name="path">The file, replaced where it exists; it appears whole or not at all.</param>
    /// <returns>What the format keeps in another way.</returns>
    /// <exception cref="UnfitInputException">No channel has a light path, or one holds no samples.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static IReadOnlyList<Loss> Write(Recording recording, string path)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(path);
        int[] light = [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Light is not null)];
        if (light.Length == 0)
        {
            throw new UnfitInputException($"{path}: SNIRF holds near-infrared light from sources to detectors; the recording has no such channel: choose another format.");
        }

        if (recording.Channels.FirstOrDefault(c => c.SampleCount == 0) is { } empty)
        {
            throw new UnfitInputException($"{path}: channel '{empty.Label}' holds no samples, and SNIRF has no table without rows: leave it out.");
        }

        var tables = new List<SnirfTable>();
        var root = new H5File { ["formatVersion"] = "1.1", ["nirs"] = Run(recording, light, tables) };
        try
        {
            using (var file = new FileStream(path + Partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            using (var writer = root.BeginWrite(file))
            {
                tables.ForEach(t => t.Write(writer));
            }

            File.Move(path + Partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(path + Partial);
            throw;
        }

        var others = recording.Channels.Count - light.Length;
        return others == 0 ? [] : [new(Aspect.Names, FormattableString.Invariant($"SNIRF keeps {others} of {recording.Channels.Count} channels, which are no light, as auxiliary signals: they are read as recordings of their own."))];
    }

    private static H5Group Run(Recording recording, int[] light, List<SnirfTable> tables)
    {
        Channel[] channels = [.. light.Select(c => recording.Channels[c])];
        var sources = SnirfMeasurement.Numbers(channels.Select(c => c.Light!.Source), 'S');
        var detectors = SnirfMeasurement.Numbers(channels.Select(c => c.Light!.Detector), 'D');
        List<double> wavelengths = [.. channels.Select(c => c.Light!.WavelengthNm).OfType<double>().Distinct().Order()];
        var run = new H5Group
        {
            ["metaDataTags"] = SnirfGroups.MetaData(recording, channels.FirstOrDefault(c => c.Frame is not null)?.Frame),
            ["probe"] = SnirfGroups.Probe(channels, sources, detectors, wavelengths, recording.Fiducials),
        };
        foreach (var together in light.GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount, string.Join(' ', recording.SegmentsOf(c)))))
        {
            int[] columns = [.. together];
            var table = Added(tables, recording, columns);
            for (var c = 0; c < columns.Length; c++)
            {
                var channel = recording.Channels[columns[c]];
                table.Group[FormattableString.Invariant($"measurementList{c + 1}")] = List(channel, SnirfMeasurement.Of(channel, sources, detectors, wavelengths));
            }

            run[FormattableString.Invariant($"data{tables.Count}")] = table.Group;
        }

        var auxiliary = Enumerable.Range(0, recording.Channels.Count).Except(light).ToArray();
        for (var a = 0; a < auxiliary.Length; a++)
        {
            var (table, channel) = (Added(tables, recording, [auxiliary[a]]), recording.Channels[auxiliary[a]]);
            table.Group["name"] = channel.Label;
            AddUnit(table.Group, channel);
            run[FormattableString.Invariant($"aux{a + 1}")] = table.Group;
        }

        var number = 0;
        foreach (var stimulus in recording.Annotations.GroupBy(a => a.Text, StringComparer.Ordinal))
        {
            run[FormattableString.Invariant($"stim{++number}")] = SnirfGroups.Stimulus(stimulus.Key, [.. stimulus]);
        }

        return run;
    }

    private static SnirfTable Added(List<SnirfTable> tables, Recording recording, int[] channels)
    {
        var table = new SnirfTable(recording, channels);
        tables.Add(table);
        return table;
    }

    private static H5Group List(Channel channel, SnirfMeasurement measurement)
    {
        var list = new H5Group
        {
            ["sourceIndex"] = measurement.Source,
            ["detectorIndex"] = measurement.Detector,
            ["wavelengthIndex"] = measurement.Wavelength,
            ["dataType"] = measurement.Type,
            ["dataTypeIndex"] = 1,
        };
        if (measurement.TypeLabel.Length > 0)
        {
            list["dataTypeLabel"] = measurement.TypeLabel;
        }

        AddUnit(list, channel);
        return list;
    }

    private static void AddUnit(H5Group group, Channel channel)
    {
        if (channel.Unit.Symbol.Length > 0)
        {
            group["dataUnit"] = channel.Unit.Symbol;
        }
    }
}
