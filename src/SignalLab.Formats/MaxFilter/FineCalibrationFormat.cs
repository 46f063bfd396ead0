using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.MaxFilter;

/// <summary>Fine calibration of an Elekta or MEGIN system (<c>sss_cal.dat</c>): where its sensors truly are.</summary>
/// <remarks>Source: MaxFilter User's Guide, "Fine-calibration file": channel, place, three axes, and one or three numbers of imbalance or calibration a line.</remarks>
public sealed class FineCalibrationFormat : IFormat
{
    private const int LongestNumber = 4, FewestRows = 3;
    private const double UnitTolerance = 0.02;

    /// <inheritdoc/>
    public string Name => "MaxFilter calibration";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        var rows = WordRows.Of(head).Rows.ToList();
        return rows.Count >= FewestRows && rows.TrueForAll(r => Parse(r) is not null);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = WordRows.Read(path, "a fine calibration");
        Sensor[] sensors = [.. text.Rows.Select(r => Parse(r) ?? throw text.Fault(r, "sensor", "channel, place, three unit axes and one or three calibration numbers"))];
        return sensors.Length > 0
            ? new Study
            {
                Layouts = [new SensorLayout(Frame.Device, sensors, [], Path.GetFileName(path))],
                Remarks = ["Calibration factors and imbalances of the sensors are not kept, only places and axes."],
                Format = Name,
            }
            : throw new MalformedFileException(path, 0, "sensors", "none", "at least one");
    }

    private static Sensor? Parse(WordRow row)
    {
        var words = row.Words;
        if (words.Length is not (14 or 16) || new WordRow(0, string.Join(' ', words[1..])).Numbers() is not { } n)
        {
            return null;
        }

        var (x, y, z) = (new Point3(n[3], n[4], n[5]), new Point3(n[6], n[7], n[8]), new Point3(n[9], n[10], n[11]));
        var position = new Point3(n[0], n[1], n[2]);
        return position.Norm < 1 && new[] { x, y, z }.All(a => Math.Abs(a.Norm - 1) < UnitTolerance)
            ? new Sensor(NameOf(words[0]), position, new Coil(0, x, y, z))
            : null;
    }

    // The file has a sensor's number only: MEG0113.
    private static string NameOf(string word) => word.Length <= LongestNumber && word.All(char.IsAsciiDigit) ? "MEG" + word.PadLeft(LongestNumber, '0') : word;
}
