using System.Globalization;
using System.Text;

namespace SignalLab.Tests.Formats.Curry;

/// <summary>Small Curry recordings made for tests.</summary>
internal sealed class CurrySample
{
    /// <summary>A group of channels: suffix, unit, labels, columns of the data or nothing, positions or nothing.</summary>
    internal sealed record Group(string Suffix, string Unit, string[] Labels, string Columns = "", string Positions = "");

    public List<Group> Groups { get; init; } = [new("", "uV", ["C3", "Cz", "VEO"], Positions: " 71\t-17.6\t 116.7\n-1\t-23.3\t156.4\n 0\t0\t0\n")];

    public Dictionary<string, string> Parameters { get; init; } = [];

    /// <summary>Rows are samples.</summary>
    public required double[][] Values { get; init; }

    public string Events { get; init; } = "";

    public string Words { get; init; } = "";

    public string Landmarks { get; init; } = "";

    public bool IsText { get; init; }

    public bool IsVectorised { get; init; }

    public bool IsBigEndian { get; init; }

    public static double[][] Noise(int channels, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, channels).Select(_ => (double)(float)Math.Round((random.NextDouble() - 0.5) * 100, 3)).ToArray())];
    }

    /// <summary>Writes <c>NAME.cdt</c> and its companions; gives the data file's path.</summary>
    public string Write8(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".cdt");
        File.WriteAllBytes(path, Data());
        File.WriteAllText(path + ".dpa", ParameterText() + LabelText());
        WriteEvents(path + ".cef");
        return path;
    }

    /// <summary>Writes <c>NAME.dap</c> and its companions; gives the parameter file's path.</summary>
    public string Write7(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".dap");
        File.WriteAllBytes(Path.ChangeExtension(path, ".dat"), Data());
        File.WriteAllText(path, ParameterText());
        File.WriteAllText(Path.ChangeExtension(path, ".rs3"), LabelText());
        WriteEvents(Path.ChangeExtension(path, ".cef"));
        return path;
    }

    private static string Section(string name, string body) => body.Length == 0 ? "" : $"{name} START\r\n{body}{name} END\r\n\r\n";

    private static string List(string name, string rows) => rows.Length == 0 ? "" : $"{name} START_LIST\t# Do not edit!\n{rows}{name} END_LIST\n\n";

    private string ParameterText()
    {
        var fields = new Dictionary<string, string>
        {
            ["DataFormat"] = IsText ? "ASCII" : "FLOAT",
            ["DataByteOrder"] = IsBigEndian ? "MOTOROLA" : "INTEL",
            ["DataSampOrder"] = IsVectorised ? "CHAN" : "SAMP",
            ["NumSamples"] = Values.Length.ToString(CultureInfo.InvariantCulture),
            ["NumTrials"] = "1",
            ["NumChannels"] = Values.Length == 0 ? "3" : Values[0].Length.ToString(CultureInfo.InvariantCulture),
            ["StartYear"] = "2018",
            ["StartMonth"] = "8",
            ["StartDay"] = "29",
            ["StartHour"] = "15",
            ["StartMin"] = "39",
            ["StartSec"] = "42",
            ["StartMillisec"] = "250",
            ["SampleTimeUsec"] = "2000",
            ["SampleFreqHz"] = "500",
        };
        foreach (var (key, value) in Parameters)
        {
            fields[key] = value;
        }

        var text = new StringBuilder("\uFEFF").Append(Section("DATA_PARAMETERS", string.Concat(fields.Select(f => $"   {f.Key,-20} =  {f.Value}\r\n"))));
        foreach (var group in Groups)
        {
            text.Append(Section("DEVICE_PARAMETERS" + group.Suffix, $"   DataUnit = {group.Unit}\r\n")).Append(List("CHAN_IN_FILE" + group.Suffix, group.Columns));
        }

        return text.ToString();
    }

    private string LabelText() => string.Concat(Groups.Select(g => List("LABELS" + g.Suffix, string.Concat(g.Labels.Select(l => l + "\n"))) + List("SENSORS" + g.Suffix, g.Positions)))
        + (Landmarks.Length == 0 ? "" : List("LANDMARKS", Landmarks) + List("LM_REMARKS", "Nasion\nLeft ear\nRight ear\n"));

    private void WriteEvents(string path)
    {
        if (Events.Length > 0)
        {
            File.WriteAllText(path, Section("NUMBER_LIST", " ListNrColumns = 11\r\n") + List("NUMBER_LIST", Events) + List("REMARK_LIST", Words));
        }
    }

    private byte[] Data()
    {
        var channels = Values.Length == 0 ? 0 : Values[0].Length;
        var rows = IsVectorised ? [.. Enumerable.Range(0, channels).Select(c => Values.Select(r => r[c]).ToArray())] : Values;
        if (IsText)
        {
            return Encoding.ASCII.GetBytes(string.Concat(rows.Select(r => string.Join('\t', r.Select(v => v.ToString("0.0######", CultureInfo.InvariantCulture).PadLeft(12))) + "\r\n")));
        }

        return [.. rows.SelectMany(r => r).SelectMany(v => IsBigEndian ? BitConverter.GetBytes((float)v).Reverse() : BitConverter.GetBytes((float)v))];
    }
}
