using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>Electrode positions of published systems, for recordings that name their electrodes and state no positions.</summary>
public static class StandardLayouts
{
    private const string Table = "SignalLab.Formats.Electrodes.standard_1005.tsv";

    private static readonly Lazy<SensorLayout> TenTen05Layout = new(ReadTenTen05);

    /// <summary>
    /// The 10-05 system (and so 10-20 and 10-10, old names included) on the colin27 head, metres, in the head frame of the MNI-space landmarks.
    /// Source: Oostenveld and Praamstra, Clin Neurophysiol 112 (2001) 713.
    /// </summary>
    public static SensorLayout TenTen05 => TenTen05Layout.Value;

    /// <summary>The recording with its electrodes where the 10-05 system has those of their names; as it is where its file brought positions of its own.</summary>
    /// <param name="recording">The recording.</param>
    public static Recording Placed(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return recording.Channels.Any(c => c.Kind == ChannelKind.Eeg && c.Sensor is not null) ? recording : recording.WithLayout(TenTen05);
    }

    private static SensorLayout ReadTenTen05()
    {
        using var stream = typeof(StandardLayouts).Assembly.GetManifestResourceStream(Table)!;
        using var reader = new StreamReader(stream);
        var (sensors, fiducials) = (new List<Sensor>(), new List<Sensor>());
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (line[0] == '#' || cells[0] is not ("electrode" or "fiducial"))
            {
                continue;
            }

            var sensor = new Sensor(cells[1], 1e-3 * new Point3(Number(cells[2]), Number(cells[3]), Number(cells[4])));
            (cells[0] == "fiducial" ? fiducials : sensors).Add(sensor);
        }

        return new SensorLayout(Frame.Mni, sensors, fiducials, "10-05 system, Oostenveld and Praamstra 2001").InHeadFrame();
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
