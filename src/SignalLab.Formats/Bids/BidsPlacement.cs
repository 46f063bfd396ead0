using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>Puts the positions of <c>electrodes.tsv</c> onto the channels of a recording, in place of those of the data file; coils and light paths keep theirs.</summary>
internal static class BidsPlacement
{
    /// <summary>The recording with the positions.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="layout">The positions.</param>
    /// <param name="remarks">Receives which channels have lost a position of their own.</param>
    public static Recording Placed(Recording recording, SensorLayout layout, List<string> remarks)
    {
        var (exact, byPlace) = (new Dictionary<string, Sensor>(StringComparer.Ordinal), new Dictionary<string, Sensor>(StringComparer.Ordinal));
        foreach (var sensor in layout.Sensors)
        {
            exact.TryAdd(sensor.Name, sensor);
            byPlace.TryAdd(ChannelName.Normalise(sensor.Name), sensor);
        }

        var channels = recording.Channels.ToArray();
        var (found, lost) = (0, 0);
        for (var c = 0; c < channels.Length; c++)
        {
            var channel = channels[c];
            if (channel.Sensor?.Coil is not null || channel.Light is not null)
            {
                continue;
            }

            if (exact.TryGetValue(channel.Label.Trim(), out var sensor) || byPlace.TryGetValue(ChannelName.Normalise(channel.Label), out sensor))
            {
                found++;
                channels[c] = channel with { Sensor = sensor with { Name = channel.Label }, Frame = layout.Frame };
            }
            else if (channel.Sensor is not null && channel.Frame != layout.Frame)
            {
                lost++;
                channels[c] = channel with { Sensor = null, Frame = null };
            }
        }

        if (found == 0)
        {
            remarks.Add($"{layout.Source} names no channel of the data file: its positions are left out.");
            return recording;
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} channels that {layout.Source} does not name have no position: the data file's are in another frame."));
        }

        var hasCoils = channels.Any(c => c.Sensor?.Coil is not null || c.Light is not null);
        return recording with { Channels = channels, Fiducials = hasCoils && recording.Fiducials.Count > 0 ? recording.Fiducials : layout.Fiducials };
    }
}
