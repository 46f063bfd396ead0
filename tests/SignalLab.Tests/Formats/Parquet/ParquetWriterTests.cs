using System.Text.Json;
using CsCheck;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Parquet;

/// <summary>Parquet.Net, which shares no line with our writer, reads what it writes.</summary>
public sealed class ParquetWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Random_tables_come_back_bit_for_bit() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 3000], Gen.Int[0, 1_000_000], Gen.Double[0.1, 5000]).Sample(
            (channels, count, seed, rate) =>
            {
                var random = new Random(seed);
                double[][] samples = [.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, count).Select(_ => random.Next(20) switch { 0 => double.NaN, 1 => double.MaxValue, 2 => -0.0, _ => random.NextDouble() }).ToArray())];
                var original = new Recording([.. samples.Select((s, i) => new Channel(i % 2 == 0 ? "dup" : $"é 仰卧 {i}", ChannelKind.Eeg, Unit.Microvolt, rate, count))], new MemorySamples(samples));
                Assert.Empty(KnownWriters.Write([original], folder["t.parquet"]));
                var table = Table.Read(folder["t.parquet"]);
                Assert.Equal(["time_s", .. new[] { "dup", "é 仰卧 1", "dup#2", "é 仰卧 3", "dup#3", "é 仰卧 5" }.Take(channels)], table.Names);
                Assert.Equal([.. Enumerable.Range(0, count).Select(i => i / rate)], table.Columns[0]);
                Assert.All(samples.Zip(table.Columns.Skip(1)), p => Assert.Equal(p.First.Select(BitConverter.DoubleToInt64Bits), p.Second.Select(BitConverter.DoubleToInt64Bits)));
            },
            iter: 30, threads: 1);

    [Fact]
    public void Time_jumps_at_gaps_and_long_tables_have_several_row_groups()
    {
        double[][] samples = [.. Enumerable.Range(0, 20).Select(c => Enumerable.Range(0, 150_000).Select(i => (double)((c * 1_000_000) + i)).ToArray())];
        var original = new Recording([.. samples.Select((s, i) => new Channel($"C{i}", ChannelKind.Eeg, Unit.Microvolt, 100, s.Length))], new MemorySamples(samples)) { Segments = [new(0, 1000), new(2000.5, 500)] };
        KnownWriters.Write([original], folder["t.parquet"]);
        var table = Table.Read(folder["t.parquet"]);
        Assert.Equal(2, table.Groups);
        Assert.Equal((999.99, 2000.5), (table.Columns[0][99_999], table.Columns[0][100_000]));
        Assert.All(samples.Zip(table.Columns.Skip(1)), p => Assert.Equal(p.First, p.Second));
    }

    [Fact]
    public void Units_stand_with_the_columns_and_all_else_in_the_files_keys()
    {
        var original = new Recording(
            [
                new Channel("Fp1", ChannelKind.Eeg, Unit.Microvolt, 10, 2) { IsBad = true, Sensor = new("Fp1", new(0.01, 0.08, 0.05)), Frame = Frame.Head },
                new Channel("none", ChannelKind.Misc, Unit.Unknown, 10, 2),
            ],
            new MemorySamples([[1, 2], [3, 4]]))
        {
            Annotations = [new(0.1, 0.05, "spike é 仰卧", "Fp1") { Confidence = 0.5, Origin = new(OriginKind.Algorithm, "finder 1") }],
            Start = new DateTime(2024, 5, 6, 7, 8, 9, 250, DateTimeKind.Utc),
            Subject = new Subject("P7", "F", 39),
            Provenance = new Provenance("in.edf", "EDF", []).Then(ProcessingStep.Of("notch", ("frequency_hz", 50.0))),
        };
        Assert.Empty(KnownWriters.Write([original], folder["t.parquet"]));
        var table = Table.Read(folder["t.parquet"]);
        Assert.Equal(["s", "uV", ""], table.Units);
        JsonElement Note(string key) => JsonDocument.Parse(table.Notes[key]).RootElement;
        Assert.Equal(("Fp1", "eeg", "uV", true), (Note("channels")[0].GetProperty("name").GetString(), Note("channels")[0].GetProperty("kind").GetString(), Note("channels")[0].GetProperty("unit").GetString(), Note("channels")[0].GetProperty("bad").GetBoolean()));
        Assert.Equal([0.01, 0.08, 0.05], Note("channels")[0].GetProperty("position_m").Doubles());
        var annotation = Note("annotations")[0];
        Assert.Equal((0.1, 0.05, "spike é 仰卧", "Fp1", "algorithm", 0.5), (annotation.GetProperty("onset_s").GetDouble(), annotation.GetProperty("duration_s").GetDouble(), annotation.GetProperty("text").GetString(), annotation.GetProperty("channel").GetString(), annotation.GetProperty("origin").GetString(), annotation.GetProperty("confidence").GetDouble()));
        Assert.Equal("2024-05-06T07:08:09.25Z", Note("start").GetString());
        Assert.Equal(("P7", 39.0), (Note("subject").GetProperty("id").GetString(), Note("subject").GetProperty("age_y").GetDouble()));
        Assert.Equal(("in.edf", "50"), (Note("provenance").GetProperty("input").GetString(), Note("provenance").GetProperty("steps")[0].GetProperty("parameters").GetProperty("frequency_hz").GetString()));
    }

    [Fact]
    public void Channels_of_different_rates_share_no_table()
    {
        var mixed = new Recording([new Channel("a", ChannelKind.Eeg, Unit.Microvolt, 10, 2), new Channel("b", ChannelKind.Eeg, Unit.Microvolt, 5, 1)], new MemorySamples([[1, 2], [1]]));
        Assert.Contains("--rate", Assert.Throws<UnfitInputException>(() => KnownWriters.Write([mixed], folder["t.parquet"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }
}
