using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Cnt;

public sealed class CntReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(2, 25)]
    [InlineData(4, 10)]
    public void Samples_come_back_in_microvolts_whatever_their_width_and_order(int width, int block)
    {
        var values = CntFormatTests.Waves(3, 200);
        var recording = Open(new("Fz", "Cz", "Pz!") { Values = values, Width = width, Block = block, ChannelOffset = block == 1 ? 0 : block * width, Baseline = 7, Calibration = 0.25f });
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(values[c].Select(v => (v - 7) * 0.25), recording.ReadAll(c).Select(v => Math.Round(v, 4)));
        }

        Assert.Equal([false, false, true], recording.Channels.Select(c => c.IsBad));
        Assert.All(recording.Channels, c => Assert.Equal((Unit.Microvolt, 250.0), (c.Unit, c.RateHz)));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(203)]
    public void Blocks_that_the_header_states_and_the_data_do_not_have_are_not_believed(int count)
    {
        var values = CntFormatTests.Waves(3, count);
        var recording = Open(new("Fz", "Cz", "Pz") { Values = values, ChannelOffset = 16 });
        Assert.Equal(values[1].Select(v => v * 0.5), recording.ReadAll(1).Select(v => Math.Round(v, 4)));
        Assert.Contains(recording.Remarks, r => r.Contains("alternate one by one", StringComparison.Ordinal));
    }

    [Fact]
    public void Events_of_types_1_and_2_belong_to_the_sample_written_last()
    {
        foreach (var type in new byte[] { 1, 2 })
        {
            var made = new CntBytes("Fz", "Cz") { Values = CntFormatTests.Waves(2, 200), EventType = type, Events = [new(300, 1050 + (4 * 101)), new(0, 1050, 0xC0)] };
            var recording = Open(made);
            Assert.Equal([("0", 0.0, 0.0), ("300", 0.4, 0)], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds, a.DurationSeconds)));
            Assert.Contains(recording.Remarks, r => r.StartsWith("1 events mark", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Events_of_type_3_count_samples()
    {
        var recording = Open(new("Fz", "Cz") { Values = CntFormatTests.Waves(2, 200), EventType = 3, Events = [new(9, 125)] });
        Assert.Equal(("9", 0.5), recording.Annotations.Select(a => (a.Text, a.OnsetSeconds)).Single());
    }

    [Theory]
    [InlineData("03/12/98", "1998-03-12")]
    [InlineData("25/12/05", "2005-12-25")]
    [InlineData("3/1/2011", "2011-03-01")]
    [InlineData("nonsense", null)]
    public void The_date_is_american_unless_it_cannot_be(string date, string? expected) =>
        Assert.Equal(expected, Open(new("Fz") { Values = CntFormatTests.Waves(1, 10), Date = date }).Start?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void The_header_tells_the_patient()
    {
        var recording = Open(new("Fz") { Values = CntFormatTests.Waves(1, 10) });
        Assert.Equal(new Subject("S7", "F", 44), recording.Subject);
        Assert.Equal(["label: rest"], recording.Comments);
    }

    [Theory]
    [InlineData((byte)1, 100)]
    [InlineData((byte)0, 200)]
    [InlineData(null, 200)]
    public void A_wrong_sample_count_leaves_the_width_to_the_appended_part_or_to_16_bits(byte? isWide, int count)
    {
        var recording = Open(new("Fz", "Cz") { Values = CntFormatTests.Waves(2, 200), Claimed = 1, IsWide = isWide });
        Assert.Equal(count, recording.Channels[0].SampleCount);
        Assert.Equal(isWide is null, recording.Remarks.Any(r => r.Contains("16 bits are taken", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_without_an_event_table_that_was_cut_is_refused()
    {
        var whole = new CntBytes("Fz", "Cz") { Values = CntFormatTests.Waves(2, 200), Events = null }.ToArray();
        Assert.Equal(200, OpenBytes(whole).Channels[0].SampleCount);
        Assert.Throws<MalformedFileException>(() => OpenBytes(whole[..^4]));
    }

    [Fact]
    public void Epochs_and_averages_are_refused_by_name()
    {
        var e = Assert.Throws<UnfitInputException>(() => new SignalLab.Formats.Cnt.CntFormat().Open(Write(new CntBytes("Fz") { Values = CntFormatTests.Waves(1, 10), Events = null, ContinuousType = 0 }.ToArray())));
        Assert.Contains(".avg", e.Message, StringComparison.Ordinal);
    }

    private Recording Open(CntBytes file) => OpenBytes(file.ToArray());

    private Recording OpenBytes(byte[] bytes) => Recordings.Open(Write(bytes));

    private string Write(byte[] bytes)
    {
        var path = folder["made.cnt"];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
