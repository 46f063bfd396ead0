using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.Lvm;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public sealed class LvmFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new LvmFormat();

    protected override IEnumerable<string> RealSamples => ["meg/opm/quspin_N1_test_data.lvm"];

    // One pass finds the rows.
    protected override double OpeningShare => 3;

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var (name, text) in new[] { ("a.lvm", LvmTests.Make(200)), ("b.lvm", LvmTests.Make(150, ',')), ("c.lvm", LvmTests.Make(10).ReplaceLineEndings("\r\n")) })
        {
            var path = Path.Combine(scratch, name);
            File.WriteAllText(path, text);
            yield return path;
        }
    }

    // The file states no count: rows that were cut off leave a shorter recording.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        for (var c = 0; c < part.Channels.Count; c++)
        {
            var values = part.ReadAll(c);
            var complete = Math.Max(0, values.Length - 1);
            Assert.Equal(whole.ReadAll(c)[..complete], values[..complete]);
        }
    }
}

public sealed class LvmTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>A file of two sensors' axes, a counter and no comment column's content.</summary>
    public static string Make(int rows, char decimalSign = '.')
    {
        string Number(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture).Replace('.', decimalSign);
        var lines = new List<string>
        {
            "LabVIEW Measurement\t", "Writer_Version\t2", "Separator\tTab", $"Decimal_Separator\t{decimalSign}", "Multi_Headings\tNo", "X_Columns\tOne", "Operator\tsomebody", "Date\t2024/10/31", "Time\t12:57:48.8",
            "***End_of_Header***\t", "\t", "Channels\t3\t\t", "Samples\t64\t64\t64", "Date\t2024/10/31\t2024/10/31\t2024/10/31", $"Time\t13:42:28{decimalSign}786107182502746\t13:42:28\t13:42:28", "Y_Unit_Label\tpT\tpT\t",
            "X_Dimension\tTime\tTime\tTime", "X0\t0\t0\t0", $"Delta_X\t{Number(0.002667)}\t{Number(0.002667)}\t{Number(0.002667)}", "***End_of_Header***\t\t\t", "X_Value\tX1\tZ12\tCounter\tComment",
        };
        lines.AddRange(Enumerable.Range(0, rows).Select(r => $"{Number(r / 375.0)}\t{Number(Value(r))}\t{Number(-2 * Value(r))}\t{r}"));
        return string.Join('\n', lines) + "\n";
    }

    [Theory]
    [InlineData('.')]
    [InlineData(',')]
    public void Rows_are_read_with_units_time_and_the_rate_of_their_times(char decimalSign)
    {
        var recording = Open(Make(200, decimalSign));
        Assert.Equal(["X1", "Z12", "Counter"], recording.Channels.Select(c => c.Label));
        Assert.Equal([ChannelKind.Mag, ChannelKind.Mag, ChannelKind.Misc], recording.Channels.Select(c => c.Kind));
        Assert.Equal("pT", recording.Channels[0].Unit.Symbol);
        Assert.False(recording.Channels[2].Unit.IsKnown);
        Assert.Equal(375, recording.CommonRateHz!.Value, 1e-3);
        Assert.Equal(Enumerable.Range(0, 200).Select(r => Math.Round(Value(r), 6)), recording.ReadAll(0));
        Assert.Equal(199, recording.ReadAll(2)[199]);
        Assert.Equal(new DateTime(2024, 10, 31, 13, 42, 28).AddTicks(7861072), recording.Start);
    }

    [Fact]
    public void A_real_recording_of_magnetometers_is_read()
    {
        var path = SharedData.File("meg/opm/quspin_N1_test_data.lvm");
        var recording = Recordings.Open(path);
        var lines = File.ReadAllLines(path)[23..];
        Assert.Equal(224, recording.Channels.Count);
        Assert.Equal(lines.Length, recording.Channels[0].SampleCount);
        Assert.Equal(192, recording.Channels.Count(c => c.Kind == ChannelKind.Mag));
        Assert.Equal(375, recording.CommonRateHz!.Value, 0.05);
        foreach (var channel in new[] { 0, 100, 223 })
        {
            Assert.Equal(lines.Select(l => double.Parse(l.Split('\t')[channel + 1], CultureInfo.InvariantCulture)), recording.ReadAll(channel));
        }
    }

    [Theory]
    [InlineData("Multi_Headings\tNo", "Multi_Headings\tYes")]
    [InlineData("X_Columns\tOne", "X_Columns\tMulti")]
    public void Several_headings_and_time_columns_are_refused(string from, string to) => Assert.Throws<UnfitInputException>(() => Open(Make(5).Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void A_word_among_the_numbers_is_named()
    {
        var recording = Open(Make(5).Replace("\t3\n", "\tthree\n", StringComparison.Ordinal));
        Assert.Contains("\"three\"", Assert.Throws<MalformedFileException>(() => recording.ReadAll(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_rows_is_an_empty_recording() => Assert.Equal(0, Open(Make(0)).Channels[0].SampleCount);

    public void Dispose() => folder.Dispose();

    private static double Value(int row) => Math.Sin(row * 0.1) * 12.5;

    private Recording Open(string text)
    {
        File.WriteAllText(folder["made.lvm"], text);
        return Recordings.Open(folder["made.lvm"]);
    }
}
