using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Formats;
using SignalLab.Tests.Formats.Mff;

namespace SignalLab.Tests.Formats.LongFiles;

/// <summary>Recordings of 5 GB whose samples stand in frames or blocks of their own kind.</summary>
public sealed class LongBlockTests : IDisposable
{
    private const int Channels = 64;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(16, 2)]
    [InlineData(24, 3)]
    [InlineData(32, 4)]
    public void A_WFDB_record(int format, int size)
    {
        var frames = (5 * LongFile.Gigabyte) / (size * Channels);
        var samples = LongFile.Make(folder["long.dat"], [], frames * size * Channels);
        File.WriteAllText(folder["long.hea"], string.Create(CultureInfo.InvariantCulture, $"long {Channels} 500 {frames}\n")
            + string.Concat(Enumerable.Range(1, Channels).Select(c => string.Create(CultureInfo.InvariantCulture, $"long.dat {format} 200/mV 16 0 0 0 0 lead {c}\n"))));
        new LongFile(folder["long.hea"], Channels, frames, (c, s) => (samples, size * ((s * Channels) + c)), 100, 1) { FrameBytes = size * Channels }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_packed_WFDB_record()
    {
        // Format 212: two samples of 12 bits in three bytes.
        const int Leads = 2;
        var frames = 5 * LongFile.Gigabyte / 3;
        var samples = LongFile.Make(folder["long.dat"], [], frames * 3);
        File.WriteAllText(folder["long.hea"], string.Create(CultureInfo.InvariantCulture, $"long 2 250 {frames}\nlong.dat 212 200/mV 12 0 0 0 0 I\nlong.dat 212 200/mV 12 0 0 0 0 II\n"));
        new LongFile(folder["long.hea"], Leads, frames, (c, s) => (samples, (3 * s) + (2 * c)), 100) { FrameBytes = 3 }.AssertIsPagedRightly();
    }

    [Fact]
    public void An_MFF_folder_of_blocks()
    {
        // A hole reads as blocks that are laid out as the first.
        const int Block = 250_000, Blocks = 80;
        var sample = new MffSample(folder["long.mff"]).Signal(1, "EEG", 250, [[.. Enumerable.Range(0, Channels).Select(_ => new float[1])]]).Epochs((0, 80_000_000_000, 1, Blocks));
        var signal = Path.Combine(sample.Path, "signal1.bin");
        var head = File.ReadAllBytes(signal).AsSpan(0, 20 + (8 * Channels)).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), 4 * Block * Channels);
        for (var c = 0; c < Channels; c++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(16 + (4 * c)), 4 * Block * c);
        }

        const long Step = 4 + (4L * Block * Channels);
        LongFile.Make(signal, head, head.Length + (Blocks * Step) - 4);
        new LongFile(sample.Path, Channels, (long)Block * Blocks, (c, s) => (signal, head.Length + (s / Block * Step) + (4 * (((long)c * Block) + (s % Block)))), 0, 0, 0, 64)
        {
            FrameBytes = 4 * Channels,
        }.AssertIsPagedRightly();
    }

    [Fact]
    public void An_ISHNE_Holter_file()
    {
        const int Leads = 12, Count = 230_000_000;
        var header = new byte[522];
        Encoding.ASCII.GetBytes("ISHNE1.0").CopyTo(header, 0);
        void Put(int at, int value, int bytes) => BitConverter.GetBytes(value).AsSpan(0, bytes).CopyTo(header.AsSpan(at));
        Put(14, Count, 4);
        Put(18, 522, 4);
        Put(22, 522, 4);
        Put(156, Leads, 2);
        for (var l = 0; l < Leads; l++)
        {
            Put(206 + (2 * l), 2500, 2);
        }

        Put(272, 1000, 2);
        var path = LongFile.Make(folder["long.ecg"], header, 522 + (2L * Leads * Count));
        new LongFile(path, Leads, Count, (c, s) => (path, 522 + (2 * ((s * Leads) + c))), 100, 1) { FrameBytes = 2 * Leads }.AssertIsPagedRightly();
    }

    [Fact]
    public void Tables_of_text_are_gone_through_once_and_then_paged()
    {
        // The length of a row is nowhere stated: opening reads all of a text, a page its own lines and at most a few hundred before them.
        const int Rows = 100_000;
        using (var table = new StreamWriter(folder["t.csv"]))
        {
            table.Write("time_s,A[uV],B[uV]\n");
            for (var i = 0; i < Rows; i++)
            {
                table.Write(string.Create(CultureInfo.InvariantCulture, $"{i / 250.0},{i % 97},{i % 31}\n"));
            }
        }

        var recording = Recordings.Open(folder["t.csv"]);
        var (page, row) = (new double[2500], new FileInfo(folder["t.csv"]).Length / Rows);
        ByteSource.BytesRead = 0;
        recording.Samples.Read(1, Rows - 5000, page);
        Assert.Equal(Enumerable.Range(Rows - 5000, 2500).Select(i => (double)(i % 31)), page);
        Assert.InRange(ByteSource.BytesRead, 2500 * row, (2 * 2500 * row) + (2 << 16));
    }
}
