using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>Prints a header.</summary>
internal static class BrainVisionHeaderText
{
    /// <summary>The text of a header file.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="columns">How its channels are stored.</param>
    /// <param name="isInteger">True for 16-bit integers, false for 32-bit floats.</param>
    /// <param name="dataFile">Name of the data file.</param>
    /// <param name="markerFile">Name of the marker file.</param>
    /// <param name="losses">Receives what the header cannot hold.</param>
    public static string Print(Recording recording, WrittenColumn[] columns, bool isInteger, string dataFile, string markerFile, List<Loss> losses)
    {
        var channels = recording.Channels;
        var text = new StringBuilder("Brain Vision Data Exchange Header File Version 1.0\r\n");
        text.Append(CultureInfo.InvariantCulture, $"; Data created by SignalLab{(recording.Provenance.Input.Length > 0 ? " from " + OneLine(recording.Provenance.Input) : "")}\r\n\r\n");
        text.Append(CultureInfo.InvariantCulture, $"[Common Infos]\r\nCodepage=UTF-8\r\nDataFile={dataFile}\r\nMarkerFile={markerFile}\r\nDataFormat=BINARY\r\n");
        text.Append("; Data orientation: MULTIPLEXED=ch1,pt1, ch2,pt1 ...\r\nDataOrientation=MULTIPLEXED\r\nDataType=TIMEDOMAIN\r\n");
        text.Append(CultureInfo.InvariantCulture, $"NumberOfChannels={channels.Count}\r\nDataPoints={channels[0].SampleCount}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"; Sampling interval in microseconds\r\nSamplingInterval={Number(1e6 / channels[0].RateHz)}\r\n");
        if (recording.Evoked is { } evoked)
        {
            text.Append(CultureInfo.InvariantCulture, $"Averaged=YES\r\nAveragedSegments={Math.Max(1, Math.Round(evoked.AverageCount))}\r\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\r\n[Binary Infos]\r\nBinaryFormat={(isInteger ? "INT_16" : "IEEE_FLOAT_32")}\r\n\r\n");
        text.Append("[Channel Infos]\r\n; Each entry: Ch<Channel number>=<Name>,<Reference channel name>,\r\n; <Resolution in \"Unit\">,<Unit>\r\n; Commas in names are coded as \"\\1\".\r\n");
        for (var c = 0; c < channels.Count; c++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Ch{c + 1}={Escape(channels[c].Label)},,{Number(columns[c].Resolution)},{Escape(BrainVisionUnit.Print(channels[c].Unit))}\r\n");
        }

        AppendPositions(text, channels);
        text.Append("\r\n[Comment]\r\n");
        foreach (var line in recording.Comments.SelectMany(c => c.Split('\n')))
        {
            // A line in brackets would begin a section.
            text.Append(line.TrimStart() is ['[', ..] ? "- " : "").Append(OneLine(line)).Append("\r\n");
        }

        if (recording.Provenance.Steps.Count > 0)
        {
            text.Append("Made ").Append(recording.Provenance.Input.Length > 0 ? $"from {OneLine(recording.Provenance.Input)}: " : "by ").AppendJoin("; ", recording.Provenance.Steps.Select(s => OneLine(s.ToString()))).Append("\r\n");
        }

        Tell(recording, losses);
        return text.ToString();
    }

    /// <summary>A text that stands between commas.</summary>
    public static string Escape(string text) => OneLine(text).Replace(",", @"\1", StringComparison.Ordinal);

    // Readers take decimal notation, as the format's description shows it.
    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && (double)exact == value
            ? exact.ToString(CultureInfo.InvariantCulture)
            : text;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static void AppendPositions(StringBuilder text, IReadOnlyList<Channel> channels)
    {
        if (channels.All(c => c.Sensor is null))
        {
            return;
        }

        text.Append("\r\n[Coordinates]\r\n; Each entry: Ch<Channel number>=<Radius>,<Theta>,<Phi> in millimetres and degrees, 0,0,0 for no position\r\n");
        for (var c = 0; c < channels.Count; c++)
        {
            var (x, y, z) = channels[c].Sensor is { } sensor ? (sensor.PositionMetres.X, sensor.PositionMetres.Y, sensor.PositionMetres.Z) : (0, 0, 0);
            var radius = Math.Sqrt((x * x) + (y * y) + (z * z));
            var isLeft = x < 0;
            var theta = double.RadiansToDegrees(Math.Atan2(Math.Sqrt((x * x) + (y * y)), z)) * (isLeft ? -1 : 1);
            var phi = x == 0 && y == 0 ? 0 : double.RadiansToDegrees(isLeft ? Math.Atan2(-y, -x) : Math.Atan2(y, x));
            text.Append(CultureInfo.InvariantCulture, $"Ch{c + 1}={Number(Math.Round(1e3 * radius, 6))},{Number(Math.Round(theta, 6))},{Number(Math.Round(phi, 6))}\r\n");
        }
    }

    private static void Tell(Recording recording, List<Loss> losses)
    {
        var kinds = recording.Channels.Where(c => BrainVisionChannels.KindOf(c.Label, c.Unit) != c.Kind).Select(c => c.Label).ToArray();
        if (kinds.Length > 0)
        {
            losses.Add(new(Aspect.Kinds, $"BrainVision does not state what a channel records: {kinds.Length} will be taken for something else ('{kinds[0]}')."));
        }

        if (recording.Subject != Subject.Unknown)
        {
            losses.Add(new(Aspect.Subject, "BrainVision holds no subject: code, name, sex and age are left out."));
        }

        if (recording.Channels.Any(c => c.IsBad))
        {
            losses.Add(new(Aspect.BadMarks, "BrainVision does not mark bad channels."));
        }

        if (recording.Channels.Any(c => c.Sensor is not null && c.Frame != Frame.Electrodes))
        {
            losses.Add(new(Aspect.Positions, "BrainVision positions state no frame, no fiducials and no coils."));
        }

        if (recording.Projectors.Count > 0)
        {
            losses.Add(new(Aspect.Projectors, "BrainVision holds no projectors."));
        }
    }
}
