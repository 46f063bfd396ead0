using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>How strong the whole map is at each instant.</summary>
public static class FieldPower
{
    private const int Block = 4096;

    extension(Recording recording)
    {
        /// <summary>Global field power: for electrodes the standard deviation over them (the reference drops out), for coils the root mean square.</summary>
        /// <param name="kind">Which channels; bad ones take no part.</param>
        /// <returns>Over real time, for an average over latency, in the channels' unit.</returns>
        /// <exception cref="UnfitInputException">There is no such channel, or their rates differ.</exception>
        /// <remarks>Source: Lehmann and Skrandies 1980, Electroencephalogr Clin Neurophysiol 48:609.</remarks>
        public Series GlobalFieldPower(ChannelKind kind)
        {
            int[] channels = [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind == kind && !recording.Channels[c].IsBad)];
            if (channels.Length == 0 || channels.Any(c => recording.Channels[c].RateHz != recording.Channels[channels[0]].RateHz))
            {
                throw new UnfitInputException($"Global field power needs good {kind.ToString().ToLowerInvariant()} channels of one rate.");
            }

            var count = checked((int)recording.Channels[channels[0]].SampleCount);
            var power = new double[count];
            var block = new double[channels.Length * Block];
            for (var first = 0; first < count; first += Block)
            {
                var n = Math.Min(Block, count - first);
                recording.Samples.Read(channels, first, n, block.AsSpan(0, channels.Length * n));
                for (var i = 0; i < n; i++)
                {
                    power[first + i] = AcrossChannels(block, channels.Length, n, i, kind == ChannelKind.Eeg);
                }
            }

            var times = recording.GraphAt(channels[0]).Axis;
            var axis = recording.Evoked is { } evoked
                ? new Axis(AxisKind.Latency, Unit.Second, [.. times.Values.Select(t => t + evoked.FirstLatencySeconds)])
                : times;
            return new Series("global field power", axis, power, recording.Channels[channels[0]].Unit)
            {
                Provenance = recording.Provenance.Then(ProcessingStep.Of("global field power", ("channels", channels.Length))),
            };
        }
    }

    private static double AcrossChannels(double[] block, int channels, int stride, int at, bool aboutMean)
    {
        var mean = 0.0;
        for (var c = 0; aboutMean && c < channels; c++)
        {
            mean += block[(c * stride) + at] / channels;
        }

        var sum = 0.0;
        for (var c = 0; c < channels; c++)
        {
            var value = block[(c * stride) + at] - mean;
            sum += value * value;
        }

        return Math.Sqrt(sum / channels);
    }
}
