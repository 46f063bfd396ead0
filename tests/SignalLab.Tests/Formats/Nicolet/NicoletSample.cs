using System.Globalization;

namespace SignalLab.Tests.Formats.Nicolet;

/// <summary>Small Nicolet exports made for tests.</summary>
internal static class NicoletSample
{
    public static void Write(string path, string[] labels, short[] values, params (string Key, string? Value)[] other)
    {
        var fields = new Dictionary<string, string?>
        {
            ["start_ts"] = "2015-01-01 12:00:00.250",
            ["num_samples"] = (values.Length / labels.Length).ToString(CultureInfo.InvariantCulture),
            ["sample_freq"] = "256",
            ["conversion_factor"] = "0.250000",
            ["num_channels"] = labels.Length.ToString(CultureInfo.InvariantCulture),
            ["elec_names"] = $"[{string.Join(',', labels)}]",
            ["pat_id"] = "102",
            ["adm_id"] = "1102",
            ["sample_bytes"] = "2",
        };
        foreach (var (key, value) in other)
        {
            fields[key] = value;
        }

        File.WriteAllText(path, string.Concat(fields.Where(f => f.Value is not null).Select(f => $"{f.Key}={f.Value}\n")));
        File.WriteAllBytes(Path.ChangeExtension(path, ".data"), [.. values.SelectMany(BitConverter.GetBytes)]);
    }
}
