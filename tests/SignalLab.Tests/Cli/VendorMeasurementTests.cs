using System.Text.Json;

namespace SignalLab.Tests.Cli;

/// <summary>What a vendor's program measured and wrote into an ECG file is told with its origin.</summary>
public class VendorMeasurementTests
{
    [Theory]
    [InlineData("aecg/fda_subject1_0.xml", "P duration 102 ms; PR interval 148 ms; QRS duration 120 ms; QT interval 420 ms; QTc interval 443 ms; P axis 44 deg; QRS axis -61 deg; T axis 86 deg")]
    [InlineData("scp/Example.scp", "PR interval 148 ms; QRS duration 120 ms; QT interval 420 ms; QTc interval 443 ms; P axis 44 deg; QRS axis -61 deg; T axis 86 deg")]
    [InlineData("muse/example1.xml", "heart rate 48 /min; PR interval 138 ms; QRS duration 96 ms; QT interval 452 ms; QTc interval 403 ms; QTc interval (Fridericia) 419 ms; P axis 51 deg; QRS axis 20 deg; T axis 40 deg")]
    [InlineData("muse/example2.xml", "heart rate 65 /min; PR interval 184 ms")]
    [InlineData("philips/sierra_1_03_repbeats.xml", "heart rate 41 /min; QT interval 476 ms")]
    [InlineData("dicom/waveform_ecg.dcm", "RR Interval 982 ms; PR Interval 161 ms; QRS Duration 75 ms; QT Interval 368 ms; QTc Interval 370 ms; P Axis 74 deg; QRS Axis 52 deg; T Axis 57 deg")]
    public void Every_real_file_tells_its_vendors_measurements(string file, string expected)
    {
        var measurements = CommandLine.Run("info", SharedData.File("ecg/" + file), "--json").Done().Json.GetProperty("measurements").EnumerateArray().ToArray();
        var told = measurements.Select(m => FormattableString.Invariant($"{m.GetProperty("name").GetString()} {Number(m.GetProperty("value"))} {m.GetProperty("unit").GetString()}")).ToHashSet();
        Assert.All(expected.Split("; "), e => Assert.Contains(e, told));
        Assert.All(measurements, m => Assert.False(string.IsNullOrWhiteSpace(m.GetProperty("origin").GetString())));
        Assert.All(measurements, m => Assert.Contains(m.GetProperty("origin_kind").GetString(), new[] { "file", "algorithm", "person" }));
        Assert.All(measurements, m => Assert.True(m.GetProperty("value").ValueKind == JsonValueKind.Number || m.GetProperty("reason").GetString() is { Length: > 0 }));
    }

    private static string Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "-";
}
