namespace SignalLab.Model;

/// <summary>Puts positions onto the channels of a recording.</summary>
public static class Placement
{
    extension(Recording recording)
    {
        /// <summary>Gives each EEG channel without a position the sensor of its name; positions that came with the recording stay.</summary>
        /// <param name="layout">Named positions; moved to the head frame where it has fiducials.</param>
        /// <returns>The recording with positions; a channel whose name the layout does not have (a bipolar derivation, say) stays without.</returns>
        /// <exception cref="UnfitInputException">Channels that have a position lie in another frame than the layout.</exception>
        public Recording WithLayout(SensorLayout layout)
        {
            ArgumentNullException.ThrowIfNull(layout);
            var placed = layout.InHeadFrame();
            var sensors = new Dictionary<string, Sensor>(StringComparer.Ordinal);
            foreach (var sensor in placed.Sensors)
            {
                sensors.TryAdd(ChannelName.Normalise(sensor.Name), sensor);
            }

            var channels = recording.Channels.Select(c => c.Kind == ChannelKind.Eeg && c.Sensor is null && sensors.TryGetValue(ChannelName.Normalise(c.Label), out var sensor)
                ? c with { Sensor = sensor, Frame = placed.Frame }
                : c).ToArray();
            var found = channels.Zip(recording.Channels).Count(p => !ReferenceEquals(p.First, p.Second));
            if (found == 0)
            {
                return recording;
            }

            if (recording.Channels.FirstOrDefault(c => c.Kind == ChannelKind.Eeg && c.Sensor is not null && c.Frame != placed.Frame) is { } other)
            {
                throw new UnfitInputException($"Channel '{other.Label}' has a position in the frame '{other.Frame}', the layout is in '{placed.Frame}': give a layout in the recording's frame.");
            }

            return recording with
            {
                Channels = channels,
                Fiducials = recording.Fiducials.Count > 0 ? recording.Fiducials : placed.Fiducials,
                Provenance = recording.Provenance.Then(ProcessingStep.Of("layout", ("source", placed.Source), ("channels", found))),
            };
        }
    }
}
