using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Builds files tag by tag, as other programs write them.</summary>
internal static class FiffBuilder
{
    public static readonly DateTime Date = new(2020, 5, 17, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Two EEG channels at 100 Hz: range and calibration 2 × 0.25, and −1 × 0.001.</summary>
    public static void Write(string path, Action<TagWriter> content, int exponent = 0, Action<TagWriter>? information = null) => TagWriter.File(path, Date, tags => Measurement(tags, content, exponent, information));

    /// <summary>The beginning of a raw file, its content and the end of its blocks, into a stream of the caller's.</summary>
    public static void RawInto(TagWriter tags, Action content)
    {
        tags.Bytes(TagKind.FileId, DataType.Id, TagWriter.Words(0x0001_0004, 0, 0, 0, 0));
        tags.Ints(TagKind.DirectoryPointer, -1);
        Measurement(tags, _ => tags.Block(BlockKind.RawData, content));
    }

    private static void Measurement(TagWriter tags, Action<TagWriter> content, int exponent = 0, Action<TagWriter>? information = null) => tags.Block(BlockKind.Measurement, () =>
    {
        tags.Block(BlockKind.MeasurementInfo, () =>
        {
            tags.Ints(TagKind.MeasurementDate, (int)(Date - DateTime.UnixEpoch).TotalSeconds, 0);
            tags.Ints(TagKind.ChannelCount, 2);
            tags.Float(TagKind.Rate, 100);
            tags.Bytes(TagKind.ChannelInfo, DataType.ChannelInfo, Channel("A", 2, 0.25, exponent));
            tags.Bytes(TagKind.ChannelInfo, DataType.ChannelInfo, Channel("B", -1, 0.001, exponent));
            information?.Invoke(tags);
        });
        content(tags);
    });

    public static void Raw(string path, Action<TagWriter> content, int exponent = 0, Action<TagWriter>? information = null) =>
        Write(path, tags => tags.Block(BlockKind.RawData, () => content(tags)), exponent, information);

    public static void Evoked(string path, params Action<TagWriter>[] conditions) =>
        Write(path, tags => tags.Block(BlockKind.ProcessedData, () =>
        {
            foreach (var condition in conditions)
            {
                tags.Block(BlockKind.Evoked, () => condition(tags));
            }
        }));

    public static Recording Open(string path) => new FiffFormat().Open(path).Recordings[0];

    /// <summary>A buffer of 16-bit numbers, sample by sample.</summary>
    public static void Shorts(TagWriter tags, params short[] values) => tags.Bytes(TagKind.DataBuffer, DataType.Short, [.. values.SelectMany(v => new[] { (byte)(v >> 8), (byte)v })]);

    /// <summary>A buffer of so many samples, all zero.</summary>
    public static void Zeros(TagWriter tags, int samples) => Shorts(tags, new short[2 * samples]);

    private static byte[] Channel(string name, double range, double calibration, int exponent) =>
    [
        .. TagWriter.Words(1, 1, 2), .. TagWriter.Floats([range, calibration]), .. TagWriter.Words(1), .. TagWriter.Floats(new double[12]), .. TagWriter.Words(107, exponent),
        .. System.Text.Encoding.ASCII.GetBytes(name.PadRight(16, '\0')),
    ];
}
