using System.Globalization;
using System.Text;
using SignalLab.Tests.Formats.BrainVision;
using SignalLab.Tests.Formats.Cnt;
using SignalLab.Tests.Formats.Curry;
using SignalLab.Tests.Formats.EgiBinary;
using SignalLab.Tests.Formats.Gdf;
using SignalLab.Tests.Formats.Nicolet;
using SignalLab.Tests.Formats.NihonKohden;

namespace SignalLab.Tests.Formats.LongFiles;

/// <summary>EEG recordings of 5 GB.</summary>
public sealed class LongEegTests : IDisposable
{
    private const int Channels = 64;
    private const long Frames = 40_960_000;

    private readonly TemporaryFolder folder = new();

    private static string[] Labels { get; } = [.. Enumerable.Range(1, Channels).Select(c => FormattableString.Invariant($"E{c}"))];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void An_EDF_or_BDF_file(int width)
    {
        const int PerRecord = 512;
        var file = new EdfBytes { Is24Bit = width == 3, RecordCount = (Frames / PerRecord).ToString(CultureInfo.InvariantCulture) };
        var head = file.Having([.. Labels.Select(l => new EdfBytes.Signal(l, Samples: "512"))]).Build();
        var record = (long)PerRecord * width * Channels;
        var path = LongFile.Make(folder["long.edf"], head, head.Length + (Frames / PerRecord * record));
        new LongFile(path, Channels, Frames, (c, s) => (path, head.Length + (s / PerRecord * record) + ((((long)c * PerRecord) + (s % PerRecord)) * width)), 100, 1)
        {
            FrameBytes = Channels * width,
            MoreBytes = record,
        }.AssertIsPagedRightly();
    }

    [Theory]
    [InlineData("INT_16", false, 2)]
    [InlineData("IEEE_FLOAT_32", false, 4)]
    [InlineData("IEEE_FLOAT_32", true, 4)]
    public void A_BrainVision_recording(string format, bool isVectorised, int size)
    {
        var count = Frames * 2 / size;
        var path = new BrainVisionSample
        {
            Channels = [.. Labels.Select(l => l + ",,0.5,µV")],
            Stored = [.. Labels.Select(_ => new double[1])],
            Format = format,
            IsVectorised = isVectorised,
            Common = FormattableString.Invariant($"DataPoints={count}"),
        }.Write(folder.Path);
        LongFile.Make(folder["rec.eeg"], [], count * size * Channels);
        new LongFile(path, Channels, count, (c, s) => (folder["rec.eeg"], size * (isVectorised ? (c * count) + s : (s * Channels) + c)), [.. new byte[size - 2], 0, 64])
        {
            FrameBytes = Channels * size,
        }.AssertIsPagedRightly();
    }

    [Fact]
    public void An_EEGLAB_dataset_with_its_samples_beside()
    {
        const long Points = Frames / 2;
        var mat = new MatBytes();
        File.WriteAllBytes(folder["long.set"], mat.Add(EeglabSample.Nested(mat, Channels, (int)Points, 1, mat.Text("", "long.fdt"))).ToArray());
        var samples = LongFile.Make(folder["long.fdt"], [], Points * Channels * 4);
        new LongFile(folder["long.set"], Channels, Points, (c, s) => (samples, 4 * ((s * Channels) + c)), 0, 0, 0, 64) { FrameBytes = 4 * Channels }.AssertIsPagedRightly();
    }

    [Theory]
    [InlineData("1.25", 256)]
    [InlineData("2.20", 256)]
    [InlineData("2.20", 1)]
    public void A_GDF_file(string version, int perRecord)
    {
        var file = new GdfBytes(version) { RecordCount = Frames / perRecord, Duration = ((uint)perRecord, 256) };
        file.Signals.AddRange(Labels.Select(l => new GdfBytes.Signal(l, 3, perRecord, [])));
        var head = file.ToArray()[..(256 * (Channels + 1))];
        var record = 2L * perRecord * Channels;
        var path = LongFile.Make(folder["long.gdf"], head, head.Length + (Frames / perRecord * record));
        new LongFile(path, Channels, Frames, (c, s) => (path, head.Length + (s / perRecord * record) + (2 * (((long)c * perRecord) + (s % perRecord)))), 100, 1)
        {
            FrameBytes = 2 * Channels,
            MoreBytes = 2 * record,
        }.AssertIsPagedRightly();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Neuroscan_file_whose_events_lie_past_4_GB(bool tellsUpperHalf)
    {
        const long Count = Frames / 2;
        var head = new CntBytes(Labels) { Values = [.. Labels.Select(_ => Array.Empty<int>())], Width = 4, Events = null, Claimed = (uint)Count }.ToArray();
        var table = head.Length + (Count * 4 * Channels);
        BitConverter.TryWriteBytes(head.AsSpan(886), (uint)table);
        BitConverter.TryWriteBytes(head.AsSpan(16), tellsUpperHalf ? (uint)(table >> 32) : 0);
        var path = LongFile.Make(folder["long.cnt"], head, table + 9 + 32);

        // Four events; what they store is how long the file was, of which the lower 32 bits are kept.
        long[] samples = [1000, (long)(Count * 0.6), (long)(Count * 0.9), Count - 1];
        LongFile.Put(path, table, [1, 32, 0, 0, 0, 0, 0, 0, 0, .. samples.SelectMany((s, i) => (byte[])[(byte)(i + 1), 0, 0, 0, .. BitConverter.GetBytes((uint)(head.Length + ((s + 1) * 4 * Channels)))])]);
        var recording = new LongFile(path, Channels, Count, (c, s) => (path, head.Length + (4 * ((s * Channels) + c))), 0, 1) { FrameBytes = 4 * Channels }.AssertIsPagedRightly();
        Assert.Equal(samples.Select((s, i) => (FormattableString.Invariant($"{i + 1}"), s / 250.0)), recording.Annotations.Select(a => (a.Text, a.OnsetSeconds)));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    public void An_EGI_simple_binary_file(int version, int size)
    {
        var count = (int)(Frames * 2 / size);
        var head = new EgiBinarySample().Head(version, 250, Channels).Int(count).Shorts(0).ToArray();
        var path = LongFile.Make(folder["long.raw"], head, head.Length + ((long)count * size * Channels));
        new LongFile(path, Channels, count, (c, s) => (path, head.Length + (size * ((s * Channels) + c))), [64, .. new byte[size - 1]]) { FrameBytes = size * Channels }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_Persyst_recording()
    {
        var samples = LongFile.Make(folder["long.dat"], [], Frames * 2 * Channels);
        File.WriteAllText(folder["long.lay"], "[FileInfo]\r\nFile=long.dat\r\nFileType=Interleaved\r\nSamplingRate=200\r\nHeaderLength=0\r\nCalibration=0.5\r\nWaveformCount=64\r\nDataType=0\r\n[ChannelMap]\r\n"
            + string.Concat(Labels.Select((l, i) => FormattableString.Invariant($"{l}-Ref={i + 1}\r\n"))));
        new LongFile(folder["long.lay"], Channels, Frames, (c, s) => (samples, 2 * ((s * Channels) + c)), 100, 1) { FrameBytes = 2 * Channels }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_Curry_recording()
    {
        const long Count = Frames / 2;
        var path = new CurrySample
        {
            Values = [new double[Channels]],
            Groups = [new("", "uV", Labels)],
            Parameters = { ["NumSamples"] = Count.ToString(CultureInfo.InvariantCulture) },
        }.Write8(folder.Path, "long");
        LongFile.Make(path, [], Count * 4 * Channels);
        new LongFile(path, Channels, Count, (c, s) => (path, 4 * ((s * Channels) + c)), 0, 0, 0, 64) { FrameBytes = 4 * Channels }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_Nicolet_recording()
    {
        NicoletSample.Write(folder["long.head"], Labels, new short[Channels], ("num_samples", Frames.ToString(CultureInfo.InvariantCulture)));
        var samples = LongFile.Make(folder["long.data"], [], Frames * 2 * Channels);
        new LongFile(folder["long.head"], Channels, Frames, (c, s) => (samples, 2 * ((s * Channels) + c)), 100, 1) { FrameBytes = 2 * Channels }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_Nihon_Kohden_recording()
    {
        const int Rate = 500, Electrodes = 63;
        int[] electrodes = [.. Enumerable.Range(0, Electrodes)];
        var head = NihonKohdenSample.Eeg1200(new SampleBlock(new DateTime(2019, 4, 3, 16, 0, 16), Rate, electrodes, []));
        const long Count = Frames / Rate * Rate;
        BitConverter.TryWriteBytes(head.AsSpan(0x17FF + 44), Count / Rate * 10);
        var path = LongFile.Make(folder["long.eeg"], head, head.Length + (Count * 2 * (Electrodes + 1)));
        new LongFile(path, Electrodes, Count, (c, s) => (path, head.Length + (2 * ((s * (Electrodes + 1)) + c))), 100, 1) { FrameBytes = 2 * (Electrodes + 1) }.AssertIsPagedRightly();
    }

    [Fact]
    public void An_ANT_file_of_40_000_compressed_blocks()
    {
        // A hole decodes: bits of zero are the method that stores 16 bits a sample, and samples of 0.
        const int Block = 1000, Count = 40_000_000, ChannelBytes = 1 + (2 * Block);
        const long DataBytes = (long)Count / Block * Channels * ChannelBytes;
        static byte[] Chunk(string id, byte[] content, long? length = null) => [.. Encoding.ASCII.GetBytes(id), .. BitConverter.GetBytes(length ?? content.Length), .. content];
        var chan = Chunk("chan", [.. Enumerable.Range(0, Channels).SelectMany(c => BitConverter.GetBytes((short)c))]);
        byte[] ep = Chunk("ep  ", [.. BitConverter.GetBytes((long)Block), .. Enumerable.Range(0, Count / Block).SelectMany(b => BitConverter.GetBytes((long)b * Channels * ChannelBytes))]);
        var text = string.Create(CultureInfo.InvariantCulture, $"[File Version]\n4.2\n[Sampling Rate]\n500.00\n[Samples]\n{Count}\n[Channels]\n{Channels}\n[Basic Channel Data]\n");
        var header = Chunk("eeph", Encoding.ASCII.GetBytes(text + string.Concat(Labels.Select(l => l + " 1.0e+00 2.5e-01 uV REF:Cz\n"))));
        var list = 4 + chan.Length + 12 + DataBytes + ep.Length;
        byte[] head = [.. "RF64"u8, .. BitConverter.GetBytes(list + header.Length + 16), .. "CNT "u8, .. Chunk("LIST", "raw3"u8.ToArray(), list), .. chan, .. Chunk("data", [], DataBytes)];
        var path = LongFile.Make(folder["long.cnt"], head, head.Length + DataBytes);
        LongFile.Put(path, head.Length + DataBytes, [.. ep, .. header]);
        new LongFile(path, Channels, Count, (c, s) => (path, head.Length + (((s / Block * Channels) + c) * ChannelBytes) + 1 + (2 * (s % Block))), 1, 100)
        {
            FrameBytes = 2 * Channels,
            MoreBytes = 2 * Channels * ChannelBytes,
            OpeningBytes = ep.Length + 100_000,
        }.AssertIsPagedRightly();
    }
}
